//! One value per field, out of the siblings that a merge leaves.
//!
//! Each rule is a pure function of the set of siblings, never of their order.
//! No sibling is discarded: [`conflicts`] shows them all.

mod worst;

use std::cmp::{Ordering, Reverse};

use causal::{DELETED_FIELD, Dot, ReplicaId, Sibling, Stamp, State};
use serde::Serialize;
use serde_json::{Map, Value};

pub use worst::compare_badness;

use crate::kind::{Rule, kind};
use crate::time::UtcMillis;

/// One distinct value of a field in conflict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConflictSide {
    /// The value, as its latest writer wrote it.
    pub value: Value,
    /// When it was last written.
    pub at: UtcMillis,
    /// Who last wrote it, where known.
    pub by: Option<String>,
    /// All the writes that say the same.
    pub dots: Vec<Dot>,
}

/// A field whose siblings say different things, or the deletion of a record that somebody wrote past.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// How readers read it meanwhile.
    pub rule: Rule,
    /// Whether a person is asked; if not, the values are listed as merged.
    pub asks: bool,
    /// What readers take meanwhile.
    pub effective: Value,
    /// The distinct values, latest first; two at least.
    pub siblings: Vec<ConflictSide>,
}

/// Where a write stands in the order of `latest`.
type WriteOrder = (u64, u64, ReplicaId);

fn place(sibling: &Sibling<'_>) -> WriteOrder {
    (sibling.stamp.at, sibling.dot.counter, sibling.dot.replica)
}

/// The value that readers take for one field; none when it has no sibling.
///
/// Law: it depends on the set of siblings alone (`the_order_of_siblings_does_not_matter`); no JSON makes it panic.
pub fn read_field<'a>(kind_name: &str, field: &str, siblings: impl IntoIterator<Item = Sibling<'a>>) -> Option<Value> {
    let mut siblings: Vec<Sibling<'a>> = siblings.into_iter().collect();
    if let [only] = siblings[..] {
        return Some(only.value.to_json());
    }
    siblings.sort_by_key(place);
    siblings.reverse();
    let latest = siblings.first()?;
    if siblings.iter().all(|sibling| sibling.value == latest.value) {
        return Some(latest.value.to_json());
    }
    let rule = kind(kind_name).field(field).rule;
    let values: Vec<Value> = siblings.iter().map(|sibling| sibling.value.to_json()).collect();
    apply(rule, field, &values)
}

/// The whole document: every field but those of the system, each with its one value.
pub fn read(kind_name: &str, state: &State) -> Map<String, Value> {
    own_fields(state)
        .filter_map(|field| Some((field.to_owned(), read_field(kind_name, field, state.siblings(field))?)))
        .collect()
}

/// The fields whose siblings differ; equal values collapse to one. A deletion that somebody wrote past comes last.
pub fn conflicts(kind_name: &str, state: &State) -> Vec<Conflict> {
    own_fields(state).filter_map(|field| conflict(kind_name, field, state)).chain(deletion_conflict(state)).collect()
}

/// Who deleted the record, each with the list of writes that they deleted, and who wrote or took it back meanwhile, each with null;
/// until somebody decides, the record stays.
fn deletion_conflict(state: &State) -> Option<Conflict> {
    if !state.has_deletion_conflict() {
        return None;
    }
    let deleted = state.siblings(DELETED_FIELD).map(|sibling| (sibling.dot, sibling.stamp, sibling.value.to_json()));
    let missed = state.writes_the_deletion_missed();
    let kept = missed.iter().filter_map(|dot| Some((*dot, state.writes().get(dot)?, Value::Null)));
    let mut writes: Vec<(Dot, &Stamp, Value)> = deleted.chain(kept).collect();
    writes.sort_by_key(|(dot, stamp, _)| Reverse((stamp.at, dot.counter, dot.replica)));
    let mut siblings: Vec<ConflictSide> = Vec::new();
    for (dot, stamp, value) in writes {
        let is_same = |side: &&mut ConflictSide| {
            side.value == value && side.by.as_deref() == stamp.by.as_deref() && side.dots[0].replica == dot.replica
        };
        match siblings.iter_mut().find(is_same) {
            Some(side) => side.dots.push(dot),
            None => siblings.push(ConflictSide {
                value,
                at: UtcMillis::from_stamp(stamp.at),
                by: stamp.by.as_deref().map(str::to_owned),
                dots: vec![dot],
            }),
        }
    }
    Some(Conflict { field: DELETED_FIELD.to_owned(), rule: Rule::Latest, asks: true, effective: Value::Null, siblings })
}

