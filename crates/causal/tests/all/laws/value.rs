//! Values: equality as JSON, and what is taken.

use causal::Value;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::json;

use super::history::cases;

/// Any I-JSON tree; small ranges, so that equal and nearly equal trees are common.
fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|it| json!(it)),
        (-2_i64..3).prop_map(|it| json!(it)),
        (-2_i64..3).prop_map(|it| json!(it as f64)),
        any::<i64>().prop_map(|it| json!(it)),
        any::<u64>().prop_map(|it| json!(it)),
        any::<f64>().prop_map(|it| json!(it)),
        "[a-c\u{4e2d}\u{1f600}\"\\\\\u{1}]{0,3}".prop_map(|it| json!(it)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(|it| json!(it)),
            btree_map("[a-c]{1,2}", inner, 0..3).prop_map(|it| json!(it)),
        ]
    })
}

/// The same tree in another spelling: white space, exponents, escapes, members in another order.
fn respelled(tree: &serde_json::Value) -> String {
    match tree {
        serde_json::Value::Number(number) if number.is_f64() => {
            format!("{:.25e}", number.as_f64().expect("a double"))
        }
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => {
            let units = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect::<String>();
            format!("\"{units}\"")
        }
        serde_json::Value::Array(items) => {
            format!("[ {} ]", items.iter().map(respelled).collect::<Vec<_>>().join(" ,\t"))
        }
        serde_json::Value::Object(members) => {
            let member =
                |(name, value): (&String, &serde_json::Value)| format!("{}:\n{}", json!(name), respelled(value));
            format!("{{{}}}", members.iter().rev().map(member).collect::<Vec<_>>().join(","))
        }
        other => format!("\r\n{other} "),
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_i_json_tree_is_taken_and_read_back(tree in tree()) {
        let value = Value::parse(&tree.to_string()).expect("I-JSON");
        prop_assert_eq!(value.as_str(), tree.to_string());
        prop_assert_eq!(value.to_json(), tree.clone());
        prop_assert_eq!(value.is_null(), tree.is_null());
        prop_assert_eq!(&value, &Value::from(tree));
    }

    #[test]
    fn another_spelling_is_the_same_value(tree in tree()) {
        let (value, respelled) = (Value::from_json(&tree), Value::parse(&respelled(&tree)).expect("I-JSON"));
        prop_assert_eq!(&value, &respelled);
        prop_assert_eq!(respelled, value);
    }

    #[test]
    fn equality_is_an_equivalence(a in tree(), b in tree(), c in tree(), twist in 0..4) {
        let a = Value::from_json(&a);
        let b = if twist == 0 { Value::parse(&respelled(&a.to_json())).expect("I-JSON") } else { Value::from_json(&b) };
        let c = if twist < 2 { Value::parse(&respelled(&b.to_json())).expect("I-JSON") } else { Value::from_json(&c) };
        prop_assert_eq!(&a, &a.clone());
        prop_assert_eq!(a == b, b == a);
        prop_assert!(!(a == b && b == c) || a == c, "{:?} {:?} {:?}", a, b, c);
    }

    #[test]
    fn any_text_is_taken_whole_or_refused(text in any::<String>(), bytes in vec(any::<u8>(), 0..64)) {
        for text in [text, String::from_utf8_lossy(&bytes).into_owned()] {
            if let Ok(value) = Value::parse(&text) {
                prop_assert_eq!(value.as_str(), &text);
                prop_assert_eq!(&Value::from(value.to_json()), &value);
            }
        }
    }

    #[test]
    fn text_that_looks_like_json_is_taken_whole_or_refused(text in "[\\[\\]{},:\"0-9eE+\\-.ntrufalse\\\\ d8a]{0,24}") {
        if let Ok(value) = Value::parse(&text) {
            prop_assert_eq!(value.as_str(), &text);
            prop_assert_eq!(&Value::from(value.to_json()), &value);
        }
    }
}

/// `serde_json` gives such objects a meaning of their own when it builds a tree.
#[test]
fn no_object_has_a_hidden_meaning() {
    for inner in ["[1,2]", "null", "{\"a\":1,\"a\":2}"] {
        for name in ["$serde_json::private::RawValue", "$serde_json::private::Number"] {
            let object = Value::parse(&json!({ name: inner }).to_string()).expect("an object like any other");
            assert_eq!(object.to_json()[name], json!(inner));
            assert_ne!(object, Value::parse("[1,2]").expect("a value"));
            assert!(object != Value::null());
        }
    }
}
