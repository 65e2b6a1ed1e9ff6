//! What a finding follows from: the answer, read from its form, or the patrol.
//!
//! Who sees the finding sees that one answer, with its photos: it says what is wrong. The rest of the form asks a sight of its own.

use causal::RecordId;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{Document, text};
use crate::dto::finding::{OriginView, PatrolOriginView};
use crate::dto::photo::PhotoView;
use crate::error::CommandError;
use crate::form::view;
use crate::inspection::{Inspection, KIND};
use crate::load::load_seen;
use crate::names::Names;
use crate::titles::Language;

/// The answer behind the finding in `document` with its photos; none when it follows from none, or its form is not here.
pub(super) fn of(
    app: &App,
    names: &Names<'_>,
    document: &Document,
) -> Result<Option<(OriginView, Vec<PhotoView>)>, CommandError> {
    let inspection = text(document, "inspection").and_then(|id| Uuid::parse_str(id).ok());
    let (Some(id), Some(code)) = (inspection, text(document, "item")) else { return Ok(None) };
    let inspection = match Inspection::load(app, RecordId(id)) {
        Ok(inspection) => inspection,
        Err(error) if error.kind == ProblemType::NotFound || error.kind == ProblemType::UnknownTemplate => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let place = &inspection.place;
    let form = place.form();
    let item = place.item(code).ok();
    let entry = form.entry(code).cloned().unwrap_or_default();
    let last = place.last_write(code, "result");
    let subject = text(&place.document, "subject");
    let origin = OriginView {
        inspection: id,
        may_open: load_seen(app, KIND, RecordId(id)).is_ok(),
        title: Some(place.template.title.clone()),
        title_en: Some(place.template.title_en.clone()),
        subject_name: subject.map(|subject| names.name(subject).unwrap_or_else(|| subject.to_owned())),
        item: code.to_owned(),
        item_text: item.map(|item| item.text.clone()),
        item_text_en: item.and_then(|item| item.english.as_ref()).map(|english| english.text.clone()),
        result_text: view::result_text(item, &entry.result, Language::Zh),
        result_text_en: view::result_text(item, &entry.result, Language::En),
        note: entry.note,
        by: last.and_then(|(by, _)| by).map(|by| names.person(by)),
        at: last.map(|(_, at)| at),
    };
    Ok(Some((origin, view::photos(app, names, place, code))))
}

/// The patrol behind the finding in `document`; none where the person who works does not see it.
pub(super) fn patrol(app: &App, document: &Document) -> Option<PatrolOriginView> {
    let id = |name: &str| text(document, name)?.parse().ok();
    let is_seen = |kind: &str, id: Uuid| load_seen(app, kind, RecordId(id)).is_ok();
    if let Some(run) = id("patrol_run") {
        return is_seen("patrol_run", run).then_some(PatrolOriginView { run: Some(run), day: None });
    }
    text(document, "window")?;
    let day = text(document, "business_date")?.to_owned();
    is_seen("route", id("route")?).then_some(PatrolOriginView { run: None, day: Some(day) })
}
