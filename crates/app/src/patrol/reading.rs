//! What a tag that was read stands for.

use causal::RecordId;
use domain::id::tag_id;
use domain::route::{Checkpoint, norm, spelling_field};
use replica::{ListedRecord, Listing};
use serde_json::Value;

use super::stored::StoredRun;
use crate::app::App;
use crate::document::text;
use crate::error::CommandError;

const TAG: &str = "tag";
const MOST: u64 = 10_000;

/// What was read.
pub(crate) enum Read {
    /// A point of the route.
    Point(String),
    /// A tag that nobody knows.
    Unknown,
    /// A tag that was replaced; with the point that it hung at.
    Old(Option<String>),
    /// A point of another route.
    Other(Option<String>),
}

/// What a tag stands for on a run, with its one spelling.
///
/// # Errors
/// `bad-arguments` for what is no tag.
pub(crate) fn read_tag(app: &App, run: &StoredRun, tag: &str) -> Result<(String, Read), CommandError> {
    let norm = norm(tag).map_err(|error| CommandError::bad_argument("tag", error))?;
    let Some(found) = known(app, run, &norm)? else { return Ok((norm, Read::Unknown)) };
    let checkpoint = text(&found.doc, "checkpoint");
    let point = checkpoint.map(|id| point(app, id)).transpose()?.flatten();
    let name = point.as_ref().map(|point| point.name.clone());
    let is_old = found.doc.get("old").is_some_and(|old| !old.is_null());
    let read = match point {
        _ if is_old => Read::Old(name),
        Some(point) if Some(&point.route) == run.run.route.as_ref() => Read::Point(point.id),
        Some(_) => Read::Other(name),
        None => Read::Unknown,
    };
    Ok((norm, read))
}

/// The record of a tag: of this spelling, or one on which it stands as a further one.
fn known(app: &App, run: &StoredRun, norm: &str) -> Result<Option<ListedRecord>, CommandError> {
    let Some(campus) = run.campus.id else { return Ok(None) };
    let own = app.store().find_one(RecordId(tag_id(campus, norm)))?.filter(|found| found.kind == TAG);
    if let Some(own) = own.filter(|own| text(&own.doc, "checkpoint").is_some()) {
        return Ok(Some(own));
    }
    let (field, _) = spelling_field(norm);
    let listing = Listing { kind: TAG, scopes: run.campus.id.as_slice(), limit: MOST, ..Listing::default() };
    let found = app.store().find(&listing)?;
    Ok(found.into_iter().find(|found| found.doc.get(&field).is_some_and(|spelling| *spelling != Value::Null)))
}

/// The point of a record; none where it is not here.
pub(super) fn point(app: &App, id: &str) -> Result<Option<Checkpoint>, CommandError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "checkpoint");
    Ok(found.map(|found| Checkpoint::read(&found.id.to_string(), &found.doc)))
}
