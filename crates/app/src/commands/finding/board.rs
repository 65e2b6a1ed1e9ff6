//! All open findings at a glance: a column for each state.

use domain::finding::StateName;
use replica::{Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::dto::finding::FindingRow;
use crate::error::CommandError;
use crate::finding::{KIND, row};
use crate::names::Names;
use crate::sight::Seen;

/// Arguments of `finding.board`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Board {
    /// Only those of this campus.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// The findings by state.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BoardView {
    /// A column for each state, in the order of the way; the closed ones come last.
    columns: Vec<BoardColumn>,
    /// How many are open.
    open: u64,
    /// How many of these are over their time.
    overdue: u64,
}

/// The findings of one state.
#[derive(Debug, Serialize, JsonSchema)]
struct BoardColumn {
    /// The state; what `finding.list` takes for more.
    state: StateName,
    /// The same in Chinese.
    state_zh: &'static str,
    /// How many there are.
    count: u64,
    /// The first of them, what is due first first; twenty at most.
    rows: Vec<FindingRow>,
}

const MOST: u64 = 20;

/// The way of a finding, in the order in which a board shows it.
const WAY: [StateName; 9] = [
    StateName::Unassigned,
    StateName::Assigned,
    StateName::InProgress,
    StateName::Returned,
    StateName::AwaitingRecheck,
    StateName::Deferred,
    StateName::CorrectedOnSpot,
    StateName::Closed,
    StateName::Voided,
];

pub(super) fn board(app: &App, arguments: Board) -> Result<BoardView, CommandError> {
    let names = Names::new(app);
    let now = app.now_ms();
    let seen = Seen::of_kind(app, KIND, arguments.scope)?;
    let all = Listing { limit: MOST, order: Order::Due, ..seen.listing(KIND) };
    let mut columns = Vec::with_capacity(WAY.len());
    let mut open = 0;
    for state in WAY {
        let stages = [state.code()];
        let listing = Listing { stages: &stages, ..all.clone() };
        let count = app.store().count(&listing)?;
        let found = if count > 0 { app.store().find(&listing)? } else { Vec::new() };
        open += if state.is_open() { count } else { 0 };
        columns.push(BoardColumn {
            state,
            state_zh: state.zh(),
            count,
            rows: found.iter().map(|found| row(&names, found.id.0, found.scope, &found.doc, now)).collect(),
        });
    }
    let unfinished = StateName::codes(StateName::is_unfinished);
    let due_before = i64::try_from(now).ok();
    let overdue = app.store().count(&Listing { stages: &unfinished, due_before, ..all })?;
    Ok(BoardView { columns, open, overdue })
}