fn own_fields(state: &State) -> impl Iterator<Item = &str> {
    state.field_names().filter(|name| !name.starts_with('_'))
}

fn conflict(kind_name: &str, field: &str, state: &State) -> Option<Conflict> {
    let mut siblings: Vec<Sibling<'_>> = state.siblings(field).collect();
    if siblings.len() < 2 {
        return None;
    }
    siblings.sort_by_key(place);
    siblings.reverse();
    let mut groups: Vec<Vec<Sibling<'_>>> = Vec::new();
    for sibling in siblings {
        match groups.iter_mut().find(|group| group[0].value == sibling.value) {
            Some(group) => group.push(sibling),
            None => groups.push(vec![sibling]),
        }
    }
    if groups.len() < 2 {
        return None;
    }
    let schema = kind(kind_name).field(field);
    Some(Conflict {
        field: field.to_owned(),
        rule: schema.rule,
        asks: schema.asks,
        effective: read_field(kind_name, field, state.siblings(field))?,
        siblings: groups
            .into_iter()
            .map(|group| ConflictSide {
                value: group[0].value.to_json(),
                at: UtcMillis::from_stamp(group[0].stamp.at),
                by: group[0].stamp.by.as_deref().map(str::to_owned),
                dots: group.iter().map(|sibling| sibling.dot).collect(),
            })
            .collect(),
    })
}

/// Applies a rule to values, latest first.
fn apply(rule: Rule, field: &str, values: &[Value]) -> Option<Value> {
    match rule {
        Rule::Latest => values.first().cloned(),
        Rule::Worst => worst_of(field, values.iter()).cloned(),
        Rule::Earliest | Rule::Soonest => earliest_of(values.iter()).cloned(),
        Rule::First => values.last().cloned(),
        Rule::Highest => first_max(values.iter(), |a, b| version(a).cmp(&version(b))).cloned(),
        Rule::Union => union(values).or_else(|| values.first().cloned()),
    }
}

/// The worst of values, latest first; of equally bad ones the latest.
pub(crate) fn worst_of<'v>(field: &str, values: impl IntoIterator<Item = &'v Value>) -> Option<&'v Value> {
    let item = item_of(field).and_then(crate::template::built_in_item);
    first_max(values, |a, b| compare_badness(item, a, b))
}

/// The earliest of values.
pub(crate) fn earliest_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<&'v Value> {
    first_max(values, |a, b| moment(b).cmp(&moment(a)))
}

/// The code of the item that a field `.../answers/<item>/result` belongs to.
fn item_of(field: &str) -> Option<&str> {
    let path = field.strip_suffix("/result")?;
    let (parent, code) = path.rsplit_once('/')?;
    (parent == "answers" || parent.ends_with("/answers")).then_some(code)
}

fn first_max<'v>(
    values: impl IntoIterator<Item = &'v Value>,
    compare: impl Fn(&Value, &Value) -> Ordering,
) -> Option<&'v Value> {
    values.into_iter().reduce(|best, value| if compare(value, best) == Ordering::Greater { value } else { best })
}

/// The number behind the last `@` of a text; 0 where there is none.
fn version(value: &Value) -> u32 {
    let number = value.as_str().and_then(|text| text.rsplit_once('@')).and_then(|(_, number)| number.parse().ok());
    number.unwrap_or(0)
}

/// How early a value is: numbers (and the `at` of objects) by value, then texts, then the rest; null is never the
/// earliest.
fn moment(value: &Value) -> (u8, crate::decimal::Decimal, &str) {
    use crate::decimal::{Decimal, decimal_from_number};
    match value {
        Value::Number(number) => match decimal_from_number(number) {
            Ok(number) => (0, number, ""),
            Err(_) => (2, Decimal::ZERO, ""),
        },
        Value::Object(object) if object.get("at").is_some_and(|at| !at.is_object()) => {
            moment(object.get("at").unwrap_or(&Value::Null))
        }
        Value::String(text) => (1, Decimal::ZERO, text),
        Value::Null => (3, Decimal::ZERO, ""),
        _ => (2, Decimal::ZERO, ""),
    }
}

/// All different elements of all lists, oldest list first; none when one value is no list.
fn union(values: &[Value]) -> Option<Value> {
    let mut elements: Vec<causal::Value> = Vec::new();
    for value in values.iter().rev().filter(|value| !value.is_null()) {
        for element in value.as_array()? {
            let element = causal::Value::from_json(element);
            if !elements.contains(&element) {
                elements.push(element);
            }
        }
    }
    Some(Value::Array(elements.iter().map(causal::Value::to_json).collect()))
}
