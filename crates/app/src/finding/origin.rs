//! What a finding follows from: the answer, read from its form, or the patrol.
//!
//! Who sees the finding sees that one answer, with its photos: it says what is wrong. The rest of the form asks a sight of its own.

use causal::RecordId;
use domain::patrol::VisitResult;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{Document, text};
use crate::dto::finding::{OriginView, PatrolOriginView};
use crate::dto::photo::PhotoView;
use crate::error::CommandError;
use crate::form::place::Place;
use crate::form::view;
use crate::inspection::{self, Inspection};
use crate::load::load_seen;
use crate::names::Names;
use crate::patrol::{self, AtPoint, StoredRun};
use crate::titles::Language;

/// What a finding follows from, with its photos.
type Origin = (OriginView, Vec<PhotoView>);

/// The answer behind the finding in `document` with its photos; none when it follows from none, or its form is not here.
pub(super) fn of(app: &App, names: &Names<'_>, document: &Document) -> Result<Option<Origin>, CommandError> {
    let id = |name: &str| text(document, name).and_then(|id| Uuid::parse_str(id).ok());
    let item = text(document, "item");
    if let Some((inspection, item)) = id("inspection").zip(item) {
        return of_inspection(app, names, inspection, item);
    }
    match (id("patrol_run"), text(document, "checkpoint")) {
        (Some(run), Some(checkpoint)) => of_visit(app, names, run, checkpoint, item),
        _ => Ok(None),
    }
}

/// What could be read; none where its form or its checklist is not here.
fn if_here<T>(result: Result<T, CommandError>) -> Result<Option<T>, CommandError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind, ProblemType::NotFound | ProblemType::UnknownTemplate) => Ok(None),
        Err(error) => Err(error),
    }
}

fn of_inspection(app: &App, names: &Names<'_>, id: Uuid, code: &str) -> Result<Option<Origin>, CommandError> {
    let Some(inspection) = if_here(Inspection::load(app, RecordId(id)))? else { return Ok(None) };
    let place = &inspection.place;
    let subject = text(&place.document, "subject");
    let whole = OriginView {
        inspection: Some(id),
        may_open: load_seen(app, inspection::KIND, RecordId(id)).is_ok(),
        title: Some(place.template.title.clone()),
        title_en: Some(place.template.title_en.clone()),
        subject_name: subject.map(|subject| names.name(subject).unwrap_or_else(|| subject.to_owned())),
        ..OriginView::default()
    };
    Ok(Some(answered(app, names, place, code, whole)))
}

/// A point of a round: the answer to an item there, or the visit itself where no item says what is wrong.
fn of_visit(
    app: &App,
    names: &Names<'_>,
    id: Uuid,
    checkpoint: &str,
    code: Option<&str>,
) -> Result<Option<Origin>, CommandError> {
    let Some(run) = if_here(StoredRun::load(app, RecordId(id)))? else { return Ok(None) };
    // Whoever sees the finding reads at which point it is; which round comes there is for who sees routes.
    let is_route_seen = |id: Uuid| load_seen(app, "route", RecordId(id)).is_ok();
    let sees_route = run.run.route.as_ref().and_then(|route| route.parse().ok()).is_some_and(is_route_seen);
    let route = run.plan.as_ref().filter(|_| sees_route).map(|plan| (plan.name.clone(), plan.name_en.clone()));
    let visits = || run.run.visits_to(checkpoint).filter(|visit| visit.result == VisitResult::Abnormal);
    let visit = visits().last().cloned();
    let note = text(&run.corrected.document, &format!("visits/{checkpoint}/note")).map(str::to_owned);
    let Some(at) = if_here(AtPoint::of(app, run, checkpoint))? else { return Ok(None) };
    let place = at.into_place();
    let (title, title_en) = route.unzip();
    let whole = OriginView {
        patrol_run: Some(id),
        may_open: load_seen(app, patrol::KIND, RecordId(id)).is_ok(),
        title,
        title_en: title_en.flatten(),
        subject_name: Some(place.template.title.clone()),
        ..OriginView::default()
    };
    Ok(Some(match (code, visit) {
        (Some(code), _) => answered(app, names, &place, code, whole),
        (None, visit) => {
            let by = visit.as_ref().and_then(|visit| visit.by.as_deref()).map(|by| names.person(by));
            let at = visit.and_then(|visit| u64::try_from(visit.arrived.at.0).ok());
            let (zh, en) = ("异常".to_owned(), "not right".to_owned());
            (OriginView { result_text: Some(zh), result_text_en: Some(en), note, by, at, ..whole }, Vec::new())
        }
    }))
}

/// An item of a place with its answer, and the photos of it.
fn answered(app: &App, names: &Names<'_>, place: &Place, code: &str, whole: OriginView) -> Origin {
    let form = place.form();
    let item = place.item(code).ok();
    let entry = form.entry(code).cloned().unwrap_or_default();
    let last = place.last_write(code, "result");
    let origin = OriginView {
        item: Some(code.to_owned()),
        item_text: item.map(|item| item.text.clone()),
        item_text_en: item.and_then(|item| item.english.as_ref()).map(|english| english.text.clone()),
        result_text: view::result_text(item, &entry.result, Language::Zh),
        result_text_en: view::result_text(item, &entry.result, Language::En),
        note: entry.note,
        by: last.and_then(|(by, _)| by).map(|by| names.person(by)),
        at: last.map(|(_, at)| at),
        ..whole
    };
    (origin, view::photos(app, names, place, code))
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
