//! The rows of a register's paper, and what they are held against.

use causal::RecordId;
use chrono::NaiveDate;
use domain::reading;
use domain::register::{Each, Field, FieldOf, Register, VOID};
use domain::sheet::{Area, OtherRow, SourceRow};
use domain::time::UtcMillis;
use replica::{Condition, ListedRecord, Listing, Order, Visible};
use serde_json::Value;
use uuid::Uuid;

use super::order::Order as PaperOrder;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::entry::kin::Kin;
use crate::entry::parts::Parts;
use crate::entry::row::RowData;
use crate::entry::{earlier, is_newer, scopes};
use crate::error::CommandError;

/// So many rows go on one paper; a longer one is asked for in parts.
pub(super) const MOST_ROWS: usize = 20_000;
/// So many are read at a time.
const PAGE: u64 = 1_000;

/// Which rows.
#[derive(Clone, Copy)]
pub(crate) struct Query<'a> {
    /// Of these days.
    pub(crate) days: Option<(NaiveDate, NaiveDate)>,
    /// Of this place.
    pub(crate) place: Option<&'a str>,
}

/// What a listing finds, all pages of it, newest first.
///
/// # Errors
/// `limit-exceeded` beyond [`MOST_ROWS`].
pub(crate) fn found(
    app: &App,
    kind: &str,
    scopes: &[Uuid],
    query: &Query<'_>,
) -> Result<Vec<ListedRecord>, CommandError> {
    let days = query.days.map(|(from, to)| (from.to_string(), to.to_string()));
    let here = query.place.map(|place| Visible(vec![vec![Condition::Place(vec![place.to_owned()])]]));
    let mut all: Vec<ListedRecord> = Vec::new();
    loop {
        let page = app.store().find(&Listing {
            kind,
            scopes,
            visible: here.as_ref(),
            days: days.as_ref().map(|(from, to)| (from.as_str(), to.as_str())),
            order: Order::NewestDay,
            after: all.last().map(ListedRecord::position),
            limit: PAGE,
            ..Listing::default()
        })?;
        let is_last = (page.len() as u64) < PAGE;
        all.extend(page);
        if all.len() > MOST_ROWS {
            return Err(CommandError::limit("from", "rows", MOST_ROWS, all.len()));
        }
        if is_last {
            return Ok(all);
        }
    }
}

/// The rows of a register, and how many only a newer app can read.
pub(super) fn rows(
    order: &PaperOrder<'_>,
    register: &'static Register,
    query: &Query<'_>,
) -> Result<(Vec<SourceRow>, usize), CommandError> {
    let (app, campus) = (order.app, order.campus);
    let found = found(app, &register.kind, &scopes(campus, register), query)?;
    let (newer, known): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| is_newer(&found.doc));
    let kin = Kin::new(app, campus);
    kin.of_all(register);
    let rows = order.each(known, |found| row(app, &kin, campus, register, found))?;
    Ok((rows, newer.len()))
}

fn row(
    app: &App,
    kin: &Kin<'_>,
    campus: &Campus,
    register: &'static Register,
    found: ListedRecord,
) -> Result<SourceRow, CommandError> {
    let is_late = RowData::of_found(register, &found).is_late();
    let (id, position) = (found.id, found.position());
    let mut row = SourceRow {
        id: found.id.to_string(),
        original: original(app, register, &found)?,
        day: found.day.as_deref().and_then(|day| day.parse().ok()),
        place: found.place,
        is_void: found.stage.as_deref() == Some(VOID),
        is_late,
        is_contested: found.is_asking,
        document: found.doc,
        ..SourceRow::default()
    };
    if !register.parts.is_empty() {
        let parts = Parts::load(app, register, found.id, campus.id)?;
        let fields: Vec<(String, Value)> = parts.read().collect();
        row.gone = parts.gone().map(|(part, gone)| (part.to_owned(), gone)).collect();
        row.original.iter_mut().for_each(|original| original.extend(fields.iter().cloned()));
        row.document.extend(fields);
    }
    if register.fields.iter().any(is_previous) {
        row.earlier = register.earlier(&row.document, &|field, by, value| {
            earlier::value(app, campus, register, Some(&position), (field, by, value))
        });
    }
    let about = register.about.as_deref().and_then(|name| text(&row.document, name));
    let worked = kin.of_stored(register, id, about);
    row.earlier.extend(worked.into_iter().map(|(field, worked)| (field.name.clone(), worked.value)));
    Ok(row)
}

