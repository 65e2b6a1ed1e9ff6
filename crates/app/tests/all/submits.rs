//! Submitting with a signature, and what is too long to be kept.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn a_signature_is_kept_with_the_submit_and_given_back() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let strokes = json!([[[0, 0], [500, 1_000]], [[20, 30]]]);
    let form = app.call("inspection.submit", json!({"id": id, "reason": "停电", "signature": strokes}));
    assert_eq!((&form["stage"], &form["submits"][0]["signature"]), (&json!("submitted"), &strokes));
    assert_eq!(form["submits"][0]["at"], json!(tablet.now()));
    let plain = app.kitchen();
    let form = app.call("inspection.submit", json!({"id": plain, "reason": "停电", "signature": [[], []]}));
    assert_eq!(form["submits"][0]["signature"], Value::Null, "a signature without a line is none");
    let today = app.call("today.get", json!({}));
    assert_eq!(today["counts"]["submitted_today"], 2);
}

#[test]
fn a_signature_that_is_none_is_refused() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let refused = |signature: Value| {
        let problem = app.refused("inspection.submit", json!({"id": id, "reason": "停电", "signature": signature}));
        (text(&problem["code"]), problem["limit"].as_str().map(str::to_owned))
    };
    assert_eq!(refused(json!([[[1_001, 0]]])).0, "bad-signature");
    assert_eq!(refused(json!([[[-1, 0]]])).0, "bad-arguments");
    assert_eq!(refused(json!([[[1, 2, 3]]])).0, "bad-arguments");
    for touch in [json!([[[500, 500]]]), json!([[[500, 500], [520, 515], [505, 500]]])] {
        assert_eq!(refused(touch).0, "bad-signature", "one touch is none");
    }
    let stroke = |points: usize| (0..points).map(|at| json!([at % 1_000, 1])).collect::<Vec<_>>();
    assert_eq!(refused(json!([stroke(4_001)])), ("limit-exceeded".into(), Some("points".into())));
    assert_eq!(refused(json!(vec![stroke(1); 201])), ("limit-exceeded".into(), Some("strokes".into())));
    assert_eq!(app.call("inspection.get", json!({"id": id}))["stage"], "open");
    app.call("inspection.submit", json!({"id": id, "reason": "停电", "signature": [stroke(4_000)]}));
}

#[test]
fn a_touch_in_the_place_of_a_signature_on_the_form_is_refused() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("inspection.start", json!({"template": "T05@1"}))["id"]);
    let (hand, touch) = (json!([[[100, 500], [700, 480]]]), json!([[[500, 500]]]));
    let sign = |result: Value| app.tries("inspection.answer", json!({"id": id, "item": "T05.02", "result": result}));
    assert_eq!(sign(touch.clone()).expect_err("a touch"), "bad-signature");
    assert_eq!(
        sign(json!([{"by": "a", "strokes": hand}, {"by": "b", "strokes": touch}])).expect_err("b"),
        "bad-signature"
    );
    sign(json!([{"by": "a", "strokes": hand}, {"by": "b", "strokes": hand}])).expect("two hands");
    sign(Value::Null).expect("taken away again");
}

#[test]
fn what_is_pasted_by_mistake_is_refused_by_the_name_of_the_limit() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let long = "长".repeat(35_000);
    let finding = text(&app.call("finding.report", json!({"description": "漏水"}))["id"]);
    let cases = [
        ("inspection.note", json!({"id": id, "item": "T01.01", "note": long}), "note"),
        ("inspection.answer", json!({"id": id, "item": "T01.01", "result": "fail", "note": long}), "note"),
        ("inspection.submit", json!({"id": id, "reason": long}), "reason"),
        ("inspection.void", json!({"id": id, "reason": long}), "reason"),
        ("finding.report", json!({"description": long}), "description"),
        ("finding.step", json!({"id": finding, "step": "void", "note": long}), "note"),
    ];
    for (name, arguments, field) in cases {
        let problem = app.refused(name, arguments);
        assert_eq!((&problem["code"], &problem["field"]), (&json!("limit-exceeded"), &json!(field)), "{name}");
        let limit = (&problem["limit"], &problem["most"], &problem["given"]);
        assert_eq!(limit, (&json!("characters"), &json!(2_000), &json!(35_000)), "{name}");
    }
    let accompany = text(&app.call("inspection.start", json!({"template": "T08@1"}))["id"]);
    let words = json!({"id": accompany, "item": "T08.11", "result": long});
    assert_eq!(app.refusal("inspection.answer", words), ("limit-exceeded".into(), Some("result".into())));
}

#[test]
fn every_character_that_people_type_comes_back_whole() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    for note in ["👨‍👩‍👧‍👦 排队👍🏽", "𠮷野家送餐 𡃁", "a\u{301}é\u{200d}", "一行\n两行", "\u{202e}反"]
    {
        app.call("inspection.note", json!({"id": id, "item": "T01.01", "note": note}));
        assert_eq!(app.item(&id, "T01.01")["note"], note);
    }
}

#[test]
fn a_number_that_has_two_readings_is_refused_and_both_are_offered() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let refused = |typed: &str| app.refused("inspection.answer", json!({"id": id, "item": "T01.07", "result": typed}));
    let two = refused("1,250 ℃");
    assert_eq!((&two["number"], &two["as_thousands"]), (&json!("ambiguous"), &json!("1250")));
    assert_eq!((&two["as_decimal"], &two["reason"]), (&json!("1.250"), &json!("number")));
    assert_eq!(refused("70 75")["number"], "space");
    assert_eq!(refused("165℉")["number"], "unknown_unit");
    assert_eq!((&refused("74 kg")["number"], &refused("74 kg")["expected"]), (&json!("other_unit"), &json!("℃")));
    assert_eq!(refused("很烫")["number"], "no_number");
    for typed in ["７４．２℃", "74,2", "74。2 度", " 74.2 ", "＋74.2"] {
        let item = app.answer(&id, "T01.07", json!(typed))["items"][0].clone();
        assert_eq!((&item["result"], &item["result_text"]), (&json!([{"v": "74.2"}]), &json!("74.2 ℃")), "{typed}");
    }
}
