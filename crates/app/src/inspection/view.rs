//! From an inspection to what a screen shows of it: its head, its form, and who took part.

use domain::inspection::Stage;
use uuid::Uuid;

use super::Inspection;
use crate::app::App;
use crate::document::{Document, integer, text};
use crate::dto::form::{CorrectionView, FormView, InspectionHead, Moment, Reason, SubmitView};
use crate::error::CommandError;
use crate::finding;
use crate::form::outcome::outcome;
use crate::form::place::Place;
use crate::form::view::{FormContext, missing, score, sections};
use crate::names::Names;

/// The whole form.
pub(crate) fn form_view(app: &App, inspection: &Inspection) -> Result<FormView, CommandError> {
    let names = Names::new(app);
    let place = &inspection.place;
    let around = FormContext::of(app, &names, place)?;
    let form = place.form();
    let moment = |(person, at): (&str, i64)| Moment { person: names.person(person), at };
    let submit = |(person, at): (&str, i64)| SubmitView {
        person: names.person(person),
        at,
        signature: inspection.signature(person),
    };
    let now = app.now_ms();
    Ok(FormView {
        id: place.record.0,
        version: place.version.clone(),
        head: head(&names, place.campus.id, &place.document, place.stage),
        people: inspection.people().into_iter().map(moment).collect(),
        submits: inspection.submits().into_iter().map(submit).collect(),
        sections: sections(place, &form, &around),
        missing: missing(&form),
        next_gap: form.next_gap(None).map(|gap| gap.item),
        score: score(&form),
        outcome: outcome(&form),
        findings: around
            .findings
            .iter()
            .map(|found| finding::row(&names, found.id.0, found.scope, &found.doc, now))
            .collect(),
        corrections: corrections(&names, place),
        voids: place
            .corrected
            .voids
            .iter()
            .map(|void| Reason {
                by: void.by.as_deref().map(|by| names.person(by)),
                at: Some(void.at.0),
                reason: void.reason.clone(),
            })
            .collect(),
        incomplete: incomplete(&names, &place.document),
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

fn corrections(names: &Names<'_>, place: &Place) -> Vec<CorrectionView> {
    let mut views: Vec<CorrectionView> = Vec::new();
    for (field, corrected) in &place.corrected.fields {
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

fn incomplete(names: &Names<'_>, document: &Document) -> Vec<Reason> {
    let entries = document.iter().filter_map(|(name, value)| {
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
