//! What happens after submit: corrections and voids, never overwriting.
//!
//! As on paper, a corrected value stays readable beside the new one.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::causality::Causality;
use crate::kind::{Rule, kind};
use crate::reading::{earliest_of, worst_of};
use crate::time::UtcMillis;

/// 更正: one entry `corrections/<id>` = `{field, value, reason, by, at, after}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correction {
    /// The id in the field name.
    pub id: String,
    /// The field it corrects.
    pub field: String,
    /// The value it puts in place.
    pub value: Value,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub at: UtcMillis,
    /// The corrections that its author saw.
    pub after: Vec<String>,
}

/// 作废: one entry `void/<id>` = `{reason, by, at, after?}`.
///
/// `restores/<id>` = `{voids: [ids], reason, by, at}` lifts the voids that it names; one that its author had not seen stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Void {
    /// The id in the field name.
    pub id: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub at: UtcMillis,
    /// The entries of acts that its author saw; they stay counted.
    pub after: Vec<String>,
}

/// What became of one corrected field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrectedField {
    /// The value before any correction; null where there was none.
    pub original: Value,
    /// The value that counts now.
    pub effective: Value,
    /// The corrections that no later one has seen; more than one when people corrected at the same time.
    pub standing: Vec<Correction>,
    /// Whether the standing corrections say different things.
    pub is_contested: bool,
    /// All corrections of the field: each behind those that its author saw, else oldest first.
    pub history: Vec<Correction>,
}

/// A document with its corrections applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Corrected {
    /// The document as it counts now; `corrections/` and `void/` entries are left in it.
    pub document: Map<String, Value>,
    /// What was corrected, by field.
    pub fields: BTreeMap<String, CorrectedField>,
    /// The standing voids, oldest first; one is enough to void the record.
    pub voids: Vec<Void>,
    /// The voids that somebody lifted again, oldest first.
    pub lifted: Vec<Void>,
    /// Entries that are no correction and no void; they are shown raw and change nothing.
    pub unreadable: Vec<String>,
}

impl Corrected {
    /// Whether the record is void.
    pub fn is_void(&self) -> bool {
        !self.voids.is_empty()
    }
}

/// Applies the corrections of a read document.
///
/// A correction replaces those that its author saw.
/// Concurrent ones all stand; the worse one counts for a field that is read by `worst`, and the latest (by `at`, then
/// id) for any other.
/// System fields and the entries themselves cannot be corrected.
///
/// # Example
/// ```
/// use domain::correction::apply;
/// use serde_json::json;
/// let document = json!({
///     "answers/T01.01/result": "pass",
///     "corrections/1": {"field": "answers/T01.01/result", "value": "fail", "reason": "看错", "by": "a", "at": 10,
/// "after": []},
///     "corrections/2": {"field": "answers/T01.01/result", "value": "na", "reason": "无人当班", "by": "b", "at": 20,
/// "after": []},
/// });
/// let corrected = apply("inspection", document.as_object().expect("an object"));
/// let field = &corrected.fields["answers/T01.01/result"];
/// assert!(field.is_contested);
/// assert_eq!((&field.original, &field.effective), (&json!("pass"), &json!("fail")));
/// assert_eq!(corrected.document["answers/T01.01/result"], json!("fail"));
/// ```
pub fn apply(kind_name: &str, document: &Map<String, Value>) -> Corrected {
    let mut by_field: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
    let mut voids = Vec::new();
    let mut restored: Vec<String> = Vec::new();
    let mut unreadable = Vec::new();
    for (name, value) in document {
        if value.is_null() {
            continue;
        }
        if let Some(id) = name.strip_prefix(CORRECTIONS) {
            match read_correction(id, value) {
                Some(correction) => by_field.entry(correction.field.clone()).or_default().push(correction),
                None => unreadable.push(name.clone()),
            }
        } else if let Some(id) = name.strip_prefix(VOIDS) {
            match read_void(id, value) {
                Some(void) => voids.push(void),
                None => unreadable.push(name.clone()),
            }
        } else if name.starts_with(RESTORES) {
            match value.as_object().and_then(|restore| names(Some(restore.get("voids")?))) {
                Some(voids) => restored.extend(voids),
                None => unreadable.push(name.clone()),
            }
        }
    }
    voids.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let mut corrected = document.clone();
    let mut fields = BTreeMap::new();
    for (field, history) in by_field {
        let outcome = correct(kind_name, &field, document, history);
        corrected.insert(field.clone(), outcome.effective.clone());
        fields.insert(field, outcome);
    }
    let (lifted, voids) = voids.into_iter().partition(|void: &Void| restored.contains(&void.id));
    Corrected { document: corrected, fields, voids, lifted, unreadable }
}

const CORRECTIONS: &str = "corrections/";
const VOIDS: &str = "void/";
const RESTORES: &str = "restores/";
/// Entries, which no correction reaches.
const ENTRIES: [&str; 5] = [CORRECTIONS, VOIDS, RESTORES, "acts/", "strikes/"];

fn correct(
    kind_name: &str,
    field: &str,
    document: &Map<String, Value>,
    mut history: Vec<Correction>,
) -> CorrectedField {
    history.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let order = Causality::new(history.iter().map(|c| (c.id.as_str(), c.after.iter().map(String::as_str))));
    let standing: Vec<Correction> = history
        .iter()
        .filter(|correction| !history.iter().any(|other| order.sees(&other.id, &correction.id)))
        .cloned()
        .collect();
    let original = document.get(field).cloned().unwrap_or(Value::Null);
    let latest_first = || standing.iter().rev().map(|correction| &correction.value);
    let effective = match kind(kind_name).field(field).rule {
        Rule::Worst => worst_of(field, latest_first()),
        Rule::Soonest => earliest_of(latest_first()),
        _ => latest_first().next(),
    };
    let same = |value: &Value| causal::Value::from_json(value);
    let first = standing.first().map(|correction| same(&correction.value));
    CorrectedField {
        effective: effective.cloned().unwrap_or_else(|| original.clone()),
        is_contested: standing.iter().any(|correction| Some(same(&correction.value)) != first),
        original,
        standing,
        history: order.sorted(history, |correction| &correction.id),
    }
}

