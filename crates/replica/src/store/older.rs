//! Lists over what an earlier version of the app has derived by other rules: right, and slow, until it is derived anew.

use rusqlite::Connection;

use super::StoreError;
use super::derive::{self, Derived};
use super::listing::{ListedRecord, Listing, Order};
use super::records::Row;
use super::select::{COLUMNS, found};
use super::sought::filter;
use super::visible::Shown;

/// What `listing` wants of the records that were derived before the number `needed`, in no order.
///
/// What has not changed since then still cuts the list in SQL; the rest is derived here, record by record.
pub(super) fn find(
    connection: &Connection,
    listing: &Listing<'_>,
    needed: i64,
) -> Result<Vec<ListedRecord>, StoreError> {
    let stale = derive::changed_up_to(listing.kind, needed);
    let filter = filter(connection, listing, &stale)?.derived(needed, false);
    let sql = format!("SELECT {COLUMNS}, row FROM record {}", filter.condition());
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(filter.values(), |row| Ok((found(row)?, row.get(10)?)))?;
    let mut wanted = Vec::new();
    for row in rows {
        let (held, row): (ListedRecord, i64) = row?;
        // One that cannot be read is listed by what is known of it.
        let Ok(Some(Row { record, .. })) = Row::load_row(connection, row) else {
            wanted.push(held);
            continue;
        };
        let derived = Derived::of(&record);
        if wants(listing, &derived) {
            let doc = serde_json::from_str(&derived.document).unwrap_or_default();
            let Derived { stage, due, assignee, day, place, asking, .. } = derived;
            wanted.push(ListedRecord { doc, stage, due, assignee, day, place, is_asking: asking > 0, ..held });
        }
    }
    if let Some(visible) = listing.visible {
        wanted.retain(|found| visible.shows(shown(found)));
    }
    if let Some(after) = &listing.after {
        wanted.retain(|found| listing.order.compare(after, &listing.position_of(found)).is_lt());
    }
    Ok(wanted)
}

fn shown(found: &ListedRecord) -> Shown<'_> {
    Shown {
        kind: &found.kind,
        doc: &found.doc,
        stage: found.stage.as_deref(),
        place: found.place.as_deref(),
        day: found.day.as_deref(),
        scope: found.scope,
    }
}

/// Whether a listing wants a record of its kind and campus: what `Filter` says in SQL.
fn wants(listing: &Listing<'_>, derived: &Derived) -> bool {
    let is_text = |wanted: Option<&str>, held: Option<&str>| wanted.is_none_or(|wanted| held == Some(wanted));
    let day = derived.day.as_deref();
    let is_field = |(name, text): (&str, &str)| {
        let doc: serde_json::Value = serde_json::from_str(&derived.document).unwrap_or_default();
        doc.get(name).and_then(|value| value.as_str()) == Some(text)
    };
    is_text(listing.day, day)
        && listing.days.is_none_or(|(from, to)| day.is_some_and(|day| (from..=to).contains(&day)))
        && is_text(listing.parent.map(|id| id.to_string()).as_deref(), derived.parent.as_deref())
        && is_text(listing.about, derived.about.as_deref())
        && is_text(listing.template, derived.template.as_deref())
        && listing.field.is_none_or(is_field)
        && (listing.stages.is_empty() || derived.stage.as_deref().is_some_and(|stage| listing.stages.contains(&stage)))
        && (!listing.stages.is_empty() || listing.order != Order::Due || derived.stage.is_some())
        && is_text(listing.assignee, derived.assignee.as_deref())
        && listing.uncounted.is_none_or(|person| is_uncounted(person, derived.uncounted.as_deref()))
        && listing.due_from.is_none_or(|from| derived.due.is_some_and(|due| due >= from))
        && listing.due_before.is_none_or(|before| derived.due.is_some_and(|due| due < before))
}

/// Whether a person is among those whose acts do not count.
fn is_uncounted(person: &str, uncounted: Option<&str>) -> bool {
    uncounted.is_some_and(|people| people.contains(&format!("|{person}|")))
}
