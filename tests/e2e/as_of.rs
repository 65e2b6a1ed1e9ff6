//! A paper tells of gaps only as far as its device has heard all that the server had.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use rounds_tests::{School, TestDevice};
use serde_json::{Value, json};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

#[test]
fn a_tablet_that_has_been_away_calls_nothing_missing_that_it_cannot_know() {
    let School { folder, server, tablets: [] } = School::open([]);
    let office = TestDevice::new(&folder.path().join("office"));
    office.enrol(&server, &["--role", "office"]);
    let campus = text(&office.call("campus.save", json!({ "name": "东校区", "kind": "kindergarten" }))["id"]);
    office.call("area.save", json!({ "name": "大一班", "kind": "class", "scope": campus }));
    let head = text(&office.call("person.save", json!({ "name": "王园长", "scope": campus }))["id"]);
    office.call("person.grant", json!({ "person": head, "role": "head", "campus": campus }));
    office.sync();

    // Since then it has heard nothing; on the school days of that week others may have counted their children.
    let synced = Utc::now();
    let later = synced + TimeDelta::days(8);
    let day = |at: DateTime<Utc>| {
        at.with_timezone(&FixedOffset::east_opt(8 * 3_600).expect("a zone")).format("%Y-%m-%d").to_string()
    };
    let days = json!({ "sheet": "class_attendance", "from": day(synced), "to": day(later) });
    let paper = office.held_by(&head).at(&later.timestamp_millis().to_string()).call("sheet.get", days);
    let as_of = paper["as_of"].as_i64().expect("it has heard the server");
    assert!((as_of - synced.timestamp_millis()).abs() < 3_600_000, "not today, but the last exchange: {paper}");
    assert_eq!(paper["gaps"], json!([]), "{paper}");
}
