//! A point of a run, as a place at which items are answered.

use std::borrow::Cow;
use std::collections::BTreeMap;

use causal::RecordId;
use domain::finding::FindingSource;
use domain::form::{ItemOutcome, PlaceName};
use domain::inspection::Stage;
use domain::patrol::{asked_at, asks_for};
use domain::permission::Permission;
use domain::template::Part;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::KIND;
use super::boarders::may_answer;
use super::findings::OpenFindings;
use super::reading;
use super::stored::StoredRun;
use crate::app::App;
use crate::document::{Fields, person_field};
use crate::error::CommandError;
use crate::form::holder::{Holder, ItemEntry};
use crate::form::pending;
use crate::form::place::Place;
use crate::form::save::with_results;
use crate::people;

/// A point of a run, with what is asked there.
pub(crate) struct AtPoint {
    place: Place,
    checkpoint: String,
}

/// What is asked at a point.
struct Asked {
    name: String,
    name_en: Option<String>,
    area: Option<String>,
    items: Vec<String>,
}

impl AtPoint {
    /// A point of a run that the person who works sees.
    ///
    /// # Errors
    /// `not-found` about `run`, or about `checkpoint` for one that is not of its route.
    pub(crate) fn seen(app: &App, run: Uuid, checkpoint: Uuid) -> Result<Self, CommandError> {
        Self::of(app, StoredRun::seen(app, run)?, &checkpoint.to_string())
    }

    /// A point of a run, whoever asks.
    ///
    /// # Errors
    /// As [`AtPoint::seen`].
    pub(crate) fn load(app: &App, run: RecordId, checkpoint: &str) -> Result<Self, CommandError> {
        Self::of(app, StoredRun::load(app, run)?, checkpoint)
    }

    /// A point of a run that was read.
    ///
    /// # Errors
    /// As [`AtPoint::seen`].
    pub(crate) fn of(app: &App, run: StoredRun, checkpoint: &str) -> Result<Self, CommandError> {
        let asked = asked(app, &run, checkpoint)?;
        let name_en = asked.name_en.as_deref().unwrap_or(&asked.name);
        let known = OpenFindings::at(app, &run.campus, checkpoint)?.items_raised_before(&run, checkpoint);
        let place = Place {
            record: run.id,
            kind: KIND,
            name: PlaceName::Visit(checkpoint.to_owned()),
            version: run.version,
            template: Cow::Owned(asked_at(&asked.name, name_en, &asked.items)),
            part: Part::All,
            campus: run.campus,
            // A run takes what is written after its finish, too.
            stage: if run.run.is_void { Stage::Void } else { Stage::Open },
            area: asked.area.or(Some(asked.name)),
            source: FindingSource::Patrol,
            day: run.run.day.map(|day| day.to_string()),
            open_elsewhere: known,
            // A point is no area of which a meter is known.
            previous: BTreeMap::new(),
            corrected: run.corrected,
            state: run.state,
            document: run.document,
        };
        Ok(Self { place, checkpoint: checkpoint.to_owned() })
    }

    /// Whether an item has failed there: then it says what is wrong, and not the visit.
    pub(crate) fn has_failed(&self) -> bool {
        let form = self.place.form();
        form.items().any(|item| matches!(ItemOutcome::of(&form, item), ItemOutcome::Failed(_)))
    }

    /// Lets an item raise a finding of its own, though one is open at the point.
    pub(crate) fn says_another(&mut self, code: &str) {
        self.place.open_elsewhere.retain(|open| open != code);
    }

    /// Leaves out what the person who works may not answer, to be shown to them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn into_shown(mut self, app: &App) -> Result<Self, CommandError> {
        let roles = people::working_roles(app, &self.place.campus)?;
        self.place.template.to_mut().items.retain(|item| may_answer(&roles, &item.code));
        Ok(self)
    }

    /// Refuses an item that the person who works may not answer.
    ///
    /// # Errors
    /// `not-allowed`
    pub(crate) fn check_may_answer(&self, app: &App, code: &str) -> Result<(), CommandError> {
        match asks_for(code) {
            Some(permission) => people::require(app, &self.place.campus, permission),
            None => Ok(()),
        }
    }

    /// The place itself.
    pub(crate) fn into_place(self) -> Place {
        self.place
    }

    /// Refuses to take away a failure whose undo is over: what was found was found, and is put right in its finding.
    ///
    /// # Errors
    /// `finished`, about the argument `item`.
    pub(crate) fn check_stands(&self, app: &App, code: &str, result: &Value) -> Result<(), CommandError> {
        let item = self.place.item(code)?;
        let form = self.place.form();
        let after = with_results(&form, std::iter::once((code, result.clone())));
        let is_taken_away =
            matches!(ItemOutcome::of(&form, item), ItemOutcome::Failed(_)) && ItemOutcome::of(&after, item).is_fine();
        if !is_taken_away || pending::at(app, &self.place)?.iter().any(|held| held.pending.item == code) {
            return Ok(());
        }
        let message = "what failed on a round stays on record; put it right in its finding, with a photo";
        Err(CommandError::new(ProblemType::Finished, message).field("item"))
    }
}

/// What is asked at a point: by the plan of the run, or by the point as it is now where the plan has none.
fn asked(app: &App, run: &StoredRun, checkpoint: &str) -> Result<Asked, CommandError> {
    if let Some(point) = run.plan.as_ref().and_then(|plan| plan.point(checkpoint)) {
        return Ok(Asked {
            name: point.name.clone(),
            name_en: point.name_en.clone(),
            area: point.area.clone(),
            items: point.items.clone(),
        });
    }
    let point = reading::point(app, checkpoint)?.filter(|point| Some(&point.route) == run.run.route.as_ref());
    let missing = || CommandError::not_found("there is no such point on the route of this round").field("checkpoint");
    let point = point.ok_or_else(missing)?;
    Ok(Asked { name: point.name, name_en: point.name_en, area: point.area, items: point.items })
}

impl Holder for AtPoint {
    fn place(&self) -> &Place {
        &self.place
    }

    fn anew(&self, app: &App) -> Result<Self, CommandError> {
        Self::load(app, self.place.record, &self.checkpoint)
    }

    fn check_open(&self, app: &App, written: &[ItemEntry]) -> Result<(), CommandError> {
        people::require(app, &self.place.campus, Permission::Patrol)?;
        if self.place.stage == Stage::Void {
            return Err(CommandError::new(ProblemType::Void, "the round is void").field("run"));
        }
        for item in written {
            self.check_may_answer(app, &item.code)?;
            if let Some((_, result)) = item.parts.iter().find(|(part, _)| part == "result") {
                self.check_stands(app, &item.code, result)?;
            }
        }
        Ok(())
    }

    /// Who answers takes part.
    fn along(&self, app: &App) -> Result<Fields, CommandError> {
        let Some(by) = app.by() else { return Ok(Fields::new()) };
        let field = person_field("people", &by, json!(app.now_ms()))?;
        Ok(if self.place.document.contains_key(&field.0) { Fields::new() } else { vec![field] })
    }
}
