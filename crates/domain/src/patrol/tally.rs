//! What of a run counts for its window: all that a coverage asks, without the body of the run.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::run::{ReadHow, Run, Visit, VisitResult, fingerprint};
use super::stay::Stay;
use crate::checked_time::{Moment, Span};
use crate::correction::Corrected;

/// What of a run counts. It follows from the run alone: what is too short or late depends on the plan and the window, so it holds the
/// longest stay and the arrival, and whoever reads it judges them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The route.
    pub route: Option<String>,
    /// The window; none for a walk of its own (临时).
    pub window: Option<String>,
    /// The business day.
    pub day: Option<NaiveDate>,
    /// The plan that it was begun on.
    pub plan: Option<String>,
    /// 补录.
    pub is_entered: bool,
    /// 作废.
    pub is_void: bool,
    /// Whether somebody has finished it.
    pub is_ended: bool,
    /// The visits, in their order.
    pub visits: Vec<TallyVisit>,
    /// Whether something was found on the way, at none of its points.
    pub has_found_on_the_way: bool,
    /// Why points were not visited: the point, and the reason.
    pub missed: Vec<(String, String)>,
}

/// What of a visit counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyVisit {
    /// The point.
    pub checkpoint: String,
    /// When somebody arrived.
    pub arrived: Moment,
    /// How the point was told.
    pub how: ReadHow,
    /// What was found.
    pub result: VisitResult,
    /// The longest that the stay can have been, in milliseconds; none where no clock can tell (未测).
    pub longest_ms: Option<i64>,
    /// Whether it says of an open finding that it is still there.
    pub is_still: bool,
    /// Whether somebody has signed for it as it reads now, and that they found nothing.
    pub is_signed: bool,
}

impl Tally {
    /// Of a run in a document whose corrections have been applied.
    pub fn read(corrected: &Corrected) -> Self {
        Self::of(&Run::read(corrected), &corrected.document)
    }

    /// Of a run, and the document that it was read from.
    pub fn of(run: &Run, document: &Map<String, Value>) -> Self {
        let signed = |visit: &Visit| {
            let field = format!("visits/{}/v/{}", visit.checkpoint, visit.id);
            let is_signed = |seen: &str| {
                run.signs.iter().any(|sign| sign.is_nil && sign.covers.get(&visit.id).is_some_and(|own| own == seen))
            };
            !run.signs.is_empty() && is_signed(&fingerprint(document.get(&field).unwrap_or(&Value::Null)))
        };
        let visit = |(visit, stay): (&Visit, Stay)| TallyVisit {
            checkpoint: visit.checkpoint.clone(),
            arrived: visit.arrived,
            how: visit.how,
            result: visit.result,
            longest_ms: stay.0.map(|span| span.max),
            is_still: !visit.still.is_empty(),
            is_signed: signed(visit),
        };
        Self {
            route: run.route.clone(),
            window: run.window.clone(),
            day: run.day,
            plan: run.plan.clone(),
            is_entered: run.is_entered,
            is_void: run.is_void,
            is_ended: !run.ends.is_empty(),
            visits: run.stays().into_iter().map(visit).collect(),
            has_found_on_the_way: !run.on_the_way.is_empty(),
            missed: run.missed.iter().map(|missed| (missed.checkpoint.clone(), missed.reason.clone())).collect(),
        }
    }

    /// Whether nobody has finished it.
    pub fn is_open(&self) -> bool {
        !self.is_ended && !self.is_void
    }

    /// Whether it found something, at its points or between them, or something that is still there.
    pub(super) fn has_found(&self) -> bool {
        self.has_found_on_the_way
            || self.visits.iter().any(|visit| visit.result == VisitResult::Abnormal || visit.is_still)
    }
}

impl TallyVisit {
    /// Whether the stay was certainly too short.
    pub fn is_short(&self, min_seconds: u32) -> bool {
        Stay(self.longest_ms.map(|longest| Span { min: longest, max: longest })).is_short(min_seconds)
    }
}
