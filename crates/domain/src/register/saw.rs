//! What somebody had before them when they signed: a fingerprint of the row as it counted.

use serde_json::Value;

use crate::canonical::{canonical, sha256_hex};
use crate::field::Document;

/// Entries and marks that are not what a row says.
const PREFIXES: [&str; 5] = ["acts/", "strikes/", "corrections/", "void/", "restores/"];
const MARKS: [&str; 4] = ["clock", "clock_later", "form", "recorded_at"];

/// The SHA-256, in hex, of the canonical JSON of a row as it counts: its corrected document without acts, and without who knew the
/// time when it was saved.
///
/// Two documents with the same values have the same; whatever changes later changes it.
///
/// # Example
/// ```
/// use domain::register::saw;
/// use serde_json::json;
/// let of = |row: serde_json::Value| saw(row.as_object().expect("an object"));
/// assert_eq!(of(json!({"a": 1, "b": null})), of(json!({"acts/1": {}, "a": 1.0})));
/// assert_ne!(of(json!({"a": 1})), of(json!({"a": 2})));
/// ```
pub fn saw(document: &Document) -> String {
    let is_said = |path: &str| !PREFIXES.iter().any(|prefix| path.starts_with(prefix)) && !MARKS.contains(&path);
    let said: Document = document
        .iter()
        .filter(|(path, value)| is_said(path) && !value.is_null())
        .map(|(p, v)| (p.clone(), v.clone()))
        .collect();
    sha256_hex(canonical(&Value::Object(said)).as_bytes())
}
