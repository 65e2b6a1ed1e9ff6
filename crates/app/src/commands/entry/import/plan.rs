//! What an import would do, line by line, kept for an hour in the office's store and nowhere else.

use replica::new_uuid_v4;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::document::Document;
use crate::error::CommandError;

/// How long a plan is kept.
const KEPT_MS: u64 = 3_600_000;
const PREFIX: &str = "import_plan/";

/// A plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    /// The register.
    pub(super) kind: String,
    /// The campus.
    pub(super) campus: Option<Uuid>,
    /// The SHA-256 of the file, in hex.
    pub(super) file: String,
    /// Who made it, and alone carries it out.
    pub(super) by: Option<String>,
    /// When, ms since 1970 UTC.
    pub(super) made: u64,
    /// Its lines.
    pub(super) lines: Vec<PlannedLine>,
}

/// What becomes of one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PlannedLine {
    /// Its number in the file.
    pub(super) line: usize,
    /// The row that it was found to be.
    pub(super) matched: Option<Uuid>,
    /// The version of that row when the plan was made.
    pub(super) seen: String,
    /// The values that differ, as people type them.
    pub(super) set: Document,
    /// Why it is refused.
    pub(super) problems: Vec<LineProblem>,
    /// What it would change.
    pub(super) changes: Vec<Change>,
    /// What people call the row.
    pub(super) title: String,
}

/// Why a line is refused.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "ImportProblem")]
pub(super) struct LineProblem {
    /// The cell, such as `B7`.
    pub(super) cell: Option<String>,
    /// The field.
    pub(super) field: Option<String>,
    /// Why.
    pub(super) zh: String,
    /// The same in English.
    pub(super) en: String,
}

/// A value that changes.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "ImportChange")]
pub(super) struct Change {
    /// The field.
    pub(super) field: String,
    /// What people call it.
    pub(super) label: String,
    /// The same in English.
    pub(super) label_en: String,
    /// What stands there; null for nothing.
    pub(super) before: Option<String>,
    /// The same in English.
    pub(super) before_en: Option<String>,
    /// What will stand there; null for nothing.
    pub(super) after: Option<String>,
    /// The same in English.
    pub(super) after_en: Option<String>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ImportState")]
pub(super) enum LineState {
    /// It makes a row.
    New,
    /// It changes a row.
    Changed,
    /// The row says the same.
    Unchanged,
    /// It is not taken.
    Refused,
}

impl PlannedLine {
    /// What becomes of it.
    pub(super) fn state(&self) -> LineState {
        match (self.problems.is_empty(), self.matched, self.set.is_empty()) {
            (false, ..) => LineState::Refused,
            (true, None, _) => LineState::New,
            (true, Some(_), true) => LineState::Unchanged,
            (true, Some(_), false) => LineState::Changed,
        }
    }
}

impl Plan {
    /// Until when it is kept, ms since 1970 UTC.
    pub(super) fn until(&self) -> u64 {
        self.made + KEPT_MS
    }

    fn is_kept(&self, now: u64) -> bool {
        (self.made..=self.until()).contains(&now)
    }

    /// Keeps it; gives its name.
    pub(super) fn keep(&self, app: &App) -> Result<Uuid, CommandError> {
        for (name, old) in app.store().device_settings::<Self>(PREFIX)? {
            if !old.is_kept(self.made) {
                app.store().clear_device_setting(&format!("{PREFIX}{name}"))?;
            }
        }
        let name = new_uuid_v4(&*app.store().ports().entropy);
        app.store().set_device_setting(&setting(name), self)?;
        Ok(name)
    }

    /// The plan of this name, for who made it.
    ///
    /// # Errors
    /// `not-found`, about the argument `plan`.
    pub(super) fn held(app: &App, name: Uuid) -> Result<Self, CommandError> {
        let plan: Option<Self> = app.store().device_setting(&setting(name))?;
        let is_theirs = |plan: &Self| plan.by.as_deref() == app.by().as_deref() && plan.is_kept(app.now_ms());
        let gone = || CommandError::not_found("there is no such plan, or its hour is over; read the file again");
        plan.filter(is_theirs).ok_or_else(|| gone().field("plan"))
    }
}

/// The setting of this device that holds a plan; whoever takes it away carries it out.
pub(super) fn setting(name: Uuid) -> String {
    format!("{PREFIX}{name}")
}
