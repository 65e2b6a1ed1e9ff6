//! The history of a record.

use causal::Seen;
use serde_json::{Value, json};

use super::support::*;
use crate::service::HistoryPart;

fn history(server: &Server, device: &Device, id: u128) -> Vec<Value> {
    let body = server.hub.history(&device.row, rid(id), HistoryPart::default()).expect("works").expect("is there");
    let body: Value = serde_json::from_slice(&body).expect("is JSON");
    body["changes"].as_array().expect("a list").clone()
}

#[test]
fn every_accepted_change_is_told_with_old_and_new_values() {
    let server = Server::new();
    let (mut a, mut b) = (server.tablet(), server.tablet());
    let mut by_a = finding(1, a.replica, 1, "one");
    let mut by_b = by_a.clone();
    a.push(&server, std::slice::from_ref(&by_a));
    server.clock.0.store(2_000, std::sync::atomic::Ordering::SeqCst);
    save(&mut by_a, a.replica, 2, "title", "two");
    save(&mut by_a, a.replica, 3, "place", "走廊");
    a.push(&server, std::slice::from_ref(&by_a));
    save(&mut by_b, b.replica, 1, "title", "three");
    b.push(&server, std::slice::from_ref(&by_b));
    b.push(&server, std::slice::from_ref(&by_b));
    let changes = history(&server, &a, 1);
    assert_eq!(changes.len(), 3, "an unchanged push is no change");
    assert_eq!(
        changes[0],
        json!({
            "sequence": 1, "device": a.row.id, "person": "王芳", "time": 1_000, "at": 101,
            "fields": {"title": {"old": [], "new": ["one"], "by": "王芳", "at": 101}},
        })
    );
    assert_eq!(
        changes[1],
        json!({
            "sequence": 2, "device": a.row.id, "person": "王芳", "time": 2_000, "at": 103,
            "fields": {
                "title": {"old": ["one"], "new": ["two"], "by": "王芳", "at": 102},
                "place": {"old": [], "new": ["走廊"], "by": "王芳", "at": 103},
            },
        })
    );
    assert_eq!(changes[2]["device"], json!(b.row.id));
    let title = &changes[2]["fields"]["title"];
    assert_eq!(title["old"], json!(["two"]));
    let mut both: Vec<&str> = title["new"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    both.sort_unstable();
    assert_eq!(both, ["three", "two"]);
    assert_eq!(changes[2]["fields"].as_object().map(serde_json::Map::len), Some(1));
}

/// One part of a history: its places, and where it goes on.
fn part(server: &Server, device: &Device, after: u64, limit: u64) -> (Vec<Value>, Value) {
    let part = HistoryPart { after, limit };
    let body = server.hub.history(&device.row, rid(1), part).expect("works").expect("is there");
    let body: Value = serde_json::from_slice(&body).expect("is JSON");
    (body["changes"].as_array().expect("a list").clone(), body["next"].clone())
}

#[test]
fn the_parts_of_a_history_are_together_the_whole() {
    let server = Server::new();
    let mut a = server.tablet();
    let mut record = finding(1, a.replica, 1, "title 1");
    for turn in 2..=6 {
        a.push(&server, std::slice::from_ref(&record));
        a.push(&server, &[finding(2, a.replica, 100 + turn, "other")]);
        save(&mut record, a.replica, turn, "title", &format!("title {turn}"));
    }
    let whole = history(&server, &a, 1);
    assert_eq!(part(&server, &a, 0, u64::MAX), (whole.clone(), Value::Null));
    let (mut parts, mut after) = (Vec::new(), 0);
    loop {
        let (changes, next) = part(&server, &a, after, 2);
        assert!((1..=2).contains(&changes.len()));
        parts.extend(changes);
        let Some(next) = next.as_u64() else { break };
        assert_eq!(parts.last().expect("a change")["sequence"], next);
        after = next;
    }
    assert_eq!(parts, whole);
    assert_eq!(part(&server, &a, 1_000, 2), (Vec::new(), Value::Null));
}

#[test]
fn a_part_of_a_history_is_no_larger_than_a_page() {
    let server = Server::new();
    let mut a = server.tablet();
    let mut record = record(1, "finding", None);
    for counter in 1..=12 {
        for field in 0..15 {
            save(&mut record, a.replica, 100 * counter + field, &format!("field{field}"), &"x".repeat(60_000));
        }
        a.push(&server, std::slice::from_ref(&record));
    }
    let (mut seen, mut after, mut parts) = (0, 0, 0);
    loop {
        let asked = HistoryPart { after, ..HistoryPart::default() };
        let body = server.hub.history(&a.row, rid(1), asked).expect("works").expect("is there");
        assert!(body.len() < wire::MAX_PAGE_BYTES + 1_000, "{}", body.len());
        let body: Value = serde_json::from_slice(&body).expect("is JSON");
        seen += body["changes"].as_array().map_or(0, Vec::len);
        parts += 1;
        let Some(next) = body["next"].as_u64() else { break };
        after = next;
    }
    assert!(seen == 12 && parts > 1, "{seen} changes in {parts} parts");
}

#[test]
fn equal_values_are_told_once() {
    let server = Server::new();
    let (mut a, mut b) = (server.tablet(), server.tablet());
    a.push(&server, &[finding(1, a.replica, 1, "same")]);
    b.push(&server, &[finding(1, b.replica, 1, "same")]);
    assert_eq!(
        history(&server, &a, 1)[1]["fields"]["title"],
        json!({"old": ["same"], "new": ["same"], "by": "王芳", "at": 101})
    );
}

#[test]
fn values_are_told_as_they_were_written() {
    let server = Server::new();
    let mut a = server.tablet();
    let mut record = record(1, "finding", None);
    let stamp = causal::Stamp { at: 0, by: None };
    let value = causal::Value::parse("1.50").expect("a value");
    let dot = causal::Dot::new(a.replica, 1);
    record.state.save(dot, stamp, &Seen::nothing(), [("weight".into(), value)]).expect("a save");
    a.push(&server, &[record]);
    let body = server.hub.history(&a.row, rid(1), HistoryPart::default()).expect("works").expect("is there");
    let body = String::from_utf8(body).expect("is text");
    assert!(body.contains(r#""new":[1.50]"#) && body.contains(r#""person":null"#), "{body}");
}

#[test]
fn time_and_person_are_those_of_the_newest_write_by_its_stamp() {
    let server = Server::new();
    let mut a = server.tablet();
    let mut record = record(1, "finding", None);
    for (counter, at, by) in [(1, 500, "李雷"), (2, 300, "韩梅梅")] {
        let stamp = causal::Stamp { at, by: Some(by.into()) };
        let set = [(format!("field{counter}").into(), causal::Value::null())];
        record.state.save(causal::Dot::new(a.replica, counter), stamp, &Seen::nothing(), set).expect("a save");
    }
    a.push(&server, &[record]);
    let change = &history(&server, &a, 1)[0];
    assert_eq!((&change["at"], &change["person"]), (&json!(500), &json!("李雷")));
}

#[test]
fn each_field_tells_who_wrote_it_though_one_push_carried_them_all() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut shared = record(1, "note", None);
    save_by(&mut shared, tablet.replica, 1, "first", "不合格", "张三");
    save_by(&mut shared, tablet.replica, 2, "second", "合格", "李四");
    tablet.push(&server, std::slice::from_ref(&shared));
    let change = history(&server, &tablet, 1).remove(0);
    assert_eq!(change["fields"]["first"]["by"], "张三");
    assert_eq!(change["fields"]["second"]["by"], "李四");
}
