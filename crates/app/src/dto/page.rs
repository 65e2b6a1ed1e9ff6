//! Pages of lists.

use causal::RecordId;
use replica::{ListPosition, ListedRecord};

use crate::error::CommandError;

const MOST: u64 = 1_000;

/// The number of rows that was asked for; 200 when left out.
///
/// # Errors
/// `bad-arguments` for anything but 1 to 1,000.
pub(crate) fn checked_limit(limit: Option<u64>) -> Result<u64, CommandError> {
    let limit = limit.unwrap_or(200);
    if (1..=MOST).contains(&limit) {
        Ok(limit)
    } else {
        Err(CommandError::bad_argument("limit", "limit is a number from 1 to 1,000"))
    }
}

/// Cuts off the row that was asked for only to see whether there is more, and tells where the next page starts.
pub(crate) fn cut(rows: &mut Vec<ListedRecord>, limit: u64) -> Option<ListPosition> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    rows.last().filter(|_| has_more).map(|last| last.position())
}

/// A place as text; opaque to clients.
pub(crate) fn to_text(place: ListPosition) -> String {
    match place {
        ListPosition { id, due: Some(due), .. } => format!("{id}:{due}"),
        ListPosition { id, .. } => id.to_string(),
    }
}

/// Reads a place that a page gave.
pub(crate) fn parse(text: &str) -> Result<ListPosition, CommandError> {
    let (id, due) = text.split_once(':').map_or((text, None), |(id, due)| (id, Some(due)));
    let refused = || CommandError::bad_argument("after", "after is the next of the page before");
    let id: RecordId = id.parse().map_err(|_| refused())?;
    let due = due.map(|due| due.parse::<i64>().map_err(|_| refused())).transpose()?;
    Ok(ListPosition { id, due, day: None, text: None })
}
