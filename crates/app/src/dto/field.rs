//! The JSON of the fields of rows, as schemas: the values themselves stay JSON.
#![expect(dead_code, reason = "shapes of schemas alone; what is read and written is checked by the domain")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::photo::PhotoRef;
use super::value::Strokes;

/// A stored value by the type of its field: a text (also of numbers, days and ids), a count or an instant, yes or no, several
/// persons, photos, notes, rows by their keys, a signature; or what is left of one that is not to be seen, or not here.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldValue {
    /// A text.
    Text(String),
    /// A count, or ms since 1970 UTC.
    Number(f64),
    /// Yes or no.
    Yes(bool),
    /// What a mask leaves.
    Masked(MaskedValue),
    /// Nothing: its part is not here.
    Gone(GoneValue),
    /// Persons, photos or notes.
    List(Vec<FieldEntry>),
    /// A signature.
    Signature(FieldSignature),
    /// Rows, by their keys.
    Rows(BTreeMap<String, BTreeMap<String, FieldCell>>),
}

/// What a mask leaves of a value.
#[derive(Debug, JsonSchema)]
pub(crate) struct MaskedValue {
    /// Which mask: `last4`, `surname` or `hidden`.
    masked: String,
    /// What is shown.
    shown: String,
}

/// A value whose part is not here.
#[derive(Debug, JsonSchema)]
pub(crate) struct GoneValue {
    /// `keep` for one that was deleted when its time was over, `hold` for one that this device does not hold.
    gone: String,
}

/// One of several persons, photos or notes.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldEntry {
    /// A person.
    Text(String),
    /// A photo.
    Photo(PhotoRef),
    /// A note.
    Note(NoteValue),
}

/// A note as it is stored.
#[derive(Debug, JsonSchema)]
pub(crate) struct NoteValue {
    /// What it says.
    text: String,
    /// Who wrote it.
    by: Option<String>,
    /// When, ms since 1970 UTC.
    at: f64,
}

/// A signature in a row.
#[derive(Debug, JsonSchema)]
pub(crate) struct FieldSignature {
    /// The person; left out for somebody from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The name of somebody from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The lines.
    strokes: Strokes,
}

/// One cell of a row.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldCell {
    /// A text.
    Text(String),
    /// A count.
    Number(f64),
    /// Yes or no.
    Yes(bool),
}

/// A value as it is given: as people type it, or null to take it away.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldInput {
    /// Nothing.
    Nothing(()),
    /// What was typed.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Yes(bool),
    /// One photo.
    Photo(PhotoRef),
    /// A signature.
    Signature(FieldSignature),
    /// Persons or photos.
    List(Vec<FieldEntryInput>),
    /// Rows, by their keys.
    Rows(BTreeMap<String, BTreeMap<String, Option<FieldCell>>>),
}

/// One of several persons or photos, or a new row.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldEntryInput {
    /// A person.
    Text(String),
    /// A photo.
    Photo(PhotoRef),
    /// A row.
    Row(BTreeMap<String, Option<FieldCell>>),
}
