//! A field's value: I-JSON text, kept as it came and compared by meaning.

use std::fmt;
use std::sync::Arc;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Tree;
use thiserror::Error;

/// How deeply arrays and objects may be nested in a value.
pub const MAX_VALUE_DEPTH: usize = 64;

/// One JSON value, passed on unchanged.
///
/// Shape: the text as its writer wrote it.
/// Equality: as JSON; numbers by value (`1` is `1.0`), objects unordered, white space without meaning.
/// Source: I-JSON, RFC 7493.
#[derive(Clone)]
pub struct Value(Arc<str>);

/// Why a text is not a value.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ValueError {
    /// It is not I-JSON: a syntax error, a duplicate name, a lone surrogate, a noncharacter, a number beyond a double,
    /// or nested more deeply than [`MAX_VALUE_DEPTH`].
    #[error("not an I-JSON value: {0}")]
    NotIJson(#[from] serde_json::Error),
}

impl Value {
    /// Takes a text that came from outside.
    ///
    /// # Errors
    /// [`ValueError::NotIJson`] when the text is not exactly one I-JSON value.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        read(text)?;
        Ok(Self(text.into()))
    }

    /// Takes a text that [`Value::parse`] accepted before it was stored.
    pub fn from_stored(text: &str) -> Self {
        Self(text.into())
    }

    /// The value of a tree that was built here.
    pub fn from_json(tree: &serde_json::Value) -> Self {
        Self(tree.to_string().into())
    }

    /// The value `null`.
    pub fn null() -> Self {
        Self("null".into())
    }

    /// The JSON text, as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.0.trim() == "null"
    }

    /// The value as a tree; a text that no longer parses (a damaged file) is given as a string of itself.
    pub fn to_json(&self) -> serde_json::Value {
        read(&self.0).unwrap_or_else(|_| Tree::String(self.0.to_string()))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || same(&self.to_json(), &other.to_json())
    }
}

impl Eq for Value {}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<serde_json::Value> for Value {
    fn from(tree: serde_json::Value) -> Self {
        Self::from_json(&tree)
    }
}

fn same(a: &Tree, b: &Tree) -> bool {
    match (a, b) {
        (Tree::Number(a), Tree::Number(b)) => integer(a) == integer(b) && a.as_f64() == b.as_f64(),
        (Tree::Array(a), Tree::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Tree::Object(a), Tree::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The integer that a number is, however it was written; beyond an `i128`, the nearest one.
///
/// A double does not tell large integers apart, and this does not tell huge doubles apart: equality asks both.
pub(crate) fn integer(number: &serde_json::Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| number.as_f64().filter(|double| double.fract() == 0.0).map(|double| double as i128))
}

/// Reads exactly one I-JSON value.
///
/// `serde_json`'s own tree reader is not used: it gives objects with certain names of its own a hidden meaning, and
/// takes a name that stands twice.
fn read(text: &str) -> Result<Tree, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = IJson { depth: 0 }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(tree)
}

/// Builds a tree, and refuses what I-JSON does not allow.
struct IJson {
    depth: usize,
}

impl IJson {
    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        if self.depth >= MAX_VALUE_DEPTH {
            return Err(E::custom(format_args!("nested more than {MAX_VALUE_DEPTH} deep")));
        }
        Ok(self.depth + 1)
    }
}

