//! Declarations: the ones that are compiled in, a whole one from a text alone, and what is said of one that is wrong.

use std::collections::BTreeSet;

use domain::kind::{Class, Rule, kind};
use domain::register::{Hold, Right, all, fold, hold_scope, parse, part_id, register, standing};
use domain::setting::Settings;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::saves::{GATE, ME, NOW, OTHER, check_with, document};

#[test]
fn every_register_that_is_compiled_in_parses_and_no_kind_stands_twice() {
    let kinds: BTreeSet<&str> = all().iter().map(|register| register.kind.as_str()).collect();
    assert_eq!(kinds.len(), all().len());
    assert_eq!(all().len(), 44);
    for register in all() {
        assert!(
            !register.list.columns.is_empty() && register.paper.is_some(),
            "{} has no list or no paper",
            register.kind
        );
        assert!(register.keep.is_some(), "{} is kept for ever", register.kind);
        // What the program alone writes nobody corrects.
        assert!(register.rights.write.is_empty() || !register.rights.correct.is_empty(), "{}", register.kind);
        assert!(!register.rights.export.is_empty(), "{}", register.kind);
    }
}

#[test]
fn the_kinds_of_registers_are_read_as_their_declarations_say() {
    assert_eq!(kind("post_check").field("result").rule, Rule::Worst);
    assert_eq!(kind("duty_shift").field("started_at").rule, Rule::Earliest);
    let end = kind("supplier_licence").field("valid_to");
    assert_eq!((end.rule, end.asks), (Rule::Soonest, true), "what ends soonest warns, and people are asked");
    assert_eq!(kind("training").field("attendees").rule, Rule::Union);
    assert!(kind("shift_handover").field("notes/1").is_searchable);
    assert!(!kind("shift_handover").field("items/钥匙/counted").is_searchable);
    assert_eq!((kind("meter").class, kind("meter").field("name").asks), (Class::Master, false));
    assert!(kind("waste").field("kg").asks);
    let part = kind("health_certificate_scan");
    assert_eq!((part.zh, part.field("scan/aa").rule), ("健康证明", Rule::Earliest));
    assert!(!part.field("scan/aa").asks);
    for entry in ["acts/1", "strikes/1", "restores/1", "corrections/1", "void/1"] {
        assert!(!kind("waste").field(entry).asks && !kind("finding").field(entry).asks, "{entry}");
    }
}

#[test]
fn ids_of_keyed_rows_never_change() {
    let shift = register("duty_shift").expect("a register");
    let row = document(json!({"date": "2026-09-01", "post": GATE.to_uppercase(), "shift": "夜班", "person": ME}));
    let id = |n| shift.row_id(Uuid::nil(), &row, n).expect("an id").expect("a key").to_string();
    let name = format!("entry/duty_shift/2026-09-01/{GATE}/夜班/{ME}/0");
    assert_eq!(id(0), Uuid::new_v5(&Uuid::nil(), name.as_bytes()).to_string());
    assert_eq!([id(0), id(1)], GOLDEN_SHIFT);
    let attendance = document(json!({"date": "2026-09-01", "class": GATE}));
    let class = register("class_attendance").expect("a register").row_id(Uuid::nil(), &attendance, 0).expect("an id");
    assert_eq!(class.map(|id| id.to_string()).as_deref(), Some(GOLDEN_CLASS));
    assert_eq!(register("waste").expect("a register").row_id(Uuid::nil(), &row, 0), Ok(None));
    let bad =
        shift.row_id(Uuid::nil(), &document(json!({"date": "2026-02-30", "post": GATE})), 0).expect_err("no date");
    assert_eq!(bad.field, "date");
    assert_eq!(part_id(Uuid::nil(), "scan").to_string(), GOLDEN_PART);
    assert_eq!(hold_scope(Uuid::nil(), Hold::Children).to_string(), GOLDEN_HOLD);
    let text = "kind | slash | 斜 | Slash\nclass | evidence\nkey | what\nrights | write keep_shift ; see keep_shift\n\
                what | 什么 | What | CH[a/b=x, c=y] | !\n";
    let slash = parse("slash.txt", text).expect("a register");
    let id = slash.row_id(Uuid::nil(), &document(json!({"what": "a/b"})), 0).expect("an id");
    assert_eq!(id, Some(Uuid::new_v5(&Uuid::nil(), b"entry/slash/a%2Fb/0")));
}

