//! A field's value: I-JSON text, kept as it came and compared by meaning.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeSeed;
use serde_json::Value as Tree;
use thiserror::Error;

use crate::i_json::{IJson, Outcome};

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
    /// or nested more deeply than [`MAX_VALUE_DEPTH`](crate::MAX_VALUE_DEPTH).
    #[error("not an I-JSON value: {0}")]
    NotIJson(#[from] serde_json::Error),
}

impl Value {
    /// Takes a text that came from outside.
    ///
    /// # Errors
    /// [`ValueError::NotIJson`] when the text is not exactly one I-JSON value.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        // Nearly all values are only passed on, so no tree is built of them here.
        read::<()>(text)?;
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

/// Reads exactly one I-JSON value, as a tree or as nothing but the knowledge that it is one.
///
/// `serde_json`'s own tree reader is not used: it gives objects with certain names of its own a hidden meaning, and
/// takes a name that stands twice.
fn read<T: Outcome>(text: &str) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = IJson::at(0).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de;

    use super::*;
    use crate::MAX_VALUE_DEPTH;

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

    #[track_caller]
    fn check_same_verdict(text: &str) {
        assert_eq!(read::<()>(text).is_ok(), read::<Tree>(text).is_ok(), "{text}");
    }

    /// One change of a text: a piece taken out, put in, or doubled.
    fn mutated(text: &str, (place, length, piece): (usize, usize, &str)) -> String {
        let characters: Vec<char> = text.chars().collect();
        let from = place % (characters.len() + 1);
        let to = (from + length).min(characters.len());
        let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
        let kept = if piece.is_empty() { part(from..to).repeat(2) } else { piece.to_owned() };
        format!("{}{kept}{}", part(0..from), part(to..characters.len()))
    }

    fn pieces() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "",
            "",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud800",
            "\\udc00",
            "\\uffff",
            "\u{fdd0}",
            "1",
            "-",
            "e9",
            "e999",
            ".",
            "0",
            "null",
            "true",
            " ",
            "\"a\":",
            "\"a\":1,",
            "{\"$serde_json::private::Number\":\"1\"}",
            "中",
            "\u{1f600}",
            "\t",
            "\0",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

        #[test]
        fn the_check_without_a_tree_gives_the_verdict_of_the_reader(
            tree in trees(),
            mutations in prop::collection::vec((any::<usize>(), 0..4_usize, pieces()), 0..4),
            noise in "[\\[\\]{}\",:0-9a\\\\.eE+ -]{0,24}",
        ) {
            let mut text = tree.to_string();
            check_same_verdict(&text);
            for mutation in mutations {
                text = mutated(&text, mutation);
                check_same_verdict(&text);
            }
            check_same_verdict(&noise);
        }
    }

    /// `CAUSAL_TEXTS` asks for more.
    fn cases() -> u32 {
        std::env::var("CAUSAL_TEXTS").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000)
    }

    /// Trees with names that may stand twice once they are mutated, more of them than a few, and large numbers.
    fn trees() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            Just(Tree::Null),
            any::<bool>().prop_map(Tree::from),
            any::<i64>().prop_map(Tree::from),
            any::<u64>().prop_map(Tree::from),
            any::<f64>().prop_map(Tree::from),
            "[a中\\\\\"\u{fffd}\u{1f600}]{0,4}".prop_map(Tree::from),
        ];
        leaf.prop_recursive(6, 64, 24, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Tree::from),
                prop::collection::vec(("[a-e]{1,2}", inner), 0..24)
                    .prop_map(|members| Tree::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn both_readers_stop_at_the_same_depth_and_at_the_same_name() {
        for depth in [MAX_VALUE_DEPTH - 1, MAX_VALUE_DEPTH, MAX_VALUE_DEPTH + 1, 200] {
            check_same_verdict(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            check_same_verdict(&format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth)));
        }
        for members in [1, 15, 16, 17, 18, 40] {
            for twice in 0..members {
                let names = (0..members).chain([twice]).map(|name| format!(r#""{name}":1"#));
                let text = format!("{{{}}}", names.collect::<Vec<_>>().join(","));
                assert!(Value::parse(&text).is_err(), "{text}");
                check_same_verdict(&text);
            }
        }
        check_same_verdict(r#"{"a":1,"\u0061":2}"#);
        assert!(Value::parse(r#"{"a":1,"\u0061":2}"#).is_err());
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
        let refusal = IJson::<Tree>::at(0).deserialize(bytes).expect_err("JSON has no bytes").to_string();
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
