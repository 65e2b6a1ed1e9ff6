//! The row before a row, among those of the same meter, asset or whatever a register goes by.

use domain::register::{Register, VOID};
use replica::{Condition, ListPosition, Listing, Order, Visible};
use serde_json::Value;

use crate::app::App;
use crate::campus::Campus;

/// So many rows are looked through for one that is not void.
const LOOKED_THROUGH: u64 = 20;

/// What stood in `field` of the row before the one at `position` (before a new one, where there is none), among those whose field
/// `by` has this value.
pub(crate) fn value(
    app: &App,
    campus: &Campus,
    register: &Register,
    position: Option<&ListPosition>,
    (field, by, value): (&str, &str, &Value),
) -> Option<Value> {
    let same = Condition::Holds { fields: vec![by.to_owned()], value: value.as_str()?.to_owned() };
    let visible = Visible(vec![vec![same]]);
    let scopes = super::place::scopes(campus, register);
    let listing = Listing {
        kind: &register.kind,
        scopes: &scopes,
        visible: Some(&visible),
        order: Order::NewestDay,
        after: position.cloned(),
        limit: LOOKED_THROUGH,
        ..Listing::default()
    };
    // What cannot be read now is not known: a warning less, and no refusal.
    let rows = app.store().find(&listing).ok()?;
    let before = rows.iter().find(|found| found.stage.as_deref() != Some(VOID))?;
    before.doc.get(field).filter(|value| !value.is_null()).cloned()
}
