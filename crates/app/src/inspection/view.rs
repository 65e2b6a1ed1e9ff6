//! From an inspection to the form that a screen shows.

use domain::decimal::unit_en;
use domain::form::{Form, How, Limits, Range, Status, failing_options};
use domain::inspection::Stage;
use domain::template::{AnswerType, Item};
use replica::{ListedRecord, Listing};
use serde_json::Value;
use uuid::Uuid;

use super::outcome::outcome;
use super::{Inspection, undo};
use crate::app::App;
use crate::conflict::Describer;
use crate::document::{Document, integer, text};
use crate::dto::form::{
    AnswerHow, AnswerKind, CorrectionView, FormView, InspectionHead, ItemShape, ItemStatus, ItemView, LimitsView,
    Missing, Moment, Reason, ScoreView, SectionView, SubmitView,
};
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
    /// The findings that are here, and that the person sees.
    pub(crate) findings: Vec<ListedRecord>,
    /// The items that can be taken back.
    pub(crate) undoable: Vec<String>,
}

impl<'a> FormContext<'a> {
    /// Looks up what goes with the items of an inspection.
    pub(crate) fn of(app: &'a App, names: &'a Names<'a>, inspection: &Inspection) -> Result<Self, CommandError> {
        let of_form = Listing { kind: finding::KIND, parent: Some(inspection.id), limit: 1_000, ..Listing::default() };
        // Most forms have none, and then it need not be known who looks.
        let findings = match app.store().has(&of_form)? {
            true => {
                let seen = Seen::of_kind(app, finding::KIND, inspection.campus.id)?;
                app.store().find(&Listing {
                    parent: of_form.parent,
                    limit: of_form.limit,
                    ..seen.listing(finding::KIND)
                })?
            }
            false => Vec::new(),
        };
        let undos = undo::all(app, inspection.id)?;
        let stands = |(code, undo): &(String, undo::Undo)| undo.stands(inspection, code).then(|| code.clone());
        Ok(Self {
            app,
            names,
            describer: Describer::new(app)?,
            findings,
            undoable: undos.iter().filter_map(stands).collect(),
        })
    }
}

/// The whole form.
pub(crate) fn form_view(app: &App, inspection: &Inspection) -> Result<FormView, CommandError> {
    let names = Names::new(app);
    let around = FormContext::of(app, &names, inspection)?;
    let form = inspection.form();
    let moment = |(person, at): (&str, i64)| Moment { person: names.person(person), at };
    let submit = |(person, at): (&str, i64)| SubmitView {
        person: names.person(person),
        at,
        signature: inspection.signature(person),
    };
    let now = app.now_ms();
    Ok(FormView {
        id: inspection.id.0,
        version: inspection.version.clone(),
        head: head(&names, inspection.campus.id, &inspection.document, inspection.stage()),
        people: inspection.people().into_iter().map(moment).collect(),
        submits: inspection.submits().into_iter().map(submit).collect(),
        sections: sections(inspection, &form, &around),
        missing: missing(&form),
        next_gap: form.next_gap(None).map(|gap| gap.item),
        score: score(&form),
        outcome: outcome(&form),
        findings: around
            .findings
            .iter()
            .map(|found| finding::row(&names, found.id.0, found.scope, &found.doc, now))
            .collect(),
        corrections: corrections(&names, inspection),
        voids: inspection
            .corrected
            .voids
            .iter()
            .map(|void| Reason {
                by: void.by.as_deref().map(|by| names.person(by)),
                at: Some(void.at.0),
                reason: void.reason.clone(),
            })
            .collect(),
        incomplete: incomplete(&names, inspection),
    })
}

/// The head of a form, from the read document alone.
pub(crate) fn head(names: &Names<'_>, scope: Option<Uuid>, document: &Document, stage: Stage) -> InspectionHead {
    let owned = |name: &str| text(document, name).map(str::to_owned);
    let reference = owned("template").unwrap_or_default();
    let template = names.template(&reference);
    let created = document.get("created").and_then(|created| created.get("by")?.as_str());
    InspectionHead {
        template: reference,
        code: template.as_deref().map(|template| template.code.clone()),
        title: template.as_deref().map(|template| template.title.clone()),
        title_en: template.as_deref().map(|template| template.title_en.clone()),
        subject: owned("subject"),
        subject_name: text(document, "subject").and_then(|subject| names.name(subject)),
        scope,
        mode: document.get("mode").and_then(|mode| serde_json::from_value(mode.clone()).ok()),
        round: owned("round"),
        stage,
        created_by: created.map(|by| names.person(by)),
        occurred_at: integer(document, "occurred_at"),
        business_date: owned("business_date"),
        late: document.get("late") == Some(&true.into()),
    }
}

fn sections(inspection: &Inspection, form: &Form<'_>, around: &FormContext<'_>) -> Vec<SectionView> {
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
            section.items.push(item_view(inspection, form, item, &missing, around));
        }
    }
    sections
}