const GOLDEN_SHIFT: [&str; 2] = ["9bf963b0-94f2-50e3-8366-9232b2e6cc40", "3e50b75d-3bbe-5f2e-9fa9-472bb1e4e2c2"];
const GOLDEN_CLASS: &str = "27c2085e-8b69-566b-84c7-74e493c3303f";
const GOLDEN_PART: &str = "5e111716-cfc5-5122-ba34-b0105cbb9a97";
const GOLDEN_HOLD: &str = "b3dd7a72-83da-5408-a126-1bf6d2498ed3";

#[test]
fn due_times_and_days_follow_from_the_row_alone() {
    let licence = document(json!({"supplier": GATE, "valid_from": "2026-01-01", "valid_to": "2026-12-31"}));
    let filed = standing("supplier_licence", &licence);
    assert_eq!((filed.stage.as_deref(), filed.is_open), (Some("filed"), true));
    assert_eq!(filed.due.map(|due| due.local(DEFAULT_ZONE).to_string()).as_deref(), Some("2026-12-31 23:59:00"));
    assert_eq!((filed.day.as_deref(), filed.about.as_deref()), (Some("2026-01-01"), Some(GATE)));
    let check = document(json!({"at": 1_788_285_600_000_i64, "post": GATE, "person": ME, "result": "离岗"}));
    let open = standing("post_check", &check);
    assert_eq!(open.day.as_deref(), Some("2026-09-01"), "two at night belongs to the evening before");
    assert_eq!((open.assignee.as_deref(), open.place.as_deref()), (Some(ME), Some(GATE)));
    let void = document(json!({"at": 5, "void/1": {"reason": "重复", "by": ME, "at": 6}}));
    let void = standing("incident", &void);
    assert_eq!((void.stage.as_deref(), void.due, void.is_open), (Some("void"), None, false));
}

#[test]
fn inspections_findings_and_kinds_without_a_declaration_stand_where_they_stood() {
    let inspection = json!({"template": "T13@1", "subject": GATE, "business_date": "2026-09-01", "submits/li": 5});
    let of = standing("inspection", &document(inspection));
    assert_eq!((of.stage.as_deref(), of.place.as_deref(), of.is_open), (Some("submitted"), Some(GATE), false));
    let corrected = json!({"business_date": "2026-09-01",
        "corrections/1": {"field": "business_date", "value": "2026-09-02", "reason": "看错", "by": ME, "at": 5}});
    assert_eq!(standing("inspection", &document(corrected)).day.as_deref(), Some("2026-09-02"));
    let finding = json!({"area": GATE, "severity": "L2", "due": 5, "found_at": 1, "inspection": OTHER, "business_date": "2026-09-01"});
    let of = standing("finding", &document(finding));
    assert_eq!((of.due, of.place.as_deref(), of.parent.as_deref()), (Some(UtcMillis(5)), Some(GATE), Some(OTHER)));
    assert_eq!(standing("campus", &document(json!({"name": "x"}))).stage, None);
}

/// A register that exists nowhere but in this text.
const LOST_AND_FOUND: &str = include_str!("lost_and_found.txt");

#[test]
fn a_new_register_is_one_text() {
    let lost = parse("lost_and_found.txt", LOST_AND_FOUND).expect("a register");
    let set = json!({"what": "红色水杯", "area": GATE, "finder": "王小明", "phone": "138 0000 1234"});
    let checked = check_with(&lost, None, set, &[], &|_, _| None, None).expect("a row");
    let mut row: Map<String, Value> = checked.writes.into_iter().collect();
    assert_eq!((&row["found_at"], &row["phone"]), (&json!(NOW), &json!("13800001234")));
    assert_eq!(fold(&lost, &row).stage, "kept");
    row.insert("acts/1".into(), json!({"act": "return", "by": ME, "at": 90, "after": [], "set": {"owner": "李四"}}));
    let folded = fold(&lost, &row);
    assert_eq!((folded.stage.as_str(), &folded.document["owner"]), ("returned", &json!("李四")));
    assert_eq!(&folded.document["returned_at"], &json!(90));
    let of = domain::register::of_row(&lost, &folded);
    assert_eq!((of.place.as_deref(), of.due), (Some(GATE), None));
    assert!(!lost.is_open("returned") && lost.is_open("kept"));
}

