//! Declarations: the ones that are compiled in, a whole one from a text alone, and what is said of one that is wrong.

use std::collections::BTreeSet;

use domain::field::Language;
use domain::kind::{Class, Rule, kind};
use domain::register::{
    BadValue, CheckedRow, FieldOf, Hold, Level, Register, Right, Saving, all, fold, has, hold_scope, parse, part_id,
    register, standing,
};
use domain::setting::Settings;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const ME: &str = "0199a1f0-0000-7000-8000-0000000000a1";
const OTHER: &str = "0199a1f0-0000-7000-8000-0000000000b2";
const GATE: &str = "0199a1f0-0000-7000-8000-0000000000c3";
const NOW: UtcMillis = UtcMillis(1_788_219_000_000); // 2026-09-01 07:30 in Shanghai

fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

/// Finds a record of a kind by its id.
type Referred<'a> = &'a dyn Fn(&str, &str) -> Option<Map<String, Value>>;

/// Checks what `ME` typed, with what else is known.
fn check_with(
    register: &Register,
    before: Option<&Map<String, Value>>,
    set: Value,
    confirmed: &[String],
    referred: Referred<'_>,
    earlier: Option<Value>,
) -> Result<CheckedRow, Vec<BadValue>> {
    let settings = Settings::default();
    let fresh = || Uuid::from_u128(9);
    let saving = Saving {
        me: Some(ME),
        now: NOW,
        zone: DEFAULT_ZONE,
        settings: &settings,
        before,
        last: &|name| (name == "company").then(|| json!("清运公司")),
        referred,
        earlier: &|_, _, _| earlier.clone(),
        fresh: &fresh,
        confirmed,
    };
    register.check(&document(set), &saving)
}

fn check(kind: &str, before: Option<&Map<String, Value>>, set: Value) -> Result<CheckedRow, Vec<BadValue>> {
    check_with(register(kind).expect("a register"), before, set, &[], &|_, _| None, None)
}

fn rules(refused: Result<CheckedRow, Vec<BadValue>>) -> Vec<(String, &'static str)> {
    refused.expect_err("refused").into_iter().map(|bad| (bad.field.clone(), bad.error.rule())).collect()
}

#[test]
fn every_register_that_is_compiled_in_parses_and_no_kind_stands_twice() {
    let kinds: BTreeSet<&str> = all().iter().map(|register| register.kind.as_str()).collect();
    assert_eq!(kinds.len(), all().len());
    assert_eq!(all().len(), 25);
    for register in all() {
        assert!(
            !register.list.columns.is_empty() && register.paper.is_some(),
            "{} has no list or no paper",
            register.kind
        );
        assert!(register.keep.is_some(), "{} is kept for ever", register.kind);
        assert!(!register.rights.correct.is_empty() && !register.rights.export.is_empty(), "{}", register.kind);
    }
}

#[test]
fn the_kinds_of_registers_are_read_as_their_declarations_say() {
    assert_eq!(kind("post_check").field("result").rule, Rule::Worst);
    assert_eq!(kind("duty_shift").field("started_at").rule, Rule::Earliest);
    assert_eq!(kind("training").field("attendees").rule, Rule::Union);
    assert!(kind("shift_handover").field("notes/1").is_searchable);
    assert!(!kind("shift_handover").field("items/钥匙/counted").is_searchable);
    assert_eq!((kind("meter").class, kind("meter").field("name").asks), (Class::Master, false));
    assert!(kind("waste").field("kg").asks);
    for entry in ["acts/1", "strikes/1", "restores/1", "corrections/1", "void/1"] {
        assert!(!kind("waste").field(entry).asks && !kind("finding").field(entry).asks, "{entry}");
    }
}

