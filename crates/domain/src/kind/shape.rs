//! What is said of a kind of records.

use serde::Serialize;

/// How a kind is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Evidence: written once, then corrected by new entries.
    Evidence,
    /// A ledger: rows are added, balances derived.
    Ledger,
    /// Master data: edited in place.
    Master,
    /// A plan: edited until it is done.
    Plan,
}

/// What a reader takes while a field has several siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ReadingRule"))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The write with the highest `at`, then counter, then replica id.
    Latest,
    /// The stricter verdict.
    Worst,
    /// The earliest value.
    Earliest,
    /// The earliest value, and people are asked which one is right: until they say so, what ends soonest is what warns and blocks.
    Soonest,
    /// The write with the lowest `at`, then counter, then replica id.
    First,
    /// All elements of all lists.
    Union,
    /// The highest version: `duty_shift@2` before `duty_shift@1`.
    Highest,
}

/// The fields that one pattern names.
///
/// A `*` in the pattern stands for exactly one part of the path: `answers/*/result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FieldPattern {
    /// The pattern.
    pub pattern: &'static str,
    /// How such a field is read.
    pub rule: Rule,
    /// Whether its text is found by the search.
    pub is_searchable: bool,
}

/// A kind of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Its stored name.
    pub name: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The English one.
    pub en: &'static str,
    /// How it is edited.
    pub class: Class,
    /// Whether a person is asked to settle its conflicts.
    pub asks: bool,
    /// The fields that are not simply read by `latest`; the first pattern that matches counts.
    pub fields: &'static [FieldPattern],
}

/// How one field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What a reader takes.
    pub rule: Rule,
    /// Whether a person is asked when its siblings differ.
    pub asks: bool,
    /// Whether its text is found by the search.
    pub is_searchable: bool,
}
