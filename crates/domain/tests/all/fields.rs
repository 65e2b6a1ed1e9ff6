//! Every field type takes what people type, and refuses the rest by naming the rule and never the value.

use domain::field::{Cell, FieldType, Language, Speech, Typing, ValueError, codes, parse_type};
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const ID: &str = "0199a1f0-0000-7000-8000-000000000001";
/// A declaration of every type.
const DECLARED: [&str; 21] = [
    "TXT[1,40]",
    "NUM[g,0,5000]",
    "TEMP[℃,-30,200]",
    "TIME",
    "CH[卡=Card, 电话=Call]",
    "DATE",
    "INSTANT",
    "COUNT[1,500]",
    "MONEY",
    "YES",
    "PHONE",
    "LAST4",
    "PERSON",
    "PEOPLE",
    "REF(area)",
    "REFS(food_sample)",
    "PHOTOS[0,2]",
    "SIG",
    "TAG",
    "NOTES",
    "ROWS[name 名称 Name TXT[1,40] !, count 数量 Count COUNT]",
];

fn of(declared: &str) -> Box<dyn FieldType> {
    parse_type(declared).unwrap_or_else(|error| panic!("{error}"))
}

fn with_typing<T>(f: impl FnOnce(&Typing<'_>) -> T) -> T {
    let fresh = || Uuid::from_u128(7);
    f(&Typing { zone: DEFAULT_ZONE, me: Some(ID), now: UtcMillis(1_788_220_800_000), fresh: &fresh })
}

fn take(declared: &str, typed: Value) -> Result<Vec<(String, Value)>, ValueError> {
    with_typing(|typing| of(declared).take("f", &typed, typing))
}

fn said(declared: &str, value: &Value, language: Language) -> String {
    let name = |_: &str, _: &str| Some("王芳".to_owned());
    of(declared).say(value, &Speech { language, zone: DEFAULT_ZONE, name: &name })
}

fn photo(digit: char) -> Value {
    json!({"blob": digit.to_string().repeat(64), "mime": "image/jpeg", "size": 10, "taken_at": 5, "source": "camera"})
}

#[test]
fn every_type_is_declared_here_and_reads_back_from_its_own_declaration() {
    let mut seen: Vec<&str> = DECLARED.iter().map(|declared| of(declared).code()).collect();
    let mut all: Vec<&str> = codes().collect();
    seen.sort_unstable();
    all.sort_unstable();
    assert_eq!(seen, all);
    for declared in DECLARED {
        assert_eq!(of(&of(declared).declared()).declared(), of(declared).declared());
    }
}

#[test]
fn people_type_in_many_ways_and_one_form_is_stored() {
    let check = |declared: &str, typed: &[Value], stored: Value| {
        for typed in typed {
            let expected = Ok(vec![("f".to_owned(), stored.clone())]);
            assert_eq!(take(declared, typed.clone()), expected, "{declared} {typed}");
            assert!(of(declared).is_well_typed(&stored));
        }
    };
    check("TXT[1,40]", &[json!("钥匙"), json!("　钥匙 ")], json!("钥匙"));
    check("TXT[1,40]", &[json!("好🙂")], json!("好🙂"));
    check("NUM[g,0,5000]", &[json!("１２５　g"), json!("125克"), json!(125), json!("125.0")], json!("125"));
    check("TEMP[℃,-30,200]", &[json!("－１８℃"), json!("-18"), json!(-18)], json!("-18"));
    check("TIME", &[json!("7:05"), json!("０７：０５")], json!("07:05"));
    check("CH[卡=Card, 电话=Call]", &[json!("卡"), json!("card"), json!(" ＣＡＲＤ ")], json!("卡"));
    let dates = ["2026-09-01", "2026/9/1", "2026.9.1", "2026年9月1日", "20260901", "２０２６－０９－０１"];
    check("DATE", &dates.map(Value::from), json!("2026-09-01"));
    check(
        "INSTANT",
        &[json!("2026-09-01 07:30"), json!("2026年9月1日 7:30"), json!(1_788_219_000_000_u64)],
        json!(1_788_219_000_000_u64),
    );
    check("COUNT[1,500]", &[json!("３０"), json!("30件"), json!(30), json!("30.0")], json!(30));
    check("MONEY", &[json!("￥12.50"), json!("12.5元"), json!(12.5)], json!("12.5"));
    check("YES", &[json!(true), json!("是"), json!("Ｙes"), json!("√")], json!(true));
    check("YES", &[json!(false), json!("否"), json!("×")], json!(false));
    check("PHONE", &[json!("138 0000 1234"), json!("１３８００００１２３４")], json!("13800001234"));
    check("PHONE", &[json!("（010）6225-1234")], json!("0106225-1234"));
    check("LAST4", &[json!("012x"), json!("０１２Ｘ")], json!("012X"));
    check("PERSON", &[json!(ID), json!(ID.to_uppercase())], json!(ID));
    check("PEOPLE", &[json!([ID, ID.to_uppercase()])], json!([ID]));
    check("REFS(temperature_reading)", &[json!([ID, ID.to_uppercase()])], json!([ID]));
    check("REF(area)", &[json!(ID)], json!(ID));
    check("TAG", &[json!("A-１２")], json!("A-12"));
}

#[test]
fn several_people_s_values_lie_on_paths_of_their_own() {
    let photos = take("PHOTOS[0,2]", json!([photo('a'), photo('b')])).expect("photos");
    assert_eq!(photos[0].0, format!("f/{}", "a".repeat(64)));
    let note = take("NOTES", json!("三楼灯坏")).expect("a note");
    assert_eq!(
        note,
        [(format!("f/{}", Uuid::from_u128(7)), json!({"text": "三楼灯坏", "by": ID, "at": 1_788_220_800_000_u64}))]
    );
    let declared = DECLARED.into_iter().find(|text| text.starts_with("ROWS")).expect("rows");
    let rows = take(declared, json!({"钥匙": {"name": "大门", "count": "２"}})).expect("rows");
    assert_eq!(rows, [("f/钥匙/count".to_owned(), json!(2)), ("f/钥匙/name".to_owned(), json!("大门"))]);
    let document: Map<String, Value> = rows.into_iter().chain([("fx/a/count".to_owned(), json!(1))]).collect();
    assert_eq!(of(declared).gather("f", &document), Some(json!({"钥匙": {"name": "大门", "count": 2}})));
    assert_eq!(of(declared).is_complete(&json!({"钥匙": {"count": 2}})), Err(ValueError::Missing));
}

/// What no field takes, beside what each type takes that others do not.
fn bad_inputs() -> Vec<(&'static str, Value)> {
    vec![
        ("empty", json!("")),
        ("blanks", json!(" 　 ")),
        ("100 kB", json!("啊".repeat(34_000))),
        ("100 kB of digits", json!("1".repeat(100_000))),
        ("control characters", json!("a\u{0}b\u{1b}")),
        ("turned text", json!("a\u{202e}b")),
        ("an object", json!({"a": 1})),
        ("a list", json!([1, 2])),
        ("a huge number", json!(1e300)),
    ]
}

#[test]
fn no_type_takes_what_is_empty_huge_or_of_another_shape() {
    for declared in DECLARED {
        for (what, typed) in bad_inputs() {
            let taken = take(declared, typed);
            assert!(taken.is_err(), "{declared} took {what}: {taken:?}");
        }
    }
}

#[test]
fn each_type_names_the_rule_that_is_broken() {
    let cases: Vec<(&str, Value, &str)> = vec![
        ("TXT[1,40]", json!(""), "missing"),
        ("TXT[3,40]", json!("ab"), "too-short"),
        ("TXT[1,3]", json!("一二三四"), "too-long"),
        ("TXT[1,40]", json!("a\u{7}b"), "control"),
        ("TXT[1,40]", json!(5), "shape"),
        ("NUM[g,0,5000]", json!("很多"), "not-a-number"),
        ("NUM[g,0,5000]", json!("🙂"), "not-a-number"),
        ("NUM[g,0,5000]", json!("1,234"), "ambiguous"),
        ("NUM[g,0,5000]", json!("5 kg"), "unit"),
        ("NUM[g,0,5000]", json!("-1"), "below"),
        ("NUM[g,0,5000]", json!("5000.1"), "above"),
        ("TEMP[℃,-30,200]", json!(true), "not-a-number"),
        ("TIME", json!("24:00"), "time"),
        ("TIME", json!("🙂"), "time"),
        ("CH[卡=Card, 电话=Call]", json!("人脸"), "option"),
        ("CH[卡=Card, 电话=Call]", json!(1), "option"),
        ("DATE", json!("2026-02-30"), "date"),
        ("DATE", json!("2026-13-01"), "date"),
        ("DATE", json!("26-09-01"), "date"),
        ("DATE", json!("明天"), "date"),
        ("DATE", json!(20_260_901), "date"),
        ("DATE", json!("1899-01-01"), "date"),
        ("INSTANT", json!("2026-02-30 07:30"), "date"),
        ("INSTANT", json!("2026-09-01 25:00"), "time"),
        ("INSTANT", json!("07:30"), "shape"),
        ("INSTANT", json!(i64::MAX), "shape"),
        ("COUNT[1,500]", json!("1.5"), "not-whole"),
        ("COUNT[1,500]", json!(0), "below"),
        ("COUNT[1,500]", json!(501), "above"),
        ("COUNT[1,500]", json!("三十"), "not-a-number"),
        ("MONEY", json!("1.005"), "cents"),
        ("MONEY", json!("-1"), "below"),
        ("YES", json!("也许"), "shape"),
        ("YES", json!(1), "shape"),
        ("PHONE", json!("12"), "shape"),
        ("PHONE", json!("138oooo1234"), "shape"),
        ("PHONE", json!(13_800_001_234_u64), "shape"),
        ("LAST4", json!("110101199001010012"), "shape"),
        ("LAST4", json!(12), "shape"),
        ("LAST4", json!("X123"), "shape"),
        ("PERSON", json!("王芳"), "reference"),
        ("PEOPLE", json!([]), "missing"),
        ("PEOPLE", json!(["王芳"]), "reference"),
        ("PEOPLE", json!(vec![ID; 61]), "too-many"),
        ("REFS(food_sample)", json!([]), "missing"),
        ("REFS(food_sample)", json!(["A-07"]), "reference"),
        ("REFS(food_sample)", json!(vec![ID; 61]), "too-many"),
        ("REF(area)", json!("大门"), "reference"),
        ("PHOTOS[0,2]", json!([photo('a'), photo('b'), photo('c')]), "too-many"),
        ("PHOTOS[0,2]", json!([{"blob": "x"}]), "shape"),
        ("SIG", json!([[[500, 500]]]), "missing"),
        ("SIG", json!({"strokes": [[[1, 2_000]]]}), "shape"),
        ("TAG", json!("一二"), "shape"),
        ("NOTES", json!("字".repeat(1_001)), "too-long"),
        ("ROWS[name 名称 Name TXT[1,40] !]", json!({"a": {"other": "x"}}), "row"),
        ("ROWS[name 名称 Name TXT[1,40] !]", json!({"a/b": {"name": "x"}}), "row"),
        ("ROWS[name 名称 Name TXT[1,40] !]", json!({"a": {"name": 5}}), "shape"),
    ];
    for (declared, typed, rule) in cases {
        let error = take(declared, typed.clone()).expect_err(&format!("{declared} {typed}"));
        assert_eq!(error.rule(), rule, "{declared} {typed}");
        assert!(!error.zh().is_empty() && !error.en().is_empty());
    }
}

#[test]
fn a_refusal_says_the_rule_in_both_languages_and_never_the_value() {
    let secret = "绝密8848";
    for declared in DECLARED {
        for typed in [json!(secret.repeat(30)), json!({"v": secret}), json!([secret])] {
            let Err(error) = take(declared, typed) else { continue };
            for told in [error.zh(), error.en(), error.to_string(), format!("{error:?}")] {
                assert!(!told.contains("8848") && !told.contains("绝密"), "{declared}: {told}");
            }
        }
    }
}

#[test]
fn values_are_said_in_two_languages_and_go_into_cells_by_what_they_are() {
    let both =
        |declared: &str, value: Value| [Language::Zh, Language::En].map(|language| said(declared, &value, language));
    assert_eq!(both("TEMP[℃,,]", json!("74.2")), ["74.2 ℃", "74.2 ℃"]);
    assert_eq!(both("CH[卡=Card, 电话=Call]", json!("电话")), ["电话", "Call"]);
    assert_eq!(both("YES", json!(true)), ["是", "yes"]);
    assert_eq!(both("MONEY", json!("12.5")), ["12.50 元", "¥12.50"]);
    assert_eq!(both("INSTANT", json!(1_788_219_000_000_u64)), ["2026-09-01 07:30", "2026-09-01 07:30"]);
    assert_eq!(both("PERSON", json!(ID)), ["王芳", "王芳"]);
    assert_eq!(both("PHOTOS[0,2]", json!([1, 2])), ["2 张", "2 photos"]);
    assert_eq!(both("DATE", json!("x")), ["无法识别", "unreadable"]);
    let name = |_: &str, _: &str| None;
    let speech = Speech { language: Language::Zh, zone: DEFAULT_ZONE, name: &name };
    assert_eq!(of("NUM[g,,]").cell(&json!("0.10"), &speech), Cell::Number("0.10".parse().expect("a number")));
    assert!(matches!(of("DATE").cell(&json!("2026-09-01"), &speech), Cell::Date(_)));
    assert!(matches!(of("INSTANT").cell(&json!(5), &speech), Cell::Moment(_)));
    assert_eq!(of("PHONE").cell(&json!("13800001234"), &speech), Cell::Code("13800001234".into()));
    assert_eq!(of("LAST4").cell(&json!("0012"), &speech), Cell::Code("0012".into()));
    assert_eq!(of("TXT[1,40]").cell(&json!("=1+1"), &speech), Cell::Text("=1+1".into()));
}

#[test]
fn a_declaration_that_says_nothing_names_what_to_write() {
    for wrong in [
        "",
        "TEXT",
        "TXT",
        "TXT[1]",
        "TXT[5,1]",
        "TXT[0,9999]",
        "TXT[1,40] x",
        "NUM[g]",
        "NUM[g,9,1]",
        "NUM[g,x,]",
        "TEMP[K,0,1]",
        "CH[卡]",
        "CH[卡=Card]",
        "CH[卡=Card, 卡=Card]",
        "CH[卡=Card, 电话]",
        "DATE[1]",
        "REF",
        "REF()",
        "REF(a b)",
        "PHOTOS",
        "PHOTOS[3,2]",
        "PHOTOS[0,99]",
        "ROWS",
        "ROWS[]",
        "ROWS[a b c]",
        "ROWS[a 甲 A NOTES]",
        "ROWS[a 甲 A YES from setting]",
        "ROWS(x)[a 甲 A YES]",
        "TXT[1,40",
        "NUM[g,@a(b),]",
    ] {
        let error = parse_type(wrong).expect_err(wrong);
        assert!(!error.write.is_empty(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_type_panics_on_any_value(value in super::support::any_json(), which in 0..DECLARED.len()) {
        let of = of(DECLARED[which]);
        let _ = of.is_well_typed(&value);
        let _ = said(DECLARED[which], &value, Language::En);
        let _ = of.compare(&value, &json!("x"));
        let _ = of.is_complete(&value);
        let name = |_: &str, _: &str| None;
        let _ = of.cell(&value, &Speech { language: Language::Zh, zone: DEFAULT_ZONE, name: &name });
        if let Ok(writes) = take(DECLARED[which], value) {
            let document: Map<String, Value> = writes.into_iter().collect();
            let gathered = of.gather("f", &document).expect("what was taken is there");
            prop_assert!(of.is_well_typed(&gathered), "{} {gathered}", DECLARED[which]);
        }
    }

    #[test]
    fn what_was_taken_is_taken_again_as_it_is(text in "[ -~一-龥０-９]{1,20}", which in 0..15_usize) {
        if let Ok(writes) = take(DECLARED[which], json!(text)) {
            prop_assert_eq!(take(DECLARED[which], writes[0].1.clone()), Ok(writes));
        }
    }

    #[test]
    fn no_text_makes_the_reading_of_a_declaration_panic(text in "[A-Z]{2,6}[\\[\\]\\(\\),@=!. a-z0-9卡]{0,30}") {
        let _ = parse_type(&text);
    }
}
