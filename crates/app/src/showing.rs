//! Whether somebody sees a photo: by the fields that name it.

use causal::{Record, RecordId};
use domain::id::finding_id;
use serde_json::Value;

use crate::app::App;
use crate::entry::look::{self, Look};
use crate::error::CommandError;
use crate::finding;
use crate::inspection::KIND;
use crate::load::load_seen;
use crate::sheet;

/// Whether the person who works sees a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobSight {
    /// It is not to be seen.
    No,
    /// It is seen; a browser may keep it, and asks before it shows it again.
    Open,
    /// It is seen by this person; the next one at the same screen may not see it, so nothing may keep it.
    Sealed,
}

impl BlobSight {
    /// Whether it is seen at all.
    pub fn is_seen(self) -> bool {
        self != Self::No
    }
}

/// Whether the person who works sees a photo by one record that names it.
pub(crate) fn sight_in(app: &App, id: RecordId, blob: &str) -> Result<BlobSight, CommandError> {
    let Some(reading) = app.store().get(id)? else { return Ok(BlobSight::No) };
    let record = &reading.record;
    // A part is shown with its row.
    let row = match look::is_part(&record.kind) {
        true => look::row_of_part(&domain::reading::read(&record.kind, &record.state)),
        false => Some(id),
    };
    let Some(row) = row.map(|row| app.store().get(row)).transpose()?.flatten() else { return Ok(BlobSight::No) };
    let look = Look::at(app, &row.record)?;
    let is_shown = |(path, value): &(&str, Value)| look.shown(path, value).is_some_and(|shown| names(&shown, blob));
    let naming = naming(record, blob);
    if naming.iter().any(is_shown) {
        // What a row or a signed paper holds is not for everybody who comes to the same screen.
        let is_sealed = look.register().is_some() || &*record.kind == sheet::PAPER;
        return Ok(if is_sealed { BlobSight::Sealed } else { BlobSight::Open });
    }
    match is_of_seen_finding(app, record, &naming)? {
        true => Ok(BlobSight::Open),
        false => Ok(BlobSight::No),
    }
}

/// The values that name a photo, those of every side of a conflict among them.
fn naming<'r>(record: &'r Record, blob: &str) -> Vec<(&'r str, Value)> {
    let mut naming = Vec::new();
    for path in record.state.field_names() {
        let values = record.state.siblings(path).map(|sibling| sibling.value.to_json());
        naming.extend(values.filter(|value| names(value, blob)).map(|value| (path, value)));
    }
    naming
}

fn names(value: &Value, blob: &str) -> bool {
    value.to_string().contains(blob)
}

/// Whether the photo is one of a failed answer whose finding the person sees: who is to put it right must see what is wrong.
fn is_of_seen_finding(app: &App, record: &Record, naming: &[(&str, Value)]) -> Result<bool, CommandError> {
    if &*record.kind != KIND {
        return Ok(false);
    }
    for (path, _) in naming {
        let item = path.strip_prefix("answers/").and_then(|rest| rest.split_once('/'));
        if let Some((code, _)) = item
            && load_seen(app, finding::KIND, RecordId(finding_id(record.id.0, code))).is_ok()
        {
            return Ok(true);
        }
    }
    Ok(false)
}