impl<'de> DeserializeSeed<'de> for IJson {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for IJson {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an I-JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Tree, E> {
        check_text(text)?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let depth = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(IJson { depth })? {
            list.push(item);
        }
        Ok(Tree::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let depth = self.deeper()?;
        let mut object = serde_json::Map::new();
        while let Some(name) = members.next_key::<String>()? {
            check_text(&name)?;
            let value = members.next_value_seed(IJson { depth })?;
            if object.insert(name, value).is_some() {
                return Err(de::Error::custom("a name stands twice in one object"));
            }
        }
        Ok(Tree::Object(object))
    }
}

fn check_text<E: de::Error>(text: &str) -> Result<(), E> {
    let is_noncharacter = |c: char| (u32::from(c) & 0xFFFE) == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    if text.chars().any(is_noncharacter) {
        return Err(E::custom("a text holds a Unicode noncharacter"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_equal(a: &str, b: &str, expected: bool) {
        let (a, b) = (Value::parse(a).expect("a value"), Value::parse(b).expect("a value"));
        assert_eq!(a == b, expected, "{a:?} and {b:?}");
    }

    #[test]
    fn values_compare_as_json() {
        check_equal("1", "1.0", true);
        check_equal("100", "1e2", true);
        check_equal("-0", "0", true);
        check_equal("0.1", "0.10", true);
        check_equal("9007199254740993", "9007199254740992.0", false);
        check_equal("1e300", "1E+300", true);
        check_equal("1e300", "2e300", false);
        check_equal("-1e300", "1e300", false);
        check_equal("18446744073709551615", "18446744073709551616.0", false);
        check_equal("18446744073709551615", "18446744073709551615", true);
        check_equal("0.5", "1", false);
        check_equal("0.5", "0.25", false);
        check_equal(r#"{"a":1,"b":[2]}"#, r#"{ "b": [2.0], "a": 1 }"#, true);
        check_equal(r#"{"a":1}"#, r#"{"a":1,"b":null}"#, false);
        check_equal(r#"{"a":1,"c":2}"#, r#"{"a":1,"b":2}"#, false);
        check_equal("[1,2]", "[2,1]", false);
        check_equal("[1]", "[1,1]", false);
        check_equal(r#""中""#, r#""\u4e2d""#, true);
        check_equal("null", "false", false);
        check_equal("1", "\"1\"", false);
        check_equal("true", "true ", true);
    }

    #[test]
    fn what_is_not_i_json_is_refused() {
        for text in [
            "",
            "nul",
            "1 2",
            "[1,]",
            r#"{"a":1,"a":2}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#""\ud800""#,
            r#""\uffff""#,
            r#""\ufdd0""#,
            r#"{"\ufffe":1}"#,
            "1e999",
            "NaN",
        ] {
            assert!(Value::parse(text).is_err(), "{text} was taken");
        }
    }

    #[test]
    fn what_json_does_not_have_is_refused_by_name() {
        let bytes = de::value::BytesDeserializer::<de::value::Error>::new(b"bytes");
        let refusal = IJson { depth: 0 }.deserialize(bytes).expect_err("JSON has no bytes").to_string();
        assert!(refusal.ends_with("expected an I-JSON value"), "{refusal}");
    }

    #[test]
    fn a_value_is_kept_as_it_was_written() {
        for text in ["1.0", "[1, 2]", r#"{"b":1,"a":2}"#, r#""𠮷😀""#, "-1.5e-3", " true"] {
            assert_eq!(Value::parse(text).expect("a value").as_str(), text);
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Value::parse(&nested(MAX_VALUE_DEPTH)).is_ok());
        assert!(Value::parse(&nested(MAX_VALUE_DEPTH + 1)).is_err());
        assert!(Value::parse(&"[".repeat(100_000)).is_err());
        let objects = format!("{}1{}", r#"{"a":"#.repeat(MAX_VALUE_DEPTH + 1), "}".repeat(MAX_VALUE_DEPTH + 1));
        assert!(Value::parse(&objects).is_err());
    }

    #[test]
    fn null_is_told_from_everything_else() {
        assert!(Value::null().is_null());
        assert!(Value::parse(" null ").expect("a value").is_null());
        assert!(!Value::parse("\"null\"").expect("a value").is_null());
    }

    #[test]
    fn a_damaged_text_reads_as_itself() {
        assert_eq!(Value::from_stored("{oops").to_json(), serde_json::Value::String("{oops".into()));
        assert_eq!(format!("{:?}", Value::from_stored("[1]")), "[1]");
    }
}
