//! The first screen.

use serde_json::json;

use crate::support::Tablet;

const DAY_MS: u64 = 86_400_000;

#[test]
fn what_is_due_today_shows_beside_any_number_of_what_is_overdue() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let report = |description: &str, found_at: u64, due: u64| {
        app.call(
            "finding.report",
            json!({"description": description, "severity": "L1", "found_at": found_at, "due": due}),
        );
    };
    let now = tablet.now();
    for _ in 0..21 {
        report("早该修好", now - 10 * DAY_MS, now - 1);
    }
    report("今天修好", now - DAY_MS, now + 3_600_000);
    report("正是此刻", now - DAY_MS, now);
    report("明天修好", now - DAY_MS, now + DAY_MS);
    let today = app.call("today.get", json!({}));
    let due: Vec<_> = today["due"].as_array().expect("findings").iter().map(|row| row["description"].clone()).collect();
    assert_eq!(due, ["正是此刻", "今天修好"]);
    assert_eq!((today["overdue"].as_array().map(Vec::len), &today["counts"]["overdue"]), (Some(20), &json!(21)));
}

#[test]
fn what_was_found_today_is_counted_whatever_became_of_it() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let now = tablet.now();
    for (found_at, spot) in [(now, false), (now, true), (now - 2 * DAY_MS, false)] {
        app.call("finding.report", json!({"description": "漏", "found_at": found_at, "corrected_on_spot": spot}));
    }
    assert_eq!(app.call("today.get", json!({}))["counts"]["found_today"], json!(2));
}
