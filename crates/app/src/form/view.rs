//! From a place to the sections and items that a screen shows.

use domain::form::{Form, How, Status};
use domain::inspection::Stage;
use domain::template::Item;
use replica::{ListedRecord, Listing};
use serde_json::Value;

use super::place::Place;
use super::shape::shape;
use super::undo;
use crate::app::App;
use crate::conflict::Describer;
use crate::document::text;
use crate::dto::form::{AnswerHow, ItemStatus, ItemView, Missing, ScoreView, SectionView};
use crate::dto::photo::PhotoView;
use crate::error::CommandError;
use crate::finding;
use crate::names::Names;
use crate::photo::Photos;
use crate::sight::Seen;
use crate::titles::{Language, answer_text};

/// What goes with an item besides its entry.
pub(crate) struct FormContext<'a> {
    app: &'a App,
    /// Who is called what.
    pub(crate) names: &'a Names<'a>,
    /// Which device is called what.
    pub(crate) describer: Describer,
    /// The findings of its items that are here, and that the person sees.
    pub(crate) findings: Vec<ListedRecord>,
    /// The items that can be taken back.
    pub(crate) undoable: Vec<String>,
}

impl<'a> FormContext<'a> {
    /// Looks up what goes with the items of a place.
    pub(crate) fn of(app: &'a App, names: &'a Names<'a>, place: &Place) -> Result<Self, CommandError> {
        let of_form = Listing { kind: finding::KIND, parent: Some(place.record), limit: 1_000, ..Listing::default() };
        let is_of_place = |found: &ListedRecord| {
            let item = text(&found.doc, "item");
            item.is_some_and(|item| place.name.finding_id(place.record.0, item) == found.id.0)
        };
        // Most forms have none, and then it need not be known who looks.
        let mut findings = match app.store().has(&of_form)? {
            true => {
                let seen = Seen::of_kind(app, finding::KIND, place.campus.id)?;
                let Listing { parent, limit, .. } = of_form;
                app.store().find(&Listing { parent, limit, ..seen.listing(finding::KIND) })?
            }
            false => Vec::new(),
        };
        findings.retain(is_of_place);
        let undos = undo::all(app, place)?;
        let stands = |(code, undo): &(String, undo::Undo)| undo.stands(place, code).then(|| code.clone());
        Ok(Self {
            app,
            names,
            describer: Describer::new(app)?,
            findings,
            undoable: undos.iter().filter_map(stands).collect(),
        })
    }
}

/// The sections of a form with their items.
pub(crate) fn sections(place: &Place, form: &Form<'_>, around: &FormContext<'_>) -> Vec<SectionView> {
    let progress = form.progress();
    let missing = missing(form);
    let mut sections: Vec<SectionView> = Vec::new();
    for item in form.items() {
        if sections.iter().all(|known| known.section != item.section) {
            let counts = progress.iter().find(|progress| progress.section == item.section);
            sections.push(SectionView {
                section: item.section.clone(),
                section_en: form.template().section_en(&item.section).map(str::to_owned),
                answered: counts.map_or(0, |counts| counts.answered),
                asked: counts.map_or(0, |counts| counts.asked),
                failed: counts.map_or(0, |counts| counts.failed),
                gaps: counts.map_or(0, |counts| counts.gaps),
                rest: form.rest_is_fine(&item.section).into_iter().map(str::to_owned).collect(),
                items: Vec::new(),
            });
        }
        if let Some(section) = sections.iter_mut().find(|known| known.section == item.section) {
            section.items.push(item_view(place, form, item, &missing, around));
        }
    }
    sections
}

/// One item with its answer.
pub(crate) fn item_view(
    place: &Place,
    form: &Form<'_>,
    item: &Item,
    missing: &[Missing],
    around: &FormContext<'_>,
) -> ItemView {
    let judgement = form.judge(item);
    let entry = form.entry(&item.code).cloned().unwrap_or_default();
    let field = place.field(&item.code, "result");
    let last = place.last_write(&item.code, "result");
    let is_judged = judgement.status == Status::Judged;
    let finding = place.name.finding_id(place.record.0, &item.code);
    ItemView {
        shape: shape(form, item),
        result_text: result_text(Some(item), &entry.result, Language::Zh),
        result: entry.result,
        note: entry.note,
        how: match entry.how {
            How::Single => AnswerHow::Single,
            How::Batch => AnswerHow::Batch,
            How::Late => AnswerHow::Late,
        },
        photos: photos(around.app, around.names, place, &item.code),
        status: status(&judgement.status),
        passed: is_judged.then_some(!judgement.is_failed),
        earned: (is_judged && item.max.is_some()).then(|| judgement.earned.normalize().to_string()),
        by: last.and_then(|(by, _)| by).map(|by| around.names.person(by)),
        at: last.map(|(_, at)| at),
        missing: missing.iter().filter(|gap| gap.item == item.code).map(|gap| gap.needs).collect(),
        conflict: around.describer.values(around.names, place.kind, &field, &place.state, Some((form, item))),
        note_conflict: around.describer.values(
            around.names,
            place.kind,
            &place.field(&item.code, "note"),
            &place.state,
            None,
        ),
        original: place.corrected.fields.get(&field).map(|corrected| corrected.original.clone()),
        finding: around.findings.iter().any(|found| found.id.0 == finding).then_some(finding),
        can_undo: around.undoable.contains(&item.code),
    }
}

fn status(status: &Status) -> ItemStatus {
    match status {
        Status::NotAsked => ItemStatus::NotAsked,
        Status::Unanswered => ItemStatus::Unanswered,
        Status::NotApplicable => ItemStatus::NotApplicable,
        Status::NeedsMethod => ItemStatus::NeedsMethod,
        Status::IllTyped(_) => ItemStatus::IllTyped,
        Status::Judged => ItemStatus::Judged,
    }
}

/// An answer in plain words, with its unit; none when there is none.
pub(crate) fn result_text(item: Option<&Item>, result: &Value, language: Language) -> Option<String> {
    (!result.is_null()).then(|| answer_text(item, result, language))
}

/// The photos of an item, in the order in which they were added; those that the person who works added to an open form can be taken
/// back.
pub(crate) fn photos(app: &App, names: &Names<'_>, place: &Place, code: &str) -> Vec<PhotoView> {
    let shown = Photos::new(app, names);
    let by = app.by();
    let is_open = place.stage == Stage::Open;
    let mut photos: Vec<PhotoView> = place
        .photos(code)
        .filter_map(|value| {
            let mut photo = shown.view(value)?;
            photo.can_undo = is_open && photo.by.as_ref().map(|by| by.id.as_str()) == by.as_deref();
            Some(photo)
        })
        .collect();
    photos.sort_by(|a, b| (a.at, &a.blob).cmp(&(b.at, &b.blob)));
    photos
}

/// What a form still needs.
pub(crate) fn missing(form: &Form<'_>) -> Vec<Missing> {
    form.gaps().into_iter().map(|gap| Missing { item: gap.item, needs: gap.kind }).collect()
}

/// The score of a form.
pub(crate) fn score(form: &Form<'_>) -> ScoreView {
    let score = form.score();
    let plain = |number: domain::decimal::Decimal| number.normalize().to_string();
    ScoreView {
        percent: score.percent_so_far.map(plain),
        final_percent: score.percent.map(plain),
        verdict: score.verdict_so_far,
        verdict_zh: score.verdict_so_far.zh(),
        final_verdict: score.verdict,
        earned: plain(score.earned),
        answered_max: plain(score.answered_max),
        failed: score.failed,
        red_lines: score.red_lines,
        answered: score.answered,
        applicable: score.applicable,
    }
}
