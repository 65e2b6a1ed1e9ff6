//! A kitchen inspection from start to close-out, as one story.

use serde_json::json;

use crate::support::{Tablet, text};

/// Every item but the temperature of the dishes, answered well.
const FINE: [(&str, &str); 13] = [
    ("T01.01", "pass"),
    ("T01.02", "pass"),
    ("T01.04", "pass"),
    ("T01.05", "pass"),
    ("T01.06", "pass"),
    ("T01.08", "60 分钟"),
    ("T01.09", "pass"),
    ("T01.10", "pass"),
    ("T01.11", "pass"),
    ("T01.12", "4"),
    ("T01.13", "-18"),
    ("T01.14", "合格"),
    ("T01.15", "pass"),
];

#[test]
fn a_cold_dish_fails_the_kitchen_until_it_is_put_right_and_checked() {
    let tablet = Tablet::new();
    let cook = tablet.app(Some("cook-li"));
    let id = cook.kitchen();

    let today = cook.call("today.get", json!({}));
    assert_eq!(today["business_date"], "2026-09-01");
    assert_eq!(today["open"][0]["id"], id.as_str());

    for (item, result) in FINE {
        tablet.wait_ms(3_000);
        cook.answer(&id, item, json!(result));
    }
    let scored = cook.answer(&id, "T01.03", json!(6));
    assert_eq!(scored["score"]["percent"], "97.8");

    let cold = cook.call(
        "inspection.answer",
        json!({"id": id, "item": "T01.07", "result": [{"v": "６５，５℃", "of": "红烧肉"}], "note": "回锅加热"}),
    );
    assert_eq!(cold["items"][0]["result"], json!([{"v": "65.5", "of": "红烧肉"}]));
    assert_eq!(cold["score"]["verdict"], "fail", "one failed red line fails the form whatever the score");
    assert!(cook.findings().is_empty(), "the answer may still be taken back");

    tablet.wait_ms(5_000);
    let findings = cook.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["description"], "热菜出锅中心温度（抽测 2 道）：红烧肉 65.5 ℃；回锅加热");
    assert_eq!((&findings[0]["severity"], &findings[0]["state"]), (&json!("L4"), &json!("unassigned")));
    assert_eq!(findings[0]["found_by"]["id"], "cook-li");

    let problem = cook.refused("inspection.submit", json!({"id": id}));
    assert_eq!(problem["code"], "incomplete");
    let photos: Vec<String> =
        problem["missing"].as_array().expect("a list").iter().map(|gap| text(&gap["needs"])).collect();
    assert_eq!(photos, ["photo"; 3], "all is answered, and three items always want a photo");
    let submitted = cook.call("inspection.submit", json!({"id": id, "reason": "相机坏了"}));
    assert_eq!((&submitted["stage"], &submitted["submits"][0]["id"]), (&json!("submitted"), &json!("cook-li")));
    assert_eq!(submitted["incomplete"][0]["reason"], "相机坏了");

    let finding = text(&findings[0]["id"]);
    let chief = tablet.app(Some("logi-wang"));
    chief.call("finding.step", json!({"id": finding, "step": "派发", "assignee": "cook-li"}));
    cook.call("finding.step", json!({"id": finding, "step": "accept"}));
    let fixed = cook.call("finding.step", json!({"id": finding, "step": "fix", "note": "复热到 78℃"}));
    assert_eq!(fixed["state_zh"], "待复查");
    assert_eq!(cook.refusal("finding.step", json!({"id": finding, "step": "复查通过"})).0, "own-recheck");
    let closed = chief.call("finding.step", json!({"id": finding, "step": "复查通过"}));
    assert_eq!(closed["state_zh"], "已销号");
    assert_eq!(closed["breaches"], json!([]));
    assert_eq!(cook.call("today.get", json!({}))["counts"]["submitted_today"], 1);
}
