//! Lists of findings.

use domain::finding::StateName;
use replica::{ListedRecord, Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::dto::finding::FindingRow;
use crate::dto::page;
use crate::error::CommandError;
use crate::finding::{KIND, row};
use crate::names::Names;
use crate::sight::Seen;

/// Arguments of `finding.list`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// `open` for all on which something is left to do, or a state such as `awaiting_recheck`; all when left out.
    #[serde(default)]
    #[schemars(with = "Option<StateWanted>")]
    pub(crate) state: Option<String>,
    /// Only those that the person who works has to deal with.
    #[serde(default)]
    pub(crate) mine: bool,
    /// Only those whose time is over.
    #[serde(default)]
    pub(crate) overdue: bool,
    /// Only those of this inspection.
    #[serde(default)]
    pub(crate) inspection: Option<Uuid>,
    /// Only those of this campus.
    #[serde(default)]
    pub(crate) scope: Option<Uuid>,
    /// 1 to 1,000; 200 when left out. A page of overdue ones may be shorter and still have a next.
    #[serde(default)]
    pub(crate) limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    pub(crate) after: Option<String>,
}

/// Which findings are wanted.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "a shape of a schema alone")]
#[schemars(rename = "FindingsWanted")]
enum StateWanted {
    /// All on which something is left to do.
    Open(OpenWanted),
    /// Those that stand here.
    State(StateName),
}

/// `open`.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "a shape of a schema alone")]
enum OpenWanted {
    Open,
}

/// A page of findings.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingPage {
    /// The findings, what is due first first.
    pub(crate) findings: Vec<FindingRow>,
    /// Where the next page starts; null at the end.
    pub(crate) next: Option<String>,
}

pub(crate) fn list(app: &App, arguments: List) -> Result<FindingPage, CommandError> {
    let limit = page::checked_limit(arguments.limit)?;
    let by = app.by();
    if arguments.mine && by.is_none() {
        return Err(
            CommandError::new(ProblemType::PersonNeeded, "whose findings are meant must be known").field("mine")
        );
    }
    let stages = match arguments.state.as_deref() {
        None if arguments.overdue => StateName::codes(StateName::is_open),
        None => Vec::new(),
        Some("open") => StateName::codes(StateName::is_open),
        Some(named) => StateName::codes(|state| state.code() == named),
    };
    if let Some(state) = arguments.state.filter(|_| stages.is_empty()) {
        return Err(CommandError::bad_argument("state", format_args!("{state} is not a state")));
    }
    let now = app.now_ms();
    let seen = Seen::of_kind(app, KIND, arguments.scope)?;
    let mut rows = app.store().find(&Listing {
        parent: arguments.inspection.map(causal::RecordId),
        stages: &stages,
        assignee: by.as_deref().filter(|_| arguments.mine),
        due_before: arguments.overdue.then(|| i64::try_from(now).unwrap_or(i64::MAX)),
        order: Order::Due,
        after: arguments.after.as_deref().map(page::parse).transpose()?,
        limit: limit + 1,
        ..seen.listing(KIND)
    })?;
    let next = page::cut(&mut rows, limit).map(page::to_text);
    let names = Names::new(app);
    let rows = rows.into_iter().map(|found: ListedRecord| row(&names, found.id.0, found.scope, &found.doc, now));
    // One that was put right in time waits for its re-check past its due time, and is not overdue.
    let findings = rows.filter(|row| row.is_overdue || !arguments.overdue).collect();
    Ok(FindingPage { findings, next })
}
