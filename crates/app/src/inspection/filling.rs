//! Who may fill in an inspection, and until when.

use domain::inspection::Stage;
use domain::permission::Permission;
use serde_json::json;
use wire::ProblemType;

use super::Inspection;
use crate::app::App;
use crate::document::{Fields, person_field};
use crate::error::CommandError;
use crate::form::holder::{Holder, ItemEntry};
use crate::form::place::Place;
use crate::people;

impl Holder for Inspection {
    fn place(&self) -> &Place {
        &self.place
    }

    fn anew(&self, app: &App) -> Result<Self, CommandError> {
        Self::load(app, self.place.record)
    }

    /// After the submit only a joint inspection takes entries, from somebody who is on it and has not submitted, and only such
    /// that replace nobody else's: answers to items that nobody has answered; and notes where there is none, and photos, on items
    /// that nobody else has answered.
    /// Whoever joined did so where the submit was not known (`inspection.join` sees to that), so no clocks are compared.
    fn check_open(&self, app: &App, written: &[ItemEntry]) -> Result<(), CommandError> {
        people::require(app, &self.place.campus, Permission::FillInspection)?;
        match self.place.stage {
            Stage::Open => Ok(()),
            Stage::Void => Err(CommandError::new(ProblemType::Void, "the inspection is void")),
            Stage::Submitted if self.is_late_entry(app, written) => Ok(()),
            Stage::Submitted => Err(CommandError::new(
                ProblemType::AlreadySubmitted,
                "the form was submitted; correct it with inspection.correct, which keeps the original",
            )),
        }
    }

    /// Who answers takes part.
    fn along(&self, app: &App) -> Result<Fields, CommandError> {
        let Some(by) = app.by().filter(|by| self.joined_at(by).is_none()) else { return Ok(Fields::new()) };
        let now = i64::try_from(app.now_ms()).unwrap_or(i64::MAX);
        Ok(vec![person_field("people", &by, json!(now))?])
    }
}

impl Inspection {
    fn is_late_entry(&self, app: &App, written: &[ItemEntry]) -> bool {
        let Some(by) = app.by() else { return false };
        let replaces_nothing = |item: &ItemEntry| {
            let is_unanswered = self.place.stored(&item.code, "result").is_null();
            let last = self.place.last_write(&item.code, "result");
            let is_own = last.is_some_and(|(author, _)| author == Some(&*by));
            item.parts.iter().all(|(part, _)| match part.as_str() {
                "note" => self.place.stored(&item.code, "note").is_null() && (is_unanswered || is_own),
                photo if photo.starts_with("photos/") => is_unanswered || is_own,
                _ => is_unanswered,
            })
        };
        self.is_joint()
            && self.joined_at(&by).is_some()
            && self.submits().iter().all(|(person, _)| *person != &*by)
            && written.iter().all(replaces_nothing)
    }
}
