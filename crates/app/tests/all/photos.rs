//! Photos of items, steps and reports.

use serde_json::{Value, json};

use crate::support::{Tablet, photo, text};

#[test]
fn a_photo_is_shown_with_who_added_it_and_counts_for_its_item() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.04", json!("fail"));
    app.call("inspection.note", json!({"id": id, "item": "T01.04", "note": "有鼠迹"}));
    assert_eq!(app.item(&id, "T01.04")["missing"], json!(["photo"]), "a failed item asks for its photo");
    let filled = app.call("inspection.photo", json!({"id": id, "item": "T01.04", "photo": photo('a')}));
    let item = &filled["items"][0];
    assert_eq!(item["missing"], json!([]));
    let shown = &item["photos"][0];
    assert_eq!((&shown["by"]["id"], &shown["at"]), (&json!("li"), &json!(tablet.now())));
    assert_eq!((&shown["state"], &shown["source"]), (&json!("awaited"), &json!("camera")), "its bytes are not here");
    assert_eq!((&shown["can_undo"], &shown["thumb"]), (&json!(true), &Value::Null));
    assert_eq!(shown["thumb_here"], json!(false), "nothing can be shown yet");
}

#[test]
fn a_small_picture_that_came_before_its_photo_can_be_shown() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let mut reference = photo('0');
    reference["thumb"] = json!(app.app().store().put_blob(b"a small picture").expect("room").to_string());
    let filled = app.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": reference}));
    let shown = &filled["items"][0]["photos"][0];
    assert_eq!((&shown["state"], &shown["thumb_here"]), (&json!("awaited"), &json!(true)));
}

#[test]
fn where_the_bytes_of_a_photo_are_is_told() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let blob = app.app().store().put_blob(b"a picture").expect("room").to_string();
    let mut reference = photo('0');
    reference["blob"] = json!(blob);
    let filled = app.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": reference}));
    let shown = &filled["items"][0]["photos"][0];
    assert_eq!((&shown["state"], &shown["thumb_here"]), (&json!("here"), &json!(true)));
    let queue = app.call("sync.queue", json!({}));
    assert_eq!((&queue["photos"][0]["blob"], &queue["photos"][0]["record"]), (&json!(blob), &json!(id)));
    assert_eq!(queue["photos"][0]["title"], queue["items"][0]["title"]);
    assert_eq!(text(&queue["items"][0]["title"]), "厨房日检（日管控） · 中心食堂");
    assert_eq!(app.call("sync.status", json!({}))["pending_blobs"], 1);
}

#[test]
fn a_photo_can_be_taken_back_by_who_added_it_alone() {
    let tablet = Tablet::new();
    let (li, wang) = (tablet.app(Some("li")), tablet.app(Some("wang")));
    let id = li.kitchen();
    li.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": photo('a')}));
    tablet.wait_ms(10);
    li.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": photo('b')}));
    let undo = json!({"id": id, "item": "T01.01", "photo": "a".repeat(64)});
    assert_eq!(wang.refusal("inspection.undo", undo.clone()), ("nothing-to-undo".into(), Some("photo".into())));
    assert_eq!(wang.item(&id, "T01.01")["photos"][0]["can_undo"], false);
    let filled = li.call("inspection.undo", undo.clone());
    let left = filled["items"][0]["photos"].as_array().expect("photos");
    assert_eq!((left.len(), &left[0]["blob"]), (1, &json!("b".repeat(64))));
    assert_eq!(li.refusal("inspection.undo", undo).0, "nothing-to-undo");
    li.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": photo('a'), "seen": filled["version"]}));
    assert_eq!(li.item(&id, "T01.01")["photos"].as_array().map(Vec::len), Some(2), "and added again");
    li.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    assert_eq!(li.item(&id, "T01.01")["photos"][0]["can_undo"], false);
}

#[test]
fn two_who_add_one_photo_ask_nobody() {
    let tablet = Tablet::new();
    let (li, wang) = (tablet.app(Some("li")), tablet.app(Some("wang")));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    let add = json!({"id": id, "item": "T01.01", "photo": photo('a'), "seen": seen});
    li.call("inspection.photo", add.clone());
    tablet.wait_ms(1_000);
    wang.call("inspection.photo", add);
    assert_eq!(li.call("conflict.list", json!({}))["conflicts"], json!([]));
    let photos = li.item(&id, "T01.01")["photos"].clone();
    assert_eq!((photos.as_array().map(Vec::len), &photos[0]["by"]["id"]), (Some(1), &json!("li")));
}

#[test]
fn what_is_no_photo_is_refused_and_changes_nothing() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let with = |name: &str, value: Value| {
        let mut reference = photo('a');
        reference[name] = value;
        reference
    };
    let bad = [
        with("blob", json!("A".repeat(64))),
        with("blob", json!("a".repeat(63))),
        with("thumb", json!("x")),
        with("mime", json!("text/html")),
        with("size", json!(0)),
        with("size", json!(1_u64 << 40)),
        with("taken_at", json!(u64::MAX)),
        with("source", json!("film")),
        with("path", json!("/etc/passwd")),
        json!("a".repeat(64)),
        json!(null),
    ];
    for photo in bad {
        let refusal = app.refusal("inspection.photo", json!({"id": id, "item": "T01.01", "photo": photo}));
        assert_eq!(refusal, ("bad-photo".into(), Some("photo".into())), "{photo}");
        let report = json!({"description": "漏水", "photos": [photo]});
        assert_eq!(app.refusal("finding.report", report), ("bad-photo".into(), Some("photos".into())));
    }
    let many: Vec<Value> = (0..21).map(|_| photo('a')).collect();
    let problem = app.refused("finding.report", json!({"description": "漏水", "photos": many}));
    assert_eq!((&problem["code"], &problem["limit"]), (&json!("limit-exceeded"), &json!("photos")));
    assert!(app.findings().is_empty());
}

#[test]
fn a_finding_shows_the_photos_of_its_answer_its_report_and_its_steps() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.call("inspection.answer", json!({"id": id, "item": "T01.04", "result": "fail", "note": "有鼠迹"}));
    app.call("inspection.photo", json!({"id": id, "item": "T01.04", "photo": photo('a')}));
    tablet.wait_ms(5_000);
    let finding = text(&app.findings()[0]["id"]);
    let view = app.call("finding.get", json!({"id": finding}));
    assert_eq!(view["photos"][0]["blob"], json!("a".repeat(64)));
    let origin = &view["origin"];
    assert_eq!((&origin["inspection"], &origin["item"]), (&json!(id), &json!("T01.04")));
    assert_eq!((&origin["note"], &origin["result_text"]), (&json!("有鼠迹"), &json!("不合格")));
    assert!(text(&origin["item_text"]).starts_with("纱窗"));
    let fixed = app.call("finding.step", json!({"id": finding, "step": "fix", "photos": [photo('b'), photo('b')]}));
    assert_eq!(fixed["steps"][0]["photos"].as_array().map(Vec::len), Some(1), "the same photo twice is one");
    assert_eq!(fixed["photo_count"], 1);
    let reported = app.call("finding.report", json!({"description": "漏水", "photos": [photo('c')]}));
    assert_eq!((&reported["photos"][0]["blob"], &reported["origin"]), (&json!("c".repeat(64)), &Value::Null));
}
