//! The kinds of records whose items are answered, and where: one line a kind.

use causal::RecordId;
use domain::form::PlaceName;

use crate::app::App;
use crate::error::CommandError;
use crate::form::place::Place;
use crate::inspection::{self, Inspection};
use crate::patrol::{self, AtPoint};

/// The place `name` of a record; none where records of its kind have no such place.
///
/// # Errors
/// When the record is not here, or cannot be read.
pub(crate) fn load(app: &App, record: RecordId, name: &PlaceName) -> Result<Option<Place>, CommandError> {
    let Some(found) = app.store().find_one(record)? else { return Ok(None) };
    match (found.kind.as_str(), name) {
        (patrol::KIND, PlaceName::Visit(checkpoint)) => Ok(Some(AtPoint::load(app, record, checkpoint)?.into_place())),
        (inspection::KIND, PlaceName::Whole) => Ok(Some(Inspection::load(app, record)?.place)),
        _ => Ok(None),
    }
}
