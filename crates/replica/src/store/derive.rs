//! What the store keeps beside a state so that lists, search and badges need not decode it.

use causal::Record;
use domain::finding::{Finding, StateName};
use domain::inspection::{Stage, stage};
use rusqlite::{Transaction, params};

use super::StoreError;
use super::listing::{Listing, Order};

/// The number of the rules by which all of this is derived; one more whenever any of them changes, also in `domain`.
///
/// A test holds what some records derive to, together with this number.
pub(super) const DERIVATION: i64 = 1;

/// Something that is derived by rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Document,
    Day,
    Inspection,
    Template,
    Stage,
    Due,
    Assignee,
}

impl Column {
    const ALL: [Self; 7] =
        [Self::Document, Self::Day, Self::Inspection, Self::Template, Self::Stage, Self::Due, Self::Assignee];
}

/// Since which number the rules of a column are what they are now.
pub(super) const fn since(column: Column) -> i64 {
    match column {
        Column::Template => 1,
        _ => 0,
    }
}

/// What is derived by other rules since the number before `needed`, or since any before that.
pub(super) fn changed_up_to(needed: i64) -> Vec<Column> {
    Column::ALL.into_iter().filter(|column| (1..=needed).contains(&since(*column))).collect()
}

/// Since which number everything is right that a listing asks for; `is_shown` when its records are shown, too.
pub(super) fn needed(listing: &Listing<'_>, is_shown: bool) -> i64 {
    let is_asked = |column: &Column| match column {
        Column::Document => is_shown || listing.field.is_some(),
        Column::Day => listing.day.is_some() || listing.days.is_some(),
        Column::Inspection => listing.inspection.is_some(),
        Column::Template => listing.template.is_some(),
        Column::Stage => is_shown || !listing.stages.is_empty() || listing.order == Order::Due,
        Column::Due => is_shown || listing.due_from.is_some() || listing.due_before.is_some(),
        Column::Assignee => is_shown || listing.assignee.is_some(),
    };
    Column::ALL.into_iter().filter(is_asked).map(since).max().unwrap_or(0)
}

/// Whether something is left to do about what stands at this stage; of that there is little, however much is done with.
pub(super) fn is_work_left(stage: &str) -> bool {
    stage == Stage::Open.code() || StateName::ALL.into_iter().any(|state| state.is_open() && state.code() == stage)
}

/// What stands beside a state in the row of its record.
#[derive(Debug)]
pub(super) struct Derived {
    /// Whether lists show it: 0, or why they do not.
    pub(super) hidden: i64,
    /// The read values as a JSON document.
    pub(super) document: String,
    /// The business day that it belongs to, `YYYY-MM-DD`.
    pub(super) day: Option<String>,
    /// The inspection that it belongs to.
    pub(super) inspection: Option<String>,
    /// The checklist that it was made by.
    pub(super) template: Option<String>,
    /// Where the record stands on its way, for kinds that have one.
    pub(super) stage: Option<&'static str>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub(super) due: Option<i64>,
    /// Who has to do it.
    pub(super) assignee: Option<String>,
    /// How many fields hold a conflict that asks for a person's decision.
    pub(super) asking: i64,
}

impl Derived {
    pub(super) fn of(record: &Record) -> Self {
        let (stage, due, assignee) = match &*record.kind {
            "inspection" => (Some(inspection_stage(record).code()), None, None),
            "finding" => {
                let state = Finding::read(&domain::reading::read(&record.kind, &record.state)).state();
                (Some(state.state.code()), state.due.map(|due| due.0), state.assignee)
            }
            _ => (None, None, None),
        };
        Self {
            hidden: hidden(record),
            document: document(record),
            day: text(record, "business_date"),
            inspection: text(record, "inspection"),
            template: text(record, "template"),
            stage,
            due,
            assignee,
            asking: asking(record),
        }
    }

    /// Puts this in the place of what stands in the row.
    pub(super) fn update(&self, txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
        let sql =
            "UPDATE record SET doc = ?2, asking = ?3, day = ?4, inspection = ?5, template = ?6, stage = ?7, due = ?8,
                   assignee = ?9, derived = ?10, hidden = ?11 WHERE row = ?1";
        txn.prepare_cached(sql)?.execute(params![
            row,
            self.document,
            self.asking,
            self.day,
            self.inspection,
            self.template,
            self.stage,
            self.due,
            self.assignee,
            DERIVATION,
            self.hidden,
        ])?;
        Ok(())
    }
}

/// Whether a record is visible, deleted or purged, as the column `hidden` has it.
fn hidden(record: &Record) -> i64 {
    match (record.state.is_purged(), record.state.is_deleted()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// The read values; a field with one sibling reads as what was written, so its text is copied as it is.
fn document(record: &Record) -> String {
    let mut json = String::from("{");
    for (name, siblings) in record.state.fields().iter().filter(|(name, _)| !name.starts_with('_')) {
        let value = match siblings.values().next() {
            Some(only) if siblings.len() == 1 => only.as_str().to_owned(),
            _ => match domain::reading::read_field(&record.kind, name, record.state.siblings(name)) {
                Some(value) => value.to_string(),
                None => continue,
            },
        };
        json += if json.len() > 1 { "," } else { "" };
        json += &serde_json::Value::from(&**name).to_string();
        json += ":";
        json += &value;
    }
    json + "}"
}

fn text(record: &Record, field: &str) -> Option<String> {
    let value = domain::reading::read_field(&record.kind, field, record.state.siblings(field))?;
    value.as_str().map(str::to_owned)
}

/// An inspection that nobody has submitted or voided is open; only the others are read whole.
fn inspection_stage(record: &Record) -> Stage {
    let is_open = record.state.field_names().all(|name| !name.starts_with("submits/") && !name.starts_with("void/"));
    if is_open { Stage::Open } else { stage(&domain::reading::read(&record.kind, &record.state)) }
}

fn asking(record: &Record) -> i64 {
    let has_siblings = record.state.fields().values().any(|siblings| siblings.len() > 1);
    if record.state.is_deleted() || !(has_siblings || record.state.has_deletion_conflict()) {
        return 0;
    }
    let conflicts = domain::reading::conflicts(&record.kind, &record.state);
    i64::try_from(conflicts.iter().filter(|conflict| conflict.asks).count()).unwrap_or(i64::MAX)
}