#[test]
fn a_new_row_gets_its_presets_and_writes_no_blanks() {
    let set = json!({"post": GATE, "shift": "夜班", "weather": "", "leader": null, "events": "东门灯坏"});
    let checked = check("duty_shift", None, set).expect("a row");
    let written: Map<String, Value> = checked.writes.into_iter().collect();
    let note = format!("events/{}", Uuid::from_u128(9));
    let expected = json!({
        "date": "2026-09-01", "post": GATE, "shift": "夜班", "person": ME,
        note: {"text": "东门灯坏", "by": ME, "at": NOW},
    });
    assert_eq!(Value::Object(written), expected);
    let blank = check("duty_shift", None, json!({"post": GATE, "shift": "夜班", "date": ""}));
    assert_eq!(
        rules(blank),
        [("date".to_owned(), "missing")],
        "a day that somebody took away is not put back in silence"
    );
}

#[test]
fn what_must_be_filled_in_is_named_with_its_rule_in_both_languages() {
    let refused = check("duty_shift", None, json!({"shift": "早班"}));
    assert_eq!(rules(refused.clone()), [("post".to_owned(), "missing"), ("shift".to_owned(), "option")]);
    let said = refused.expect_err("refused").remove(0);
    assert_eq!(said.say(Language::Zh), "「岗位」必须填写");
    assert_eq!(said.say(Language::En), "Post must be filled in");
}

#[test]
fn what_depends_on_another_answer_is_asked_then_and_only_then() {
    let row = |more: Value| {
        let mut set = document(json!({"area": GATE, "object": "餐具", "qty": "50"}));
        set.extend(document(more));
        check("disinfection_log", None, Value::Object(set))
    };
    assert_eq!(rules(row(json!({"method": "蒸汽"}))), [("temp_c".to_owned(), "missing")]);
    assert_eq!(rules(row(json!({"method": "紫外线", "lamp": GATE}))), [("nobody".to_owned(), "missing")]);
    assert_eq!(
        rules(row(json!({"method": "紫外线", "lamp": GATE, "nobody": "否"}))),
        [("nobody".to_owned(), "not-yes")]
    );
    assert_eq!(
        rules(row(json!({"method": "蒸汽", "temp_c": 100, "new_tube": true}))),
        [("new_tube".to_owned(), "not-asked")]
    );
    assert!(row(json!({"method": "蒸汽", "temp_c": "100℃"})).is_ok());
}

#[test]
fn a_measured_value_beyond_its_limit_is_kept_and_a_finding_follows() {
    let set = json!({"area": GATE, "object": "餐具", "qty": 50, "method": "蒸汽", "temp_c": 95});
    let warnings = check("disinfection_log", None, set).expect("kept").warnings;
    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].code.as_str(), warnings[0].en.as_str()), ("limit/temp_c", "Temperature is below 100 ℃"));
    assert!(matches!(warnings[0].level, Level::Finding(..)));
    let row = json!({"object": "毛巾", "method": "煮沸", "started_at": 0, "ended_at": 14 * 60_000});
    let found = register("disinfection_log").expect("a register").judge(&document(row), &Settings::default());
    assert_eq!(found[0].zh, "时长低于 15 min", "towels need longer than tableware");
    let reading = json!({"what": "冷藏", "c": "9"});
    let found = register("temperature_reading").expect("a register").judge(&document(reading), &Settings::default());
    assert_eq!(found[0].code, "warm_fridge");
}

#[test]
fn a_question_is_asked_until_it_is_answered() {
    let meter = register("meter_reading").expect("a register");
    let set = json!({"meter": GATE, "value": 90});
    let asked = check_with(meter, None, set.clone(), &[], &|_, _| None, Some(json!("100"))).expect("a row");
    assert_eq!(asked.to_confirm().map(|warning| warning.code.as_str()).collect::<Vec<_>>(), ["fall"]);
    assert!(asked.writes.iter().all(|(path, _)| path != "previous"), "what is looked up is not stored");
    let sure = check_with(meter, None, set, &["fall".to_owned()], &|_, _| None, Some(json!("100"))).expect("a row");
    assert_eq!(sure.to_confirm().count(), 0);
    let replaced = json!({"meter": GATE, "value": 9, "replaced": true});
    assert_eq!(check_with(meter, None, replaced, &[], &|_, _| None, Some(json!("100"))).expect("a row").warnings, []);
}