fn read_correction(id: &str, value: &Value) -> Option<Correction> {
    let object = value.as_object()?;
    let field = object.get("field")?.as_str()?;
    if field.is_empty() || field.starts_with('_') || ENTRIES.iter().any(|entry| field.starts_with(entry)) {
        return None;
    }
    Some(Correction {
        id: id.to_owned(),
        field: field.to_owned(),
        value: object.get("value")?.clone(),
        reason: text(object, "reason"),
        by: text(object, "by"),
        at: UtcMillis(object.get("at")?.as_i64()?),
        after: names(object.get("after"))?,
    })
}

fn read_void(id: &str, value: &Value) -> Option<Void> {
    let object = value.as_object()?;
    let at = UtcMillis(object.get("at")?.as_i64()?);
    let after = names(object.get("after"))?;
    Some(Void { id: id.to_owned(), reason: text(object, "reason"), by: text(object, "by"), at, after })
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A list of ids; none for anything else, empty when left out.
pub(crate) fn names(value: Option<&Value>) -> Option<Vec<String>> {
    match value {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(|id| id.as_str().map(str::to_owned)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn applied(document: Value) -> Corrected {
        apply("inspection", document.as_object().expect("an object"))
    }

    #[test]
    fn a_later_correction_replaces_the_one_its_author_saw() {
        let corrected = applied(json!({
            "answers/T01.01/note": "甲",
            "corrections/1": {"field": "answers/T01.01/note", "value": "乙", "at": 30, "after": []},
            "corrections/2": {"field": "answers/T01.01/note", "value": "丙", "at": 20, "after": ["1"]},
        }));
        let field = &corrected.fields["answers/T01.01/note"];
        assert_eq!(field.effective, json!("丙"));
        assert!(!field.is_contested);
        assert_eq!((field.standing.len(), field.history.len()), (1, 2));
        assert_eq!(field.original, json!("甲"));
    }

    #[test]
    fn the_history_of_a_field_is_in_the_order_in_which_its_authors_saw_it_whatever_their_clocks_said() {
        let corrected = applied(json!({
            "corrections/9": {"field": "subject", "value": "first", "at": 20, "after": []},
            "corrections/5": {"field": "subject", "value": "second", "at": 20, "after": ["9"]},
            "corrections/1": {"field": "subject", "value": "third", "at": 10, "after": ["5", "9"]},
        }));
        let field = &corrected.fields["subject"];
        let history: Vec<&Value> = field.history.iter().map(|correction| &correction.value).collect();
        assert_eq!(history, ["first", "second", "third"]);
        assert_eq!(field.effective, json!("third"));
    }

    #[test]
    fn of_concurrent_corrections_of_a_note_the_latest_counts_and_both_show() {
        let corrected = applied(json!({
            "corrections/1": {"field": "subject", "value": "乙", "at": 30},
            "corrections/2": {"field": "subject", "value": "丙", "at": 20},
        }));
        let field = &corrected.fields["subject"];
        assert_eq!(field.effective, json!("乙"));
        assert!(field.is_contested);
        assert_eq!(field.standing.len(), 2);
    }

    #[test]
    fn equal_concurrent_corrections_are_not_contested() {
        let corrected = applied(json!({
            "corrections/1": {"field": "x", "value": 1, "at": 30},
            "corrections/2": {"field": "x", "value": 1.0, "at": 20},
        }));
        assert!(!corrected.fields["x"].is_contested);
    }

    #[test]
    fn one_void_is_enough_and_keeps_the_original_readable() {
        let corrected = applied(json!({"subject": "x", "void/1": {"reason": "重复", "by": "a", "at": 5}}));
        assert!(corrected.is_void());
        assert_eq!(corrected.document["subject"], json!("x"));
    }

    #[test]
    fn a_restore_lifts_the_voids_that_it_saw_and_a_concurrent_one_stands() {
        let void = json!({"reason": "错行", "by": "a", "at": 5});
        let lifted = applied(json!({"void/1": void, "restores/9": {"voids": ["1"], "by": "b", "at": 6}}));
        assert!(!lifted.is_void());
        assert_eq!(lifted.lifted.len(), 1);
        let both = applied(json!({"void/1": void, "void/2": void, "restores/9": {"voids": ["1"], "by": "b", "at": 6}}));
        assert!(both.is_void());
        assert_eq!(applied(json!({"void/1": void, "restores/9": {"by": "b"}})).unreadable, ["restores/9"]);
    }

    #[test]
    fn what_is_no_correction_changes_nothing_and_is_shown() {
        let corrected = applied(json!({
            "subject": "x",
            "corrections/1": "oops",
            "corrections/2": {"field": "_deleted", "value": [], "at": 1},
            "corrections/3": {"field": "subject", "at": 1},
            "corrections/4": {"field": "void/1", "value": {}, "at": 1},
            "corrections/5": {"field": "subject", "value": "y", "at": 1, "after": "1"},
            "void/1": true,
        }));
        assert_eq!(corrected.document["subject"], json!("x"));
        assert_eq!(corrected.unreadable.len(), 6);
        assert!(!corrected.is_void());
    }
}
