//! The checklists that are still due today.

use std::collections::HashSet;

use domain::role::Role;
use domain::schedule::{DueWindow, due_window};
use domain::template::{Part, Template, TemplateRef, built_in};
use domain::time::end_of_day;
use replica::Listing;

use super::scene::Scene;
use crate::document::text;
use crate::dto::plan::{PlanDetail, PlanKind, PlanState, PlanStep};
use crate::error::CommandError;
use crate::inspection::KIND;
use crate::template::load;

/// A checklist that is due.
struct Due {
    reference: String,
    /// The references of its editions, the newest among them: a form that was filled in on an earlier one is done all the same.
    editions: Vec<String>,
    template: std::borrow::Cow<'static, Template>,
    part: Part,
    window: DueWindow,
}

/// What is left to do by the cadence of the checklists and the roles of who fills them in, the shortest window first.
///
/// A form that was begun is left out here: it is gone on with.
pub(super) fn left(scene: &Scene<'_>, roles: &[Role], open: &[PlanStep]) -> Result<Vec<PlanStep>, CommandError> {
    let begun: HashSet<&str> = open.iter().map(|step| step.template.as_str()).collect();
    let mut due = all_due(scene, roles)?;
    due.retain(|due| !due.editions.iter().any(|edition| begun.contains(edition.as_str())));
    due.sort_by_key(|due| (due.window.days(), due.window));
    let mut left = Vec::new();
    for due in due {
        if !is_done(scene, &due)? {
            left.push(step(scene, &due));
        }
    }
    Ok(left)
}

/// The checklists that are due on the day, those that were filled in already included.
fn all_due(scene: &Scene<'_>, roles: &[Role]) -> Result<Vec<Due>, CommandError> {
    let mut all = Vec::new();
    for template in built_in() {
        for part in template.parts() {
            let reference = TemplateRef::BuiltIn { code: template.code.clone(), version: template.version, part };
            all.push((reference, std::borrow::Cow::Borrowed(template)));
        }
    }
    let own =
        Listing { kind: "template_version", scopes: scene.campus.id.as_slice(), limit: 1_000, ..Listing::default() };
    for found in scene.app.store().find(&own)? {
        let reference = TemplateRef::Custom(found.id.0);
        if text(&found.doc, "body").is_some()
            && let Ok(template) = load(scene.app, &reference)
        {
            all.push((reference, template));
        }
    }
    let has_equipment = has_special_equipment(scene)?;
    let due = all.into_iter().filter_map(|(reference, template)| {
        let is_for = template.campus.is_none() || scene.campus.kind.is_none() || template.campus == scene.campus.kind;
        let is_for = is_for && (template.subject != SPECIAL_EQUIPMENT || has_equipment);
        let is_own = template.performers.iter().any(|role| roles.contains(role));
        let part = reference.part();
        let window = due_window(template.cadence, part, scene.today, &scene.campus.calendar)?;
        let editions = editions(&reference, &template);
        (is_for && is_own).then(|| Due { reference: reference.to_string(), editions, template, part, window })
    });
    Ok(due.collect())
}

/// What a checklist is about that is due only where the school has such things.
const SPECIAL_EQUIPMENT: &str = "special_equipment";

/// Whether the register of special equipment has a row of the campus that is in use.
fn has_special_equipment(scene: &Scene<'_>) -> Result<bool, CommandError> {
    let used = Listing {
        kind: SPECIAL_EQUIPMENT,
        scopes: scene.campus.id.as_slice(),
        stages: &["used"],
        ..Listing::default()
    };
    Ok(scene.app.store().has(&used)?)
}

fn editions(reference: &TemplateRef, template: &Template) -> Vec<String> {
    match reference {
        TemplateRef::Custom(_) => vec![reference.to_string()],
        TemplateRef::BuiltIn { code, part, .. } => {
            let of = |version| TemplateRef::BuiltIn { code: code.clone(), version, part: *part }.to_string();
            template.versions().map(of).collect()
        }
    }
}

/// Whether a checklist was filled in within its days: by anybody where one form is enough for the campus, and by the person where
/// each fills in their own.
fn is_done(scene: &Scene<'_>, due: &Due) -> Result<bool, CommandError> {
    let (from, to) = (due.window.from.to_string(), due.window.to.max(scene.today).to_string());
    for edition in &due.editions {
        let submitted = Listing {
            kind: KIND,
            scopes: scene.campus.id.as_slice(),
            template: Some(edition),
            days: Some((&from, &to)),
            stages: &["submitted"],
            ..Listing::default()
        };
        let is_done = if due.template.is_for_the_campus() || scene.person.is_none() {
            scene.app.store().has(&submitted)?
        } else {
            let authors = scene.app.store().texts(&submitted, &["created", "by"])?;
            authors.iter().any(|by| by.as_deref() == scene.person)
        };
        if is_done {
            return Ok(true);
        }
    }
    Ok(false)
}

fn step(scene: &Scene<'_>, due: &Due) -> PlanStep {
    let template = &due.template;
    PlanStep {
        key: format!("template/{}", due.reference),
        time: None,
        until: Some(end_of_day(due.window.to, scene.campus.calendar.zone).0),
        title: template.title.clone(),
        title_en: template.title_en.clone(),
        detail: PlanDetail {
            cadence: template.cadence,
            frequency: template.frequency.clone(),
            frequency_en: template.frequency_en.clone(),
            forms: 1,
            items: template.items_for(due.part, scene.campus.kind).count(),
            answered: 0,
            failed: 0,
            percent: None,
            verdict: None,
            incomplete: false,
            by: None,
            is_older: false,
        },
        state: PlanState::Next,
        kind: PlanKind::Template,
        inspection: None,
        template: due.reference.clone(),
        code: template.code.clone(),
        subject: None,
        subject_name: None,
    }
}
