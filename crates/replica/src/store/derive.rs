//! What the store keeps beside a state so that lists, search and badges need not decode it.

use causal::Record;
use domain::finding::Finding;
use domain::inspection::{Stage, stage};

/// What stands beside a state in the row of its record.
pub(super) struct Derived {
    /// The read values as a JSON document.
    pub(super) document: String,
    /// The business day that it belongs to, `YYYY-MM-DD`.
    pub(super) day: Option<String>,
    /// The inspection that it belongs to.
    pub(super) inspection: Option<String>,
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
            document: document(record),
            day: text(record, "business_date"),
            inspection: text(record, "inspection"),
            stage,
            due,
            assignee,
            asking: asking(record),
        }
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
