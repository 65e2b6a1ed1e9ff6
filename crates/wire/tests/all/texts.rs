//! Field names, and the rules of I-JSON for values: a text that breaks them refuses its record and nothing else.

use wire::{InvalidRecord, is_field_name, is_person};

use crate::support::{BAD, GOOD, record_text, refused_text, taken_text};

fn with_name(id: &str, name: &str) -> String {
    let name = serde_json::to_string(name).expect("a text");
    record_text(id, "1", "0", &name, "1")
}

fn with_value(id: &str, value: &str) -> String {
    record_text(id, "1", "0", "\"title\"", value)
}

#[test]
fn a_field_name_has_1_to_200_printable_characters() {
    let (longest, chinese) = ("n".repeat(200), "检".repeat(200));
    for name in ["a", " ", "answers/T01.03/result", "_deleted", "𠮷😀", "备注 \"a\"\\", &longest, &chinese] {
        assert!(is_field_name(name));
        let record = taken_text(&with_name(GOOD, name));
        assert_eq!(record.state.field_names().collect::<Vec<_>>(), [name]);
    }
}

#[test]
fn any_other_field_name_refuses_its_record() {
    let (long, chinese) = ("n".repeat(201), "检".repeat(201));
    for name in ["", "a\tb", "a\n", "\0", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}", &long, &chinese] {
        assert!(!is_field_name(name));
        assert!(matches!(refused_text(&with_name(BAD, name)), InvalidRecord::FieldName), "{name:?}");
    }
}

#[test]
fn a_noncharacter_is_not_printable() {
    for name in ["\u{ffff}", "a\u{fffe}", "\u{fdd0}", "\u{1ffff}", "\u{10fffe}"] {
        assert!(!is_field_name(name) && !is_person(name));
        assert!(matches!(refused_text(&with_name(BAD, name)), InvalidRecord::FieldName), "{name:?}");
    }
    assert!(is_field_name("\u{fffd}") && is_person("\u{fdcf}\u{fdf0}"));
}

#[test]
fn a_field_twice_refuses_its_record() {
    for twice in [r#""title":[[0,1]],"title":[[0,1]]"#, r#""title":[[0,1]],"\u0074itle":[[0,2]]"#] {
        let record = with_value(BAD, "1").replace(r#""title":[[0,1]]"#, twice);
        assert!(matches!(refused_text(&record), InvalidRecord::RepeatedField), "{twice}");
    }
}

#[test]
fn a_value_that_is_not_i_json_refuses_its_record() {
    let deep = format!("{}1{}", "[".repeat(65), "]".repeat(65));
    for value in [
        r#"{"a":1,"a":1}"#,
        r#"[{"a":{"b":1,"\u0062":2}}]"#,
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\ud800""#,
        r#"{"\ud800":1}"#,
        r#""\uffff""#,
        "\"\u{ffff}\"",
        r#"["\ufdd0"]"#,
        r#"{"\ufffe":1}"#,
        r#""\ud83f\udfff""#,
        "1e999",
        "-1e999",
        &deep,
        &"[".repeat(100_000).chars().chain("]".repeat(100_000).chars()).collect::<String>(),
    ] {
        let refusal = refused_text(&with_value(BAD, value));
        assert!(matches!(refusal, InvalidRecord::Value(_)), "{}", &value[..value.len().min(40)]);
    }
}

#[test]
fn a_value_that_is_i_json_is_kept_as_it_was_written() {
    let deep = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    for value in ["1.0", "-0", "1E+2", r#""\ud83d\ude00\u4e2d""#, r#"{"b": 1,"a":[ ]}"#, "null", "\"\u{fffd}\"", &deep]
    {
        let record = taken_text(&with_value(GOOD, value));
        let kept = record.state.siblings("title").next().expect("one sibling").value;
        assert_eq!(kept.as_str(), value);
    }
}
