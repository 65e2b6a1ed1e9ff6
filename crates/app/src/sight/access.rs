//! What the person who works may see of all kinds together: what a search and a list of conflicts ask.

use std::collections::BTreeMap;

use domain::register::{Right, all};
use domain::sight::KindSight;
use replica::{Access, Visible};
use uuid::Uuid;

use super::kinds::visible;
use super::viewer::Viewer;
use crate::app::App;
use crate::campus::campuses;
use crate::entry::place::scopes;
use crate::error::CommandError;

/// What the person who works may see of all kinds, on every campus.
///
/// Parts of rows are records of their own; they are shown with their rows and never by themselves. So they have no entry, as a kind
/// that this version does not know has none.
pub(crate) fn access(app: &App) -> Result<Access, CommandError> {
    if app.is_support() {
        return Ok(Access::All);
    }
    let mut kinds: BTreeMap<String, Vec<(Vec<Uuid>, Visible)>> = BTreeMap::new();
    for campus in campuses(app)? {
        let viewer = Viewer::here(app, &campus)?;
        for register in all() {
            let seen = (scopes(&campus, register), viewer.visible(register, Right::See));
            kinds.entry(register.kind.clone()).or_default().push(seen);
        }
        for kind in KindSight::all() {
            let seen = (campus.id.into_iter().collect(), visible(app, &campus, &viewer, kind)?);
            kinds.entry(kind.kind.clone()).or_default().push(seen);
        }
    }
    Ok(Access::Kinds(kinds))
}
