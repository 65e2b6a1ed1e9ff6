//! What some records derive to, and what they are found by, each held together with the number of its rules.
//!
//! Rules of `domain` change it too: whoever changes them raises `DERIVATION`, says in `since` which column it is, and runs
//! `UPDATE_GOLDEN=1 cargo test -p replica derived`. For what is searched it is `WORDS`, and the same command.

use std::path::Path;

use causal::{Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use serde_json::json;
use uuid::Uuid;

use super::derive::{DERIVATION, Derived};
use super::search::{WORDS, Words};

/// A record of a kind, each list of fields saved by a tablet of its own that had seen nothing of the others.
fn record(kind: &str, saves: &[serde_json::Value]) -> Record {
    let mut state = State::new();
    for (replica, fields) in (1..).zip(saves) {
        let dot = Dot::new(ReplicaId(Uuid::from_u128(replica)), 1);
        let set = fields.as_object().expect("fields").iter();
        let set = set.map(|(name, value)| (name.as_str().into(), Value::from(value.clone())));
        let stamp = Stamp { at: 1_788_229_800_000 + replica as u64, by: Some("li".into()) };
        state.save(dot, stamp, &Seen::default(), set).expect("a save");
    }
    Record { id: RecordId(Uuid::from_u128(7)), kind: kind.into(), scope: None, state }
}

fn samples() -> Vec<(&'static str, Record)> {
    let form = json!({
        "business_date": "2026-09-01", "template": "T01@1", "created": {"at": 5, "by": "li"},
        "answers/T01.01/result": "pass", "answers/T01.01/note": "已看", "people/li": 5,
    });
    let with = |more: serde_json::Value| {
        let mut fields = form.clone();
        fields.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        fields
    };
    let step = |name: &str, at: u64, after: &[&str]| json!({"step": name, "by": "wang", "at": at, "after": after});
    let finding = json!({
        "description": "灯管不亮", "severity": "L2", "found_at": 5, "due": 99, "inspection": Uuid::nil(),
    });
    let shift = json!({
        "date": "2026-09-01", "post": Uuid::nil(), "shift": "夜班", "person": "li", "business_date": "2026-08-31",
        "created": {"at": 5, "by": "li"},
    });
    let on_shift = |more: serde_json::Value| {
        let mut fields = shift.clone();
        fields.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        fields
    };
    let given = json!({
        "description": "锁坏了", "due": 99, "steps/a": {"step": "派发", "by": "wang", "at": 6, "after": [], "assignee": "zhao", "due": 50},
    });
    let mut closed = given.clone();
    closed["steps/b"] = step("整改完成", 7, &["a"]);
    closed["steps/c"] = step("复查通过", 8, &["a", "b"]);
    closed["steps/d"] = step("销号", 9, &["a", "b", "c"]);
    vec![
        ("an open form", record("inspection", std::slice::from_ref(&form))),
        ("a submitted form", record("inspection", &[with(json!({"submits/li": 9}))])),
        ("a void form", record("inspection", &[with(json!({"void/1": {"reason": "重复", "by": "li", "at": 6}}))])),
        (
            "two verdicts, two notes and two templates",
            record(
                "inspection",
                &[
                    form.clone(),
                    json!({"answers/T01.01/result": "fail", "answers/T01.01/note": "不行", "template": "T02@1"}),
                ],
            ),
        ),
        (
            "ill-typed heads",
            record("inspection", &[json!({"business_date": 7, "template": null, "inspection": ["x"]})]),
        ),
        ("a new finding", record("finding", &[finding])),
        (
            "a finding of a patrol",
            record(
                "finding",
                &[json!({"description": "门没锁", "patrol_run": Uuid::max(), "checkpoint": "3", "due": 99})],
            ),
        ),
        ("a finding that was given to somebody", record("finding", &[given])),
        ("a closed finding", record("finding", &[closed])),
        (
            "a form whose subject was corrected",
            record(
                "inspection",
                &[with(
                    json!({"subject": "甲", "corrections/1": {"field": "subject", "value": "乙", "at": 6, "after": []}}),
                )],
            ),
        ),
        ("a shift that has not begun", record("duty_shift", std::slice::from_ref(&shift))),
        (
            "a shift that two tablets ended",
            record(
                "duty_shift",
                &[
                    on_shift(json!({"acts/1": {"act": "begin", "by": "li", "at": 10, "after": []}})),
                    json!({"acts/2": {"act": "end", "by": "li", "at": 30, "after": ["1"]}}),
                    json!({"acts/3": {"act": "end", "by": "li", "at": 20, "after": ["1"]}}),
                ],
            ),
        ),
        (
            "a handover that one person signed for both sides",
            record(
                "shift_handover",
                &[json!({
                    "from_shift": Uuid::nil(), "from": "li", "to": "li", "at": 1_788_229_800_000_u64,
                    "acts/1": {"act": "give", "by": "li", "at": 10, "after": [], "set": {"sig": {"strokes": [[[1, 1], [2, 2]]]}}},
                    "acts/2": {"act": "take", "by": "li", "at": 20, "after": ["1"], "set": {"sig": {"strokes": [[[1, 1], [2, 2]]]}}},
                })],
            ),
        ),
        (
            "a shift whose leader was corrected, and that is void",
            record(
                "duty_shift",
                &[on_shift(json!({
                    "corrections/1": {"field": "leader", "value": "wang", "at": 6, "after": []},
                    "void/1": {"reason": "重复", "by": "li", "at": 7},
                }))],
            ),
        ),
        (
            "a handover that waits for a hand",
            record(
                "shift_handover",
                &[json!({"from_shift": Uuid::nil(), "to": "wang", "post": Uuid::max(), "at": 1_788_229_800_000_u64})],
            ),
        ),
        ("a campus with two names", record("campus", &[json!({"name": "东园"}), json!({"name": "西园"})])),
        (
            "a kind of a later version",
            record("tomorrow", &[json!({"template": "T01@1", "note": "x"}), json!({"note": "y"})]),
        ),
    ]
}

/// Walks, of which words say no more than of anything else.
fn walks() -> Vec<(&'static str, Record)> {
    vec![(
        "a patrol with a visit by hand and a point that was missed",
        record(
            "patrol_run",
            &[json!({
                "route": Uuid::max(), "window": "am", "business_date": "2026-09-01", "plan": Uuid::nil(), "leader": "li",
                "visits/a/v/1": {
                    "n": 1, "by": "li", "how": "hand", "result": "正常", "arrived": 1_788_229_800_000_u64,
                    "clock": {"state": "server", "boot": Uuid::nil(), "steady_ms": 5_000},
                },
                "missed/b": {"reason": "门锁着", "by": "li", "at": 6},
                "ends/2": {
                    "n": 2, "by": "li", "at": 1_788_229_860_000_u64,
                    "clock": {"state": "server", "boot": Uuid::nil(), "steady_ms": 65_000},
                },
            })],
        ),
    )]
}

#[test]
fn what_is_derived_changes_with_its_number_alone() {
    let mut text = format!("derivation {DERIVATION}\n");
    for (what, record) in samples().into_iter().chain(walks()) {
        text += &format!("\n{what}\n{:#?}\n", Derived::of(&record));
    }
    check_golden("derived.txt", &text, "DERIVATION");
}

#[test]
fn what_records_are_found_by_changes_with_its_number_alone_derived_or_not() {
    let mut text = format!("words {WORDS}\n");
    for (what, record) in samples() {
        let [title, rest] = Words::of(&record).tokens();
        text += &format!("\n{what}\ntitle: {title}\nrest: {rest}\n");
    }
    check_golden("words.txt", &text, "WORDS");
}

/// Holds a text against its file, whose first line is the number of the rules.
fn check_golden(name: &str, text: &str, number: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let is_numbered = golden.lines().next() != text.lines().next() || golden == text;
        assert!(is_numbered, "{name} has changed, and `{number}` has not");
        std::fs::write(file, text).expect("written");
    } else {
        assert_eq!(golden, text, "{name} has changed; the head of this file says what to do");
    }
}