/// One item with its answer.
pub(crate) fn item_view(
    inspection: &Inspection,
    form: &Form<'_>,
    item: &Item,
    missing: &[Missing],
    around: &FormContext<'_>,
) -> ItemView {
    let judgement = form.judge(item);
    let entry = form.entry(&item.code).cloned().unwrap_or_default();
    let field = Inspection::answer_field(&item.code, "result");
    let last = inspection.last_write(&field);
    let is_judged = judgement.status == Status::Judged;
    let finding = domain::id::finding_id(inspection.id.0, &item.code);
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
        photos: photos(around.app, around.names, inspection, &item.code),
        status: status(&judgement.status),
        passed: is_judged.then_some(!judgement.is_failed),
        earned: (is_judged && item.max.is_some()).then(|| judgement.earned.normalize().to_string()),
        by: last.and_then(|(by, _)| by).map(|by| around.names.person(by)),
        at: last.map(|(_, at)| at),
        missing: missing.iter().filter(|gap| gap.item == item.code).map(|gap| gap.needs).collect(),
        conflict: around.describer.values(around.names, super::KIND, &field, &inspection.state, Some((form, item))),
        note_conflict: around.describer.values(
            around.names,
            super::KIND,
            &Inspection::answer_field(&item.code, "note"),
            &inspection.state,
            None,
        ),
        original: inspection.corrected.fields.get(&field).map(|corrected| corrected.original.clone()),
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
pub(crate) fn photos(app: &App, names: &Names<'_>, inspection: &Inspection, code: &str) -> Vec<PhotoView> {
    let shown = Photos::new(app, names);
    let prefix = Inspection::answer_field(code, "photos/");
    let stored = inspection.document.iter().filter(|(name, value)| name.starts_with(&prefix) && !value.is_null());
    let by = app.by();
    let is_open = inspection.stage() == Stage::Open;
    let mut photos: Vec<PhotoView> = stored
        .filter_map(|(_, value)| {
            let mut photo = shown.view(value)?;
            photo.can_undo = is_open && photo.by.as_ref().map(|by| by.id.as_str()) == by.as_deref();
            Some(photo)
        })
        .collect();
    photos.sort_by(|a, b| (a.at, &a.blob).cmp(&(b.at, &b.blob)));
    photos
}

fn kind(answer: &AnswerType) -> AnswerKind {
    match answer {
        AnswerType::PassFail => AnswerKind::PassFail,
        AnswerType::Score => AnswerKind::Score,
        AnswerType::Number(_) => AnswerKind::Number,
        AnswerType::Temperature(_) => AnswerKind::Temperature,
        AnswerType::Time => AnswerKind::Time,
        AnswerType::Choice(_) => AnswerKind::Choice,
        AnswerType::Text => AnswerKind::Text,
        AnswerType::Signature => AnswerKind::Signature,
        AnswerType::Assets => AnswerKind::Assets,
    }
}

/// How an item is asked on this form.
pub(crate) fn shape(form: &Form<'_>, item: &Item) -> ItemShape {
    let (limits, limits_wait_for) = match form.limits(item) {
        Some(Limits::Known(range)) => (Some(limits_view(range)), None),
        Some(Limits::NeedsMethod { item }) => (None, Some(item)),
        Some(Limits::NotApplicable) | None => (None, None),
    };
    let english = item.english.as_ref();
    ItemShape {
        code: item.code.clone(),
        text: item.text.clone(),
        text_en: english.map(|english| english.text.clone()),
        criterion: item.criterion.clone(),
        criterion_en: english.map(|english| english.criterion.clone()),
        answer_type: kind(&item.answer),
        options: item.options().to_vec(),
        options_en: english.map(|english| english.options.clone()).unwrap_or_default(),
        failing: failing_options(item).map(str::to_owned).collect(),
        explain: item.rules.explain.clone(),
        passes_from: form.passes_from(item).map(|points| points.normalize().to_string()),
        readings: item.readings(),
        must_agree: item.rules.must_agree,
        equals: item.rules.equals.clone(),
        nothing: item.rules.nothing.clone(),
        lines: item.rules.lines.clone(),
        is_of_rest: item.is_of_rest(),
        limits,
        likely: form.likely(item).map(limits_view),
        limits_wait_for,
        photo: item.photo,
        signers: matches!(item.answer, AnswerType::Signature).then(|| form.signers(item)),
        max: item.max,
        severity: item.severity,
        due: item.due,
    }
}

fn limits_view(range: Range) -> LimitsView {
    let plain = |bound: Option<domain::decimal::Decimal>| bound.map(|bound| bound.normalize().to_string());
    let unit_en = unit_en(&range.unit).to_owned();
    LimitsView { min: plain(range.min), max: plain(range.max), unit: range.unit, unit_en }
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

fn corrections(names: &Names<'_>, inspection: &Inspection) -> Vec<CorrectionView> {
    let mut views: Vec<CorrectionView> = Vec::new();
    for (field, corrected) in &inspection.corrected.fields {
        views.extend(corrected.history.iter().map(|correction| CorrectionView {
            field: field.clone(),
            original: corrected.original.clone(),
            value: correction.value.clone(),
            reason: correction.reason.clone(),
            by: correction.by.as_deref().map(|by| names.person(by)),
            at: correction.at.0,
            stands: corrected.standing.iter().any(|standing| standing.id == correction.id),
        }));
    }
    views.sort_by_key(|view| view.at);
    views
}

fn incomplete(names: &Names<'_>, inspection: &Inspection) -> Vec<Reason> {
    let entries = inspection.document.iter().filter_map(|(name, value)| {
        let person = name.strip_prefix("incomplete/")?;
        let reason = value.get("reason")?.as_str()?.to_owned();
        Some(Reason {
            by: Some(names.person(person)),
            at: value.get("at").and_then(|at| at.as_i64()),
            reason: Some(reason),
        })
    });
    entries.collect()
}