#[test]
fn each_mistake_is_named_with_its_line_and_what_to_write() {
    let head = "kind | x | 名 | Name\nclass | evidence\nrights | write keep_shift ; see keep_shift\n";
    let body = "a | 甲 | A | TXT[1,9] | !\nb | 乙 | B | CH[一=One, 二=Two] |\nc | 丙 | C | INSTANT | now\n";
    // What stands after the three head lines, the line that is named, and words of the complaint.
    let cases = [
        ("colour | red\n", 4, "\"colour\" is no head line"),
        ("class | master\n", 4, "\"class\" stands twice"),
        ("key | a\n", 4, "a key is made of REF, PERSON, DATE and CH"),
        ("key | b\n", 6, "a part of the key may be left out"),
        ("day | b\n", 4, "name a field of type DATE or INSTANT"),
        ("about | a\n", 4, "\"a\" names no record"),
        ("place | nowhere\n", 4, "there is no field \"nowhere\""),
        ("hold | cellar\n", 4, "\"cellar\" is no compartment"),
        ("late | soon\n", 4, "\"soon\" is no span"),
        ("keep | ever\n", 4, "write 90d, 2y, term+30d or with FIELD"),
        ("list | a ; loudest first\n", 4, "\"loudest first\" is no order"),
        ("paper | scroll\n", 4, "begin with day, ledger or slip"),
        ("match | a\n", 0, "evidence is never imported"),
        ("expect | each moon\n", 4, "expects nothing"),
        ("stages | open 开 Open\nstages | open 开 Open\n", 5, "stands twice"),
        ("stages | done 完 Done: act finish ; open 开 Open\n", 4, "there is no act \"finish\""),
        ("stages | done 完 Done: has a\n", 4, "the last stage, and it alone, has no rule"),
        ("stages | open 开 Open ; done 完 Done\n", 4, "the last stage, and it alone, has no rule"),
        ("due | c + soon\n", 4, "is no due time"),
        ("d | 丁 | D | TEXT |\n", 4, "\"TEXT\" is no field type; write one of TXT, NUM"),
        ("d | 丁 | D | TXT[1,9] | !!\n", 4, "is no flag"),
        ("d | 丁 | D |\n", 4, "\"\" is no field type"),
        ("d | 丁 | D\n", 4, "this line has 3 columns"),
        ("d | | D | YES |\n", 4, "d has no label"),
        ("D | 丁 | D | YES |\n", 4, "\"D\" cannot be the name of a field"),
        ("acts | 丁 | D | YES |\n", 4, "\"acts\" cannot be the name of a field"),
        ("a | 丁 | D | YES |\n", 5, "a stands twice"),
        ("d | 丁 | D | NUM[g,,] | last\n", 4, "d is measured and has a preset"),
        ("d | 丁 | D | TEMP[℃,@no.such,] |\n", 4, "there is no setting \"no.such\""),
        ("d | 丁 | D | YES | search\n", 4, "d holds no words"),
        ("d | 丁 | D | YES | see see_money\n", 4, "write see PERMISSION else last4|surname|hidden"),
        ("d | 丁 | D | YES | see see_all else hidden\n", 4, "there is no permission \"see_all\""),
        ("d | 丁 | D | YES | keep 90d\n", 4, "put the field into a part that has a keep"),
        ("d | 丁 | D | YES | part secret\n", 4, "there is no part \"secret\""),
        ("d | 丁 | D | TXT[1,9] | ! yes\n", 4, "d is not answered by yes"),
        ("d | 丁 | D | YES | when b is 三\n", 4, "write one of 一, 二"),
        ("d | 丁 | D | YES | when e yes\n", 4, "there is no field \"e\""),
        ("d | 丁 | D | YES | when perhaps\n", 4, "is no condition"),
        ("d | 丁 | D | YES | now\n", 4, "now is for INSTANT, DATE and TIME"),
        ("d | 丁 | D | hook magic |\n", 4, "worked out by nobody"),
        ("d | 丁 | D | span(a, c) |\n", 4, "\"a\" is TXT"),
        ("d | 丁 | D | YES | fails soon\n", 4, "write fails L3 0"),
        ("act go | 走 | Go | keep_shift | from here ; counts first\n", 4, "there is no stage \"here\""),
        ("act go | 走 | Go | keep_shift | from kept\n", 4, "go says not from where, or how often it counts"),
        ("act go | 走 | Go | keep_shift\n", 4, "an act has five columns"),
        ("act go | 走 | Go | keep_shift | from kept ; counts first ; by a\n", 4, "name a field of type PERSON"),
        ("act go | 走 | Go | keep_shift | from kept ; counts first ; asks why\n", 4, "asks for nothing"),
        ("act go | 走 | Go | keep_shift | from kept ; counts first ; sets b 三\n", 4, "\"三\" is no option of b"),
        ("warn w | has a | shout | 字 | W\n", 4, "is no level"),
        ("warn w | a above 5 | note | 字 | W\n", 4, "\"a\" is TXT"),
        ("hook alarms | twice | note\n", 4, "is not known"),
        ("table | g: 三 = x\n", 4, "the words are not the options of one choice"),
        ("part | secret ; hold cellar\n", 4, "\"cellar\" is no compartment"),
    ];
    for (lines, line, words) in cases {
        let text = format!("{head}{lines}{body}");
        let error = parse("x.txt", &text).expect_err(lines).to_string();
        assert!(error.starts_with(&format!("x.txt:{line}: ")) && error.contains(words), "{lines}{error}");
    }
    for (text, words) in [
        ("", "the kind is missing"),
        ("class | evidence\n", "the first line names no kind"),
        ("kind | X | 名 | Name\n", "\"X\" cannot be a kind"),
        ("kind | x_own | 名 | Name\n", "\"x_own\" cannot be a kind"),
        ("kind | x | 名 | Name\nrights | write keep_shift ; see keep_shift\n", "the class is missing"),
        ("kind | x | 名 | Name\nclass | evidence\n", "the line of rights is missing"),
        ("kind | x | 名 | Name\nclass | evidence\nrights | see keep_shift\n", "nobody may write or see"),
        ("kind | x | 名 | Name\nclass | evidence\nrights | write keep_shift ; see 2d\n", "lets everybody in"),
        (
            "kind | x | 名 | Name\nclass | evidence\nrights | write keep_shift in place ; see keep_shift\na | 甲 | A | YES |\n",
            "a right asks for the place",
        ),
        (head, "there is no field"),
    ] {
        let error = parse("x.txt", text).expect_err(text).to_string();
        assert!(error.contains(words), "{text}{error}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(
        which in 0..25_usize,
        at in 0..2_000_usize,
        put in "[a-z|;:!@\\[\\]\\(\\) ,.0-9甲\\n]{0,8}",
        cut in 0..9_usize,
    ) {
        let sources = ["duty_shift", "shift_handover", "disinfection_log"];
        let path = format!("{}/presets/registers/{}.txt", env!("CARGO_MANIFEST_DIR"), sources[which % 3]);
        let text: Vec<char> = std::fs::read_to_string(path).expect("a file").chars().collect();
        let at = at % text.len();
        let changed: String = text[..at].iter().copied().chain(put.chars()).chain(text[(at + cut).min(text.len())..].iter().copied()).collect();
        if let Err(error) = parse("x.txt", &changed) {
            prop_assert!(!error.wrong.is_empty() && !error.write.is_empty());
        }
    }

    #[test]
    fn any_document_stands_somewhere(which in 0..25_usize, values in prop::collection::vec(super::support::any_json(), 0..6)) {
        let register = &all()[which];
        let mut row = Map::new();
        for (n, value) in values.into_iter().enumerate() {
            row.insert(register.fields[n % register.fields.len()].name.clone(), value);
        }
        let of = standing(&register.kind, &row);
        prop_assert!(of.stage.is_some_and(|stage| register.stage(&stage).is_some()));
        let _ = register.judge(&row, &Settings::default());
        prop_assert!(register.rights.of(Right::See).len() < 9);
    }
}
