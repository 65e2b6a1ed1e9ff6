//! The small words of declarations: conditions, units, limits out of tables, stages, and what most registers do without.

use domain::field::Document;
use domain::kind::Class;
use domain::permission::Permission;
use domain::register::{Each, Hold, Keep, PlaceRule, Register, Right, fold, parse};
use domain::setting::Settings;
use serde_json::{Value, json};

fn document(value: Value) -> Document {
    value.as_object().cloned().expect("an object")
}

/// A register with these warnings, each `code | condition`.
fn warning(condition: &str) -> Result<Register, String> {
    let text = format!(
        "kind | t | 试 | Try\nclass | evidence\nrights | write keep_shift ; see keep_shift\n\
         age | 时效 | Age | NUM[min,0,] |\nkg | 重 | Weight | NUM[kg,0,] |\nn | 数 | Count | COUNT |\nm | 数 | Count | COUNT |\n\
         yes | 是 | Yes | YES |\nword | 词 | Word | CH[甲=A, 乙=B, 丙=C] |\nnote | 注 | Note | NOTES |\n\
         rows | 表 | Rows | ROWS[want 应 Want COUNT, got 得 Got COUNT] |\nfrom | 起 | From | INSTANT |\nto | 止 | To | INSTANT |\n\
         warn w | {condition} | note | 字 | Words\n"
    );
    parse("t.txt", &text).map_err(|error| error.to_string())
}

fn holds(condition: &str, row: Value) -> bool {
    let register = warning(condition).unwrap_or_else(|error| panic!("{error}"));
    register.judge(&document(row), &Settings::default()).iter().any(|warning| warning.code == "w")
}

#[test]
fn conditions_hold_when_all_of_their_clauses_do() {
    assert!(holds("has word", json!({"word": "甲"})) && !holds("has word", json!({"word": ""})));
    assert!(holds("has note", json!({"note/1": {"text": "x"}})) && !holds("has note", json!({"note/1": null})));
    assert!(holds("lacks yes", json!({"yes": false})), "a no is nothing that was done");
    assert!(holds("yes yes", json!({"yes": true})) && !holds("yes yes", json!({"yes": "true"})));
    assert!(holds("word is 甲|乙", json!({"word": "乙"})) && !holds("word is 甲|乙", json!({"word": "丙"})));
    assert!(
        holds("has word and lacks n", json!({"word": "甲"}))
            && !holds("has word and lacks n", json!({"word": "甲", "n": 1}))
    );
    let hours = |hours: i64| json!({"from": 0, "to": hours * 3_600_000});
    assert!(holds("to after from by 26h", hours(27)) && !holds("to after from by 26h", hours(26)));
    assert!(!holds("to after from by 26h", json!({"to": 1})), "an unknown end is no long span");
}

#[test]
fn numbers_are_compared_with_numbers_fields_rows_and_settings() {
    assert!(holds("n above 5", json!({"n": 6})) && !holds("n above 5", json!({"n": 5})));
    assert!(holds("n below m", json!({"n": 1, "m": 2})) && !holds("n below m", json!({"n": 1})));
    let rows = |got: u32| json!({"rows/a/want": 2, "rows/a/got": 2, "rows/b/want": 3, "rows/b/got": got});
    assert!(holds("rows.got below rows.want", rows(2)) && !holds("rows.got below rows.want", rows(3)));
    assert!(!holds("rows.got below rows.want", json!({"rows/a/want": 2})), "what nobody counted is not short");
}

#[test]
fn a_setting_in_hours_is_compared_in_minutes_and_other_units_are_refused() {
    // soft.pickup_list_h is 4 hours.
    assert!(holds("age above @soft.pickup_list_h", json!({"age": "241"})));
    assert!(!holds("age above @soft.pickup_list_h", json!({"age": "240"})));
    let refused = warning("kg above @soft.pickup_list_h").expect_err("kilograms are no hours");
    assert!(refused.contains("compare what has one unit"), "{refused}");
    assert!(warning("kg above @no.such").is_err_and(|error| error.contains("there is no setting")));
}

