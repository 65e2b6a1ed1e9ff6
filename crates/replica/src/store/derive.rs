//! What the store keeps beside a state so that lists, search and badges need not decode it.

use causal::Record;
use domain::finding::{Finding, StateName};

/// What the lists are made of.
pub(super) struct Derived {
    /// The read values as a JSON document.
    pub(super) document: String,
    /// Where the record stands on its way, for kinds that have one.
    pub(super) stage: Option<&'static str>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub(super) due: Option<i64>,
    /// Who has to do it.
    pub(super) assignee: Option<String>,
}

impl Derived {
    pub(super) fn of(record: &Record) -> Self {
        let document = domain::reading::read(&record.kind, &record.state);
        let (stage, due, assignee) = match &*record.kind {
            "inspection" => (Some(domain::inspection::stage(&document).code()), None, None),
            "finding" => {
                let state = Finding::read(&document).state();
                (Some(finding_code(state.state)), state.due.map(|due| due.0), state.assignee)
            }
            _ => (None, None, None),
        };
        Self { document: serde_json::Value::Object(document).to_string(), stage, due, assignee }
    }
}

fn finding_code(state: StateName) -> &'static str {
    match state {
        StateName::Unassigned => "unassigned",
        StateName::Assigned => "assigned",
        StateName::InProgress => "in_progress",
        StateName::AwaitingRecheck => "awaiting_recheck",
        StateName::Closed => "closed",
        StateName::Returned => "returned",
        StateName::Deferred => "deferred",
        StateName::Voided => "voided",
        StateName::CorrectedOnSpot => "corrected_on_spot",
    }
}

/// How many fields hold a conflict that asks for a person's decision.
pub(super) fn asking(record: &Record) -> i64 {
    if record.state.is_deleted() {
        return 0;
    }
    let conflicts = domain::reading::conflicts(&record.kind, &record.state);
    let fields =
        conflicts.iter().filter(|conflict| conflict.asks).count() + usize::from(record.state.has_deletion_conflict());
    i64::try_from(fields).unwrap_or(i64::MAX)
}

/// The texts that search reads, each on a line of its own: what the kind's schema marks as such, of every sibling.
pub(super) fn searchable_text(record: &Record) -> String {
    if record.state.is_deleted() {
        return String::new();
    }
    let kind = domain::kind::kind(&record.kind);
    let names = record.state.field_names().filter(|name| kind.field(name).is_searchable);
    let values = names.flat_map(|name| record.state.siblings(name));
    values.filter_map(|sibling| sibling.value.to_json().as_str().map(str::to_owned)).collect::<Vec<_>>().join("\n")
}
