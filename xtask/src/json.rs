//! Reading the one JSON document that each command prints.

use anyhow::{Context, Result};
use serde_json::Value;

/// The text at `pointer` (`/account/name`) in the JSON document that `what` printed.
pub(crate) fn text(document: &Value, pointer: &str, what: &str) -> Result<String> {
    let found = document.pointer(pointer).and_then(Value::as_str);
    Ok(found.with_context(|| format!("{what} printed no {pointer}: {document}"))?.to_owned())
}

/// The JSON document in `printed`.
pub(crate) fn document(printed: &str, what: &str) -> Result<Value> {
    serde_json::from_str(printed).with_context(|| format!("{what} printed no JSON: {printed}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_its_place() {
        let printed = document(r#"{"account":{"name":"logi","password":"a\"b"}}"#, "init").expect("JSON");
        assert_eq!(text(&printed, "/account/password", "init").expect("a text"), "a\"b");
        let missing = text(&printed, "/code", "init").expect_err("nothing there");
        assert!(missing.to_string().starts_with("init printed no /code"));
    }

    #[test]
    fn what_is_no_json_is_shown() {
        let error = document("panicked", "serve").expect_err("no JSON");
        assert_eq!(error.to_string(), "serve printed no JSON: panicked");
    }
}