#[test]
fn a_handover_copies_its_shift_and_counts_what_the_school_says_is_there() {
    let shift = document(json!({"post": GATE, "person": ME}));
    let referred = |kind: &str, id: &str| (kind == "duty_shift" && id == OTHER).then(|| shift.clone());
    let handover = register("shift_handover").expect("a register");
    let all = ["钥匙", "对讲机", "防暴器材", "手电筒", "登记本"];
    let counts = [4, 2, 6, 2, 3];
    let items: Map<String, Value> = all
        .iter()
        .zip(counts)
        .map(|(item, count)| ((*item).to_owned(), json!({"counted": count.to_string()})))
        .collect();
    let set = json!({"from_shift": OTHER, "to": OTHER, "items": items.clone()});
    let checked = check_with(handover, None, set, &[], &referred, None).expect("a row");
    let row: Map<String, Value> = checked.writes.into_iter().collect();
    assert_eq!((&row["post"], &row["from"], &row["items/钥匙/should"]), (&json!(GATE), &json!(ME), &json!(5)));
    assert_eq!(checked.warnings[0].code, "short", "four of five keys");
    let wrong = |items: Value| {
        let set = json!({"from_shift": OTHER, "to": OTHER, "items": items});
        rules(check_with(handover, None, set, &[], &referred, None))
    };
    assert_eq!(wrong(json!({"飞机": {"counted": 1}})), [("items".to_owned(), "row")]);
    assert_eq!(wrong(json!({"钥匙": {"should": 1}})), [("items".to_owned(), "own")]);
    assert_eq!(wrong(json!({"钥匙": {"intact": true}})), [("items".to_owned(), "missing")]);
    let copied = json!({"from_shift": OTHER, "to": OTHER, "post": GATE, "items": items});
    assert_eq!(rules(check_with(handover, None, copied, &[], &referred, None)), [("post".to_owned(), "own")]);
}

#[test]
fn an_edit_writes_what_differs_and_leaves_the_key_alone() {
    let before = document(json!({"date": "2026-09-01", "post": GATE, "shift": "夜班", "person": ME, "weather": "晴"}));
    let edit = |set: Value| check("duty_shift", Some(&before), set);
    assert_eq!(edit(json!({"weather": "晴"})).expect("no change").writes, []);
    assert_eq!(edit(json!({"weather": "Rain"})).expect("an edit").writes, [("weather".to_owned(), json!("雨"))]);
    assert_eq!(edit(json!({"weather": null})).expect("an edit").writes, [("weather".to_owned(), Value::Null)]);
    assert_eq!(edit(json!({"leader": null})).expect("nothing to take away").writes, []);
    assert_eq!(rules(edit(json!({"date": "2026-09-02"}))), [("date".to_owned(), "frozen")]);
    assert_eq!(rules(edit(json!({"started_at": 5}))), [("started_at".to_owned(), "own")]);
    assert_eq!(rules(edit(json!({"colour": "red"}))), [("colour".to_owned(), "unknown")]);
    assert_eq!(
        rules(edit(json!({"weather": {"masked": "hidden", "shown": "***"}}))),
        [("weather".to_owned(), "masked")]
    );
    assert_eq!(rules(edit(json!({"leader": {"gone": "hold"}}))), [("leader".to_owned(), "masked")]);
}

#[test]
fn one_cell_or_one_photo_is_written_by_its_path() {
    let before = document(json!({"from_shift": OTHER, "from": ME, "to": OTHER, "at": 5, "items/钥匙/counted": 5}));
    let edit = |set: Value| check("shift_handover", Some(&before), set);
    assert_eq!(
        edit(json!({"items/钥匙/counted": "4"})).expect("an edit").writes,
        [("items/钥匙/counted".to_owned(), json!(4))]
    );
    assert_eq!(rules(edit(json!({"items/飞机/counted": 1}))), [("items".to_owned(), "row")]);
    assert_eq!(rules(edit(json!({"items/钥匙/wings": 1}))), [("items".to_owned(), "row")]);
    assert_eq!(rules(edit(json!({"notes/1": null}))), [("notes".to_owned(), "row")]);
    let photo = format!("strip/{}", "a".repeat(64));
    let before = document(json!({
        "area": GATE, "object": "玩具", "method": "含氯擦拭", "chlorine_mg_l": "250", "started_at": 5, "mixed_at": 5,
        photo.clone(): {"blob": "a".repeat(64), "mime": "image/png", "size": 5},
    }));
    let edited = check("disinfection_log", Some(&before), json!({photo.clone(): null})).expect("an edit");
    assert_eq!(edited.writes, [(photo, Value::Null)]);
}

