//! Who may give which command through which door.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::{Access, Audience};
use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn who_shares_a_door_says_first_who_works_and_reads_without() {
    let tablet = Tablet::new();
    let person = text(&tablet.app(None).call("person.save", json!({"name": "李师傅"}))["id"]);
    for door in [tablet.shared(), tablet.office(None)] {
        for command in app::all_commands().iter().filter(|command| command.audience == Audience::People) {
            let refused = door.tries(command.name, json!({"no_such_argument": 1})).expect_err(command.name);
            let takes_a_name = matches!(command.access, Access::Write | Access::Own);
            let expected = if takes_a_name { "person-needed" } else { "bad-arguments" };
            assert_eq!(refused, expected, "{}", command.name);
        }
        assert_eq!(door.call("today.get", json!({}))["by"], Value::Null);
    }
    let form = tablet.office(Some(&person)).call("inspection.start", json!({"template": "T01@1"}));
    assert_eq!(form["created_by"]["name"], "李师傅");
    let shared = tablet.shared();
    shared.call("person.switch", json!({"person": person}));
    shared.call("inspection.start", json!({"template": "T01@1"}));
}

#[test]
fn the_office_is_no_tablet_and_serves_no_support() {
    let tablet = Tablet::new();
    let (office, shared) = (tablet.office(Some("lin")), tablet.shared());
    for command in app::all_commands() {
        let tried = office.tries(command.name, json!({"no_such_argument": 1})).expect_err(command.name);
        let expected = match command.audience {
            Audience::Support => "support-only",
            Audience::Tablet => "tablet-only",
            Audience::People => "bad-arguments",
        };
        assert_eq!(tried, expected, "{}", command.name);
        let tried = shared.tries(command.name, json!({"no_such_argument": 1})).expect_err(command.name);
        assert_eq!(tried == "support-only", command.audience == Audience::Support, "{}", command.name);
    }
    for name in ["person.switch", "campus.use", "sync.enrol", "sync.now", "sync.retry"] {
        let command = app::all_commands().iter().find(|command| command.name == name).expect("the command");
        assert_eq!((command.audience, command.access), (Audience::Tablet, Access::Device), "{name}");
    }
}

#[test]
fn an_exchange_begins_when_somebody_asks_for_it() {
    let tablet = Tablet::new();
    let hand = tablet.shared();
    let status = hand.call("sync.now", json!({}));
    assert_eq!((&status["badge"], &status["badge_reason"]), (&json!("offline"), &json!("not-enrolled")));
    let woken = Arc::new(AtomicU32::new(0));
    let count = woken.clone();
    hand.app().on_wake(move || {
        count.fetch_add(1, Ordering::Relaxed);
    });
    hand.call("sync.now", json!({}));
    hand.call("sync.retry", json!({}));
    assert_eq!(woken.load(Ordering::Relaxed), 2);
}

#[test]
fn a_screen_learns_where_it_stands_before_anybody_works() {
    let tablet = Tablet::new();
    let door = tablet.shared().call("door.get", json!({}));
    assert_eq!(
        (&door["door"], &door["account"], &door["organisation"]),
        (&json!("tablet"), &Value::Null, &Value::Null)
    );
    let about = tablet.shared().call("app.about", json!({}));
    assert_eq!(about["version"], door["version"]);
    assert!(about["store_bytes"].as_u64().is_some_and(|bytes| bytes > 0));
}
