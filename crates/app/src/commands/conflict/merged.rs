//! What was merged without asking anybody.

use std::collections::BTreeMap;

use causal::Record;
use domain::form::AnswerField;
use domain::reading::conflicts;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::dto::person::PersonRef;
use crate::entry::look::Look;
use crate::names::Names;
use crate::titles::{Language, field_label, value_text};

/// What was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MergedKind {
    /// Somebody filled in items that nobody else touched.
    Answered,
    /// Several people wrote the same.
    Same,
    /// Several people wrote differently, and nobody need be asked.
    Harmless,
}

/// One thing that was merged without asking anybody.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MergedView {
    /// What was merged.
    kind: MergedKind,
    /// Who is concerned.
    people: Vec<PersonRef>,
    /// How many items it is about.
    items: usize,
    /// What people call the field; null for [`MergedKind::Answered`].
    label: Option<String>,
    /// The same in English.
    label_en: Option<String>,
    /// The value that counts in plain words; null for [`MergedKind::Answered`].
    text: Option<String>,
    /// The same in English.
    text_en: Option<String>,
}

/// What was merged on a record: whose items stand side by side, who wrote the same, and where nobody need be asked.
///
/// Each value as the person sees it.
pub(super) fn merged(names: &Names<'_>, record: &Record, look: &Look) -> Vec<MergedView> {
    let shown = |field: &str, value: &Value| look.shown(field, value).unwrap_or_default();
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    let mut views = Vec::new();
    let is_result = |name: &&str| AnswerField::parse(name).is_some_and(|field| field.part == "result");
    for name in record.state.field_names().filter(is_result) {
        let siblings: Vec<_> =
            record.state.siblings(name).filter(|sibling| !sibling.value.to_json().is_null()).collect();
        let mut authors: Vec<&str> = siblings.iter().filter_map(|sibling| sibling.stamp.by.as_deref()).collect();
        authors.sort_unstable();
        authors.dedup();
        match (&siblings[..], &authors[..]) {
            ([_], [only]) => *answered.entry(only).or_default() += 1,
            ([first, ..], [_, _, ..]) if siblings.iter().all(|sibling| sibling.value == first.value) => {
                let people = authors.iter().map(|by| names.person(by)).collect();
                views.push(MergedView {
                    items: 1,
                    ..said(MergedKind::Same, people, name, &shown(name, &first.value.to_json()))
                });
            }
            _ => {}
        }
    }
    let harmless = conflicts(&record.kind, &record.state).into_iter().filter(|conflict| !conflict.asks);
    views.extend(harmless.map(|conflict| {
        let people = conflict.siblings.iter().filter_map(|side| side.by.as_deref()).map(|by| names.person(by));
        said(MergedKind::Harmless, people.collect(), &conflict.field, &shown(&conflict.field, &conflict.effective))
    }));
    // One who filled in everything alone has merged with nobody.
    let alone = if answered.len() > 1 { answered } else { BTreeMap::new() };
    let answered = alone.into_iter().map(|(by, items)| MergedView {
        kind: MergedKind::Answered,
        people: vec![names.person(by)],
        items,
        label: None,
        label_en: None,
        text: None,
        text_en: None,
    });
    answered.chain(views).collect()
}

/// What was merged of one field, with its name and value in words.
fn said(kind: MergedKind, people: Vec<PersonRef>, field: &str, value: &Value) -> MergedView {
    MergedView {
        kind,
        people,
        items: 0,
        label: Some(field_label(field, Language::Zh)),
        label_en: Some(field_label(field, Language::En)),
        text: Some(value_text(field, value, Language::Zh)),
        text_en: Some(value_text(field, value, Language::En)),
    }
}
