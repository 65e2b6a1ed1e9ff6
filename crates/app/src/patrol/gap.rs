//! Findings that people have made of gaps in windows.

use std::collections::HashSet;

use causal::RecordId;
use chrono::NaiveDate;
use domain::id::gap_finding_id;
use uuid::Uuid;

use crate::app::App;
use crate::error::CommandError;
use crate::finding;
use crate::sight;

/// How many are asked for at once.
const AT_ONCE: usize = 1_000;

/// The findings that somebody has made of these gaps, as far as the person who works sees them.
pub(crate) fn seen_gaps(app: &App, gaps: &[(Uuid, NaiveDate, &str)]) -> Result<HashSet<Uuid>, CommandError> {
    if gaps.is_empty() {
        return Ok(HashSet::new());
    }
    let access = sight::access(app)?;
    let ids: Vec<RecordId> =
        gaps.iter().map(|(route, day, window)| RecordId(gap_finding_id(*route, *day, window))).collect();
    let mut seen = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let found = app.store().seen_among(some, &access)?;
        seen.extend(found.into_iter().filter(|(_, kind)| kind == finding::KIND).map(|(id, _)| id.0));
    }
    Ok(seen)
}