fn is_previous(field: &Field) -> bool {
    matches!(field.of, FieldOf::Previous { .. })
}

/// The fields as they were written, where the sheet asks for them: what was corrected, and what signers saw.
fn original(app: &App, register: &Register, found: &ListedRecord) -> Result<Option<Document>, CommandError> {
    let has = |prefix: &str| found.doc.iter().any(|(path, value)| path.starts_with(prefix) && !value.is_null());
    let is_signed = register.acts.iter().any(|act| act.has_saw) && has("acts/");
    if !is_signed && !has("corrections/") {
        return Ok(None);
    }
    Ok(app.store().get(found.id)?.map(|reading| reading::read(&register.kind, &reading.record.state)))
}

/// The rows of other registers for which a register expects one.
pub(crate) fn others(
    app: &App,
    campus: &Campus,
    register: &Register,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<OtherRow>, CommandError> {
    let mut rows = Vec::new();
    for expect in &register.expects {
        let Each::Row { kind, .. } = &expect.each else { continue };
        let Some(other) = domain::register::register(kind) else { continue };
        let query = Query { days: Some(days), place: None };
        for found in found(app, kind, &scopes(campus, other), &query)?.into_iter().filter(|row| !is_newer(&row.doc)) {
            rows.push(OtherRow {
                kind: kind.clone(),
                id: found.id.to_string(),
                day: found.day.as_deref().and_then(|day| day.parse().ok()),
                place: found.place,
                stage: found.stage.unwrap_or_default(),
                document: found.doc,
            });
        }
    }
    Ok(rows)
}

/// The sorts of areas that rows may be expected for.
const SORTS: [&str; 9] = ["building", "floor", "room", "class", "zone", "kitchen", "store", "gate", "outdoor"];

/// What the assets are called that keep food cool.
const FRIDGES: &str = "冷藏冷冻";

/// The areas of a sort, or the fridges; none where nobody knows such a sort.
pub(crate) fn areas(app: &App, campus: &Campus, sort: &str) -> Option<Vec<Area>> {
    let (kind, field) = match sort {
        "fridge" => ("asset", ("category", FRIDGES)),
        sort if SORTS.contains(&sort) => ("area", ("kind", sort)),
        _ => return None,
    };
    let scopes: Vec<Uuid> = campus.id.into_iter().collect();
    let listing = Listing { kind, scopes: &scopes, field: Some(field), limit: PAGE, ..Listing::default() };
    // What cannot be read is expected of nobody.
    let found = app.store().find(&listing).ok()?;
    let area = |found: ListedRecord| Area {
        name: crate::document::text(&found.doc, "name").unwrap_or_default().to_owned(),
        since: made_on(found.id, campus),
        ended: crate::document::text(&found.doc, "ended_on").and_then(|day| day.parse().ok()),
        within: crate::document::text(&found.doc, "area").filter(|_| kind == "asset").map(str::to_owned),
        id: found.id.to_string(),
    };
    // Of what is out of use since nobody knows when, nothing is expected at all.
    let is_used = |found: &ListedRecord| {
        found.doc.get("active") != Some(&false.into()) || crate::document::text(&found.doc, "ended_on").is_some()
    };
    Some(found.into_iter().filter(is_used).map(area).collect())
}

/// The day on which a record was made, as its id tells it.
fn made_on(id: RecordId, campus: &Campus) -> Option<NaiveDate> {
    let (seconds, _) = id.0.get_timestamp()?.to_unix();
    let at = i64::try_from(seconds).ok()?.checked_mul(1_000)?;
    Some(UtcMillis(at).local(campus.calendar.zone).date())
}
