//! Reading fields of a document, and putting together the fields of a save.

use causal::Value;
use domain::time::{Shift, UtcMillis};
use serde_json::{Map, json};

use crate::App;
use crate::campus::Campus;

/// The fields of a record by their reading rules.
pub(crate) type Document = Map<String, serde_json::Value>;

/// Fields to save.
pub(crate) type Fields = Vec<(String, Value)>;

/// Who is written where a record must name somebody and nobody is known.
pub(crate) const UNNAMED: &str = "unnamed";

/// One field to save.
pub(crate) fn field(name: impl Into<String>, value: impl Into<serde_json::Value>) -> (String, Value) {
    (name.into(), Value::from_json(&value.into()))
}

/// The text of a field; none when it is empty or no text.
pub(crate) fn text<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    document.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The instant or count of a field, in milliseconds for an instant.
pub(crate) fn integer(document: &Document, name: &str) -> Option<i64> {
    document.get(name)?.as_i64()
}

/// The fields every record of evidence starts with: who made it and when, and the day it counts for.
pub(crate) fn envelope(app: &App, campus: &Campus, occurred_at: UtcMillis, shift: Shift) -> Fields {
    let now = UtcMillis::from_stamp(app.now_ms());
    vec![
        field("created", json!({"by": app.by().as_deref(), "at": now})),
        field("occurred_at", json!(occurred_at)),
        field("recorded_at", json!(now)),
        field("business_date", campus.business_date(occurred_at, shift)),
    ]
}
