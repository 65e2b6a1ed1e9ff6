//! The rows beside a row: the one before it, among those of the same meter, asset or whatever a register goes by, and all of these.

use causal::RecordId;
use domain::register::{Register, VOID, register};
use replica::{Condition, ListPosition, ListedRecord, Listing, Order, StoreError, Visible};
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

/// So many rows that say the same are told of one; a sample has one disposal, and a person few checks that anybody would lift.
const MOST_KNOWN: u64 = 60;

/// The newest rows of a kind that are not void and whose field `by` names the record `value`, oldest first.
pub(crate) fn of_one(
    app: &App,
    campus: &Campus,
    kind: &str,
    by: &str,
    value: &str,
    limit: u64,
) -> Result<Vec<ListedRecord>, StoreError> {
    let Some(register) = register(kind) else { return Ok(Vec::new()) };
    let scopes = super::place::scopes(campus, register);
    let same = Visible(vec![vec![Condition::Holds { fields: vec![by.to_owned()], value: value.to_owned() }]]);
    let is = |field: &Option<String>| field.as_deref() == Some(by);
    let parent = value.parse().ok().map(RecordId).filter(|_| is(&register.parent));
    let about = is(&register.about).then_some(value).filter(|_| parent.is_none());
    let listing = Listing {
        kind,
        scopes: &scopes,
        visible: (parent.is_none() && about.is_none()).then_some(&same),
        parent,
        about,
        order: Order::NewestFirst,
        limit,
        ..Listing::default()
    };
    let mut rows = app.store().find(&listing)?;
    rows.retain(|found| found.stage.as_deref() != Some(VOID));
    rows.reverse();
    Ok(rows)
}

/// The ids of these rows, in their order; what cannot be read now is not known.
pub(crate) fn known(app: &App, campus: &Campus, kind: &str, by: &str, value: &str) -> Vec<String> {
    let rows = of_one(app, campus, kind, by, value, MOST_KNOWN).unwrap_or_default();
    let mut ids: Vec<String> = rows.iter().map(|found| found.id.to_string()).collect();
    ids.sort_unstable();
    ids
}
