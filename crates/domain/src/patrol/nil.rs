//! 零报告: what a signer says of their own visits, and what follows of the window.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::coverage::Coverage;
use super::run::{Run, Visit, VisitResult, fingerprint};
use super::tally::Tally;

/// What somebody can sign for on a run: their own visits, as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignerPart {
    /// The ids of their visits with the fingerprint of each.
    pub covers: Vec<(String, String)>,
    /// The points of them, in the order in which they were visited, each once.
    pub points: Vec<String>,
    /// Whether they have found nothing: no visit of theirs is 异常, tells of an open finding, or stands at a place where an item
    /// failed, and they have reported nothing on the way.
    pub is_nil: bool,
}

/// What a window reports as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowNil {
    /// 零报告: all points are covered, nothing was found, and who made each visit has signed for it.
    Nil,
    /// 待齐: nothing was found so far, and something is still missing.
    Waiting,
    /// 有异常.
    Abnormal,
}

/// What `person` can sign for; `failing` are the points at which an item failed.
pub fn signer_part(
    run: &Run,
    document: &Map<String, Value>,
    person: Option<&str>,
    failing: &BTreeSet<String>,
) -> SignerPart {
    let own: Vec<&Visit> = run.visits.iter().filter(|visit| visit.by.as_deref() == person).collect();
    let is_clean = |visit: &&Visit| {
        visit.result == VisitResult::Normal && visit.still.is_empty() && !failing.contains(&visit.checkpoint)
    };
    let has_reported = run.on_the_way.iter().any(|found| found.by.as_deref() == person);
    let mut points: Vec<String> = Vec::new();
    for visit in &own {
        if !points.contains(&visit.checkpoint) {
            points.push(visit.checkpoint.clone());
        }
    }
    SignerPart {
        covers: own.iter().map(|visit| (visit.id.clone(), seen(document, visit))).collect(),
        points,
        is_nil: !own.is_empty() && !has_reported && own.iter().all(is_clean),
    }
}

/// What the window reports.
///
/// A visit counts as signed for while it reads as its signer saw it; a later 异常 changes what the window reports, and no signature.
pub fn window_nil<'t>(coverage: &Coverage, tallies: impl IntoIterator<Item = &'t Tally>) -> WindowNil {
    let standing: Vec<&Tally> = tallies.into_iter().filter(|tally| !tally.is_void).collect();
    if standing.iter().any(|tally| tally.has_found()) {
        return WindowNil::Abnormal;
    }
    let all_signed = standing.iter().flat_map(|tally| &tally.visits).all(|visit| visit.is_signed);
    if coverage.is_whole() && all_signed { WindowNil::Nil } else { WindowNil::Waiting }
}

/// The fingerprint of a visit as it stands.
pub(super) fn seen(document: &Map<String, Value>, visit: &Visit) -> String {
    let field = format!("visits/{}/v/{}", visit.checkpoint, visit.id);
    fingerprint(document.get(&field).unwrap_or(&Value::Null))
}
