//! Children and adults at the door, found as one types.

use replica::is_spelled;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::{Child, field_of};
use crate::app::App;
use crate::campus::Campus;
use crate::child::{Rows, children_of};
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// Arguments of `handover.find`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Find {
    /// What was typed.
    typed: String,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// Who is called so.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverFound")]
pub(super) struct Found {
    /// The children whose name or number it is.
    children: Vec<Uuid>,
    /// The lines of the list whose adult is called so.
    lines: Vec<Uuid>,
}

/// Nobody is found by what is not shown: a name that is masked is held against what is typed as it stands there.
pub(super) fn find(app: &App, arguments: Find) -> Result<Found, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let typed = arguments.typed.trim();
    let all: Vec<Child> = children_of(app, &campus, &viewer, None)?.into_iter().map(Child::new).collect();
    if typed.is_empty() || all.is_empty() {
        return Ok(Found { children: Vec::new(), lines: Vec::new() });
    }
    let lines = Rows { app, campus: &campus }.lines()?;
    let is_child = |child: &&Child| is_spelled(&child.name(&naming), typed) || is_spelled(child.number(), typed);
    let of_seen = all.iter().filter_map(|child| lines.get(&child.id())).flatten().filter(|(_, line)| !line.is_void);
    let adult = |(found, _): &&(_, _)| field_of("pickup_authorisation", &naming, found, "adult_name_enc");
    Ok(Found {
        children: all.iter().filter(is_child).map(Child::id).collect(),
        lines: of_seen
            .filter(|line| adult(line).is_some_and(|name| is_spelled(&name, typed)))
            .map(|(_, line)| line.id)
            .collect(),
    })
}