#[test]
fn a_stage_follows_from_the_row_and_never_from_a_setting() {
    let with = |stages: &str| {
        let text = format!(
            "kind | t | 试 | Try\nclass | evidence\nrights | write keep_shift ; see keep_shift\nstages | {stages}\n\
             n | 数 | Count | NUM[min,,] |\nact go | 走 | Go | keep_shift | from start ; counts first\n"
        );
        parse("t.txt", &text)
    };
    let refused = with("far 远 Far: n above @K.uv.min ; start 始 Start").expect_err("a setting").to_string();
    assert!(refused.contains("a stage follows from the row alone"), "{refused}");
    let two = with("gone 走 Gone away: act go ; gone: n above 5 ; start 始 Start").expect("two ways to one stage");
    assert_eq!(two.stage("gone").map(|stage| (stage.en.as_str(), stage.when.len())), Some(("Gone away", 2)));
    assert_eq!(fold(&two, &document(json!({"n": "6"}))).stage, "gone");
    assert_eq!(fold(&two, &document(json!({"n": "5"}))).stage, "start");
    assert!(two.is_open("start") && !two.is_open("gone"));
}

#[test]
fn a_limit_is_looked_up_by_the_words_of_two_fields() {
    let register = domain::register::register("disinfection_log").expect("a register");
    let codes = |row: Value| -> Vec<String> {
        let found = register.judge(&document(row), &Settings::default());
        found.into_iter().map(|warning| warning.code).collect()
    };
    let minutes = |object: &str, method: &str, minutes: i64| json!({"object": object, "method": method, "started_at": 0, "ended_at": minutes * 60_000});
    assert_eq!(codes(minutes("餐具", "煮沸", 10)), Vec::<String>::new());
    assert_eq!(codes(minutes("毛巾", "煮沸", 10)), ["limit/minutes"]);
    assert_eq!(codes(minutes("玩具", "煮沸", 1)), Vec::<String>::new(), "no rule says how long toys are boiled");
    assert_eq!(codes(minutes("空气", "紫外线", 29)), ["short_uv"]);
    assert_eq!(codes(json!({"started_at": 60_000, "ended_at": 0})), ["limit/minutes"], "it ends before it begins");
    assert_eq!(codes(json!({"mixed_at": 0, "started_at": 0, "ended_at": 241 * 60_000})), ["limit/solution_min"]);
}

#[test]
fn what_most_registers_do_without_is_read_as_well() {
    let pickup = parse("pickup_authorisation.txt", include_str!("pickup_authorisation.txt")).expect("a register");
    assert_eq!((pickup.class, pickup.asks, pickup.hold), (Class::Master, true, Some(Hold::Children)));
    assert_eq!(pickup.place, Some(PlaceRule::Of("child".into())));
    assert_eq!(pickup.keep, Some(Keep::With("child".into())));
    assert_eq!(pickup.rights.of(Right::Count)[0].permission, Some(Permission::SeeAllRecords));
    assert_eq!(pickup.paper.as_ref().and_then(|paper| paper.reader), Some(Permission::SeePickup));
    assert_eq!(pickup.valid, Some(("valid_from".into(), "valid_to".into())));
    let spend = json!({"one_off": true, "acts/1": {"act": "spend", "by": "li", "at": 1}});
    assert_eq!(fold(&pickup, &document(spend)).stage, "spent");
    let often = json!({"acts/1": {"act": "spend", "by": "li", "at": 1}});
    assert_eq!(
        fold(&pickup, &document(often)).not_counted("1"),
        Some("wrong_stage"),
        "it may be used as often as needed"
    );
    let roster = domain::register::register("shift_handover").expect("a register");
    assert!(
        matches!(&roster.expects[0].each, Each::Row { kind, stage: Some(stage), by: Some(3_600_000) } if kind == "duty_shift" && stage == "ended")
    );
}