#[test]
fn a_correction_passes_the_field_s_type_and_the_key_cannot_be_corrected() {
    let settings = Settings::default();
    let fresh = || Uuid::from_u128(9);
    let before = document(json!({"date": "2026-09-01", "post": GATE, "shift": "夜班", "person": ME}));
    let saving = Saving {
        me: Some(ME),
        now: NOW,
        zone: DEFAULT_ZONE,
        settings: &settings,
        before: Some(&before),
        last: &|_| None,
        referred: &|_, _| None,
        earlier: &|_, _, _| None,
        fresh: &fresh,
        confirmed: &[],
    };
    let shift = register("duty_shift").expect("a register");
    let rule = |path: &str, typed: Value| shift.check_correction(path, &typed, &saving).map_err(|bad| bad.error.rule());
    assert_eq!(rule("weather", json!("rain")), Ok(("weather".to_owned(), json!("雨"))));
    assert_eq!(rule("weather", json!("hot")), Err("option"));
    assert_eq!(rule("shift", json!("白班")), Err("frozen"));
    assert_eq!(rule("acts/1", json!("x")), Err("unknown"));
    assert_eq!(rule("weather", Value::Null), Ok(("weather".to_owned(), Value::Null)));
    let asked = shift.act("begin").expect("an act");
    assert!(shift.check_asks(asked, &document(json!({"why": "x"})), &saving).is_err());
    let refuse = register("shift_handover").expect("a register").act("refuse").expect("an act");
    let handover = register("shift_handover").expect("a register");
    let missing = handover.check_asks(refuse, &Map::new(), &saving).expect_err("a reason");
    assert_eq!((missing[0].field.as_str(), missing[0].error.rule()), ("reason", "missing"));
    let given = handover.check_asks(refuse, &document(json!({"reason": " 物品不符 "})), &saving);
    assert_eq!(given, Ok(document(json!({"reason": "物品不符"}))));
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

#[test]
fn what_is_worked_out_and_what_is_copied_is_not_typed() {
    for register in all() {
        for field in &register.fields {
            let is_typed = matches!(field.of, FieldOf::Stored(_)) && !field.is_own && field.from.is_none();
            let refused =
                check(&register.kind, None, json!({field.name.clone(): "\u{0}"})).expect_err("nothing takes that");
            let rule = refused.iter().find(|bad| bad.field == field.name).map(|bad| bad.error.rule());
            assert_eq!(rule == Some("own"), !is_typed, "{} {}", register.kind, field.name);
        }
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
    fn no_set_makes_the_check_panic_and_what_is_written_is_well_typed(
        which in 0..25_usize,
        values in prop::collection::vec(super::support::any_json(), 1..6),
    ) {
        let register = &all()[which];
        let mut set = Map::new();
        for (n, value) in values.into_iter().enumerate() {
            set.insert(register.fields[n % register.fields.len()].name.clone(), value);
        }
        if let Ok(checked) = check(&register.kind, None, Value::Object(set)) {
            let row: Map<String, Value> = checked.writes.into_iter().collect();
            for field in &register.fields {
                let gathered = field.stored().and_then(|of| Some((of, of.gather(&field.name, &row)?)));
                prop_assert!(gathered.is_none_or(|(of, value)| of.is_well_typed(&value)));
            }
            prop_assert!(register.key.iter().all(|part| has(&row, part)));
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
