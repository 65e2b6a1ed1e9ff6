//! What somebody had before them when they signed: a fingerprint of the row as it counted.

use serde_json::Value;
use sha2::{Digest, Sha256};

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
    Sha256::digest(canonical(&Value::Object(said)).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One text for one value: names in order, whole numbers without a fraction, no blanks.
fn canonical(value: &Value) -> String {
    let whole = |number: &serde_json::Number| {
        let double = number.as_f64().filter(|double| double.fract() == 0.0 && double.abs() < 1e15);
        double.filter(|_| number.is_f64()).map(|double| format!("{:.0}", double + 0.0))
    };
    match value {
        Value::Number(number) => whole(number).unwrap_or_else(|| number.to_string()),
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            let member = |name: &String| format!("{}:{}", Value::from(name.as_str()), canonical(&members[name]));
            format!("{{{}}}", names.into_iter().map(member).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
