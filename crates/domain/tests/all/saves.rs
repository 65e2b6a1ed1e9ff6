//! What people type into rows: what is stored of it, and what is told of what is not.

use domain::field::Language;
use domain::register::{BadValue, CheckedRow, FieldOf, Level, Register, Saving, all, has, register};
use domain::setting::Settings;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

pub const ME: &str = "0199a1f0-0000-7000-8000-0000000000a1";
pub const OTHER: &str = "0199a1f0-0000-7000-8000-0000000000b2";
pub const GATE: &str = "0199a1f0-0000-7000-8000-0000000000c3";
pub const NOW: UtcMillis = UtcMillis(1_788_219_000_000); // 2026-09-01 07:30 in Shanghai

pub fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

/// Finds a record of a kind by its id.
pub type Referred<'a> = &'a dyn Fn(&str, &str) -> Option<Map<String, Value>>;

/// Checks what `ME` typed, with what else is known.
pub fn check_with(
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
        known: &|_, _, _| Vec::new(),
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
    let before = document(json!({"from_shift": OTHER, "to": OTHER, "at": 5, "items/钥匙/counted": 5}));
    let later = check_with(handover, Some(&before), json!({"to": ME}), &[], &referred, None).expect("an edit");
    let copies = [("to".to_owned(), json!(ME)), ("post".to_owned(), json!(GATE)), ("from".to_owned(), json!(ME))];
    assert_eq!(later.writes, copies, "the shift has arrived meanwhile");
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
        known: &|_, _, _| Vec::new(),
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
}
