//! What looks wrong about a row, by itself and by what other rows say.

use causal::RecordId;
use domain::register::{Register, Warning, standing};
use replica::ListPosition;
use serde_json::Value;

use super::earlier;
use super::kin::Kin;
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;

/// A row as it is judged.
pub(crate) struct Judged {
    /// What looks wrong.
    pub(crate) warnings: Vec<Warning>,
    /// The record from which on what a field says is one cause, for the fields that hooks work out.
    since: Vec<(String, RecordId)>,
}

/// Where a row stands among the others; neither is there for a new one.
#[derive(Clone, Copy, Default)]
pub(crate) struct At<'a> {
    /// The row.
    pub(crate) id: Option<RecordId>,
    /// Its place in a list by day.
    pub(crate) position: Option<&'a ListPosition>,
}

/// Judges a row whose values are those of `document`, under the settings of its campus on the row's own day.
pub(crate) fn judge(app: &App, campus: &Campus, register: &Register, at: At<'_>, document: &Document) -> Judged {
    let mut wide = document.clone();
    let before =
        |field: &str, by: &str, value: &Value| earlier::value(app, campus, register, at.position, (field, by, value));
    wide.extend(register.earlier(document, &before));
    let worked = Kin::new(app, campus).of_written(register, at.id, document);
    wide.extend(worked.iter().map(|(field, worked)| (field.name.clone(), worked.value.clone())));
    let day = standing(&register.kind, document).day;
    let mut warnings = register.judge(&wide, &campus.settings_on(day.as_deref()));
    warnings.extend(worked.iter().filter_map(|(field, worked)| register.hook_warning(field, worked)));
    let since = |worked: &domain::register::Worked| worked.since.as_ref()?.parse().ok();
    let since = worked.iter().filter_map(|(field, worked)| Some((field.name.clone(), since(worked)?))).collect();
    Judged { warnings, since }
}

impl Judged {
    /// The record that a finding of this warning is of, for a row: the row itself, or the one with which its cause began.
    pub(crate) fn cause(&self, row: RecordId, warning: &Warning) -> RecordId {
        let begun = self.since.iter().find(|(field, _)| warning.fields.first() == Some(field));
        begun.map_or(row, |(_, begun)| *begun)
    }
}
