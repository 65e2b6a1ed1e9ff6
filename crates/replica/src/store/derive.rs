//! What the store keeps beside a state so that lists, search and badges need not decode it.

use causal::Record;

/// The read values as a JSON document.
pub(super) fn document(record: &Record) -> String {
    serde_json::Value::Object(domain::reading::read(&record.kind, &record.state)).to_string()
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
