//! What a meter read before, for the items of a form that take no reading below it.

use std::collections::BTreeMap;

use domain::decimal::{Decimal, decimal_from_json};
use domain::register::VOID;
use domain::template::{Bound, Part, Template};
use replica::{ListedRecord, Listing, Order};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, integer, text};

/// The registers of meters, and of what they read.
const METER: &str = "meter";
const READING: &str = "meter_reading";
/// So many readings are looked through for the last one before the form.
const LOOKED_THROUGH: u64 = 20;

/// The last readings before a form, by item.
///
/// There are some where one meter alone is in use at the form's area: with several nobody knows which one was read. A meter that was
/// replaced begins anew with the reading that says so. What cannot be read now limits nothing.
pub(crate) fn previous(app: &App, campus: &Campus, template: &Template, form: &Document) -> BTreeMap<String, Decimal> {
    let asks = template.items_for(Part::All, campus.kind).filter(|item| {
        item.answer.measure().is_some_and(|measure| [&measure.min, &measure.max].contains(&&Bound::Previous))
    });
    let codes: Vec<String> = asks.map(|item| item.code.clone()).collect();
    let last = (!codes.is_empty()).then(|| last_reading(app, campus, form)).flatten();
    last.map_or_else(BTreeMap::new, |last| codes.into_iter().map(|code| (code, last)).collect())
}

fn last_reading(app: &App, campus: &Campus, form: &Document) -> Option<Decimal> {
    let area = text(form, "subject")?;
    let before = integer(form, "occurred_at")?;
    let scopes: Vec<Uuid> = campus.id.into_iter().collect();
    let found = |listing: Listing<'_>| app.store().find(&Listing { scopes: &scopes, ..listing }).ok();
    let here = Listing { kind: METER, field: Some(("area", area)), stages: &["used"], limit: 2, ..Listing::default() };
    let meters = found(here)?;
    let [meter] = &meters[..] else { return None };
    let meter = meter.id.to_string();
    let newest = Listing { kind: READING, about: Some(&meter), order: Order::NewestDay, ..Listing::default() };
    let readings = found(Listing { limit: LOOKED_THROUGH, ..newest })?;
    let counted = readings.iter().filter(|reading| reading.stage.as_deref() != Some(VOID));
    let at = |reading: &ListedRecord| integer(&reading.doc, "read_at").filter(|at| *at < before);
    let (_, last) = counted.filter_map(|reading| Some((at(reading)?, reading))).max_by_key(|(at, _)| *at)?;
    decimal_from_json(last.doc.get("value")?).ok()
}
