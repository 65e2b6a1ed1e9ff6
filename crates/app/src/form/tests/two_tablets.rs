//! Two tablets that answer places of one record.

use domain::reading::conflicts;
use serde_json::json;

use super::tablet::{Hub, RUN, Tablet, places};
use crate::form::digest::digest;
use crate::form::holder::Holder;
use crate::form::pending::after_decision;
use crate::names::Names;

fn two() -> (Tablet, Tablet, Hub) {
    let (li, wang, hub) = (Tablet::new("li"), Tablet::new("wang"), Hub::default());
    li.enrol(&hub);
    wang.enrol(&hub);
    (li, wang, hub)
}

/// Lets both send, and both hear what the other has sent.
fn meet(one: &Tablet, other: &Tablet, hub: &Hub) {
    [one, other, one].into_iter().for_each(|tablet| tablet.sync(hub));
}

fn asked(tablet: &Tablet) -> Vec<String> {
    let record = tablet.app.store().get(RUN).expect("the store reads").expect("the run is here").record;
    let conflicts = conflicts("patrol_run", &record.state).into_iter().filter(|conflict| conflict.asks);
    conflicts.map(|conflict| conflict.field).collect()
}

#[test]
fn answers_of_two_tablets_at_two_places_merge_and_ask_nobody() {
    let (li, wang, hub) = two();
    li.answer("3", "T01.06", json!("fail"));
    wang.answer("4", "T01.06", json!("pass"));
    wang.answer("4", "T01.07", json!("60"));
    meet(&li, &wang, &hub);
    assert_eq!(li.run(), wang.run());
    for tablet in [&li, &wang] {
        assert_eq!(asked(tablet), [""; 0]);
        assert_eq!(tablet.item("3", "T01.06").result, json!("fail"));
        assert_eq!(tablet.item("4", "T01.06").result, json!("pass"));
    }
    // Each owes the findings of its own answers, and no other's.
    li.after_the_undo();
    assert!(li.finding("3", "T01.06").is_some() && li.finding("4", "T01.07").is_none());
    wang.after_the_undo();
    meet(&li, &wang, &hub);
    assert_eq!(li.finding("4", "T01.07"), wang.finding("4", "T01.07"));
    assert!(li.finding("4", "T01.07").is_some() && li.finding("4", "T01.06").is_none());
}

#[test]
fn answers_at_one_place_ask_there_alone_and_what_is_decided_is_followed_up_there() {
    let (li, wang, hub) = two();
    li.answer("3", "T01.06", json!("pass"));
    wang.answer("3", "T01.06", json!("fail"));
    wang.answer("4", "T01.06", json!("pass"));
    meet(&li, &wang, &hub);
    assert_eq!(asked(&li), ["visits/3/answers/T01.06/result"]);
    assert_eq!(li.item("3", "T01.06").result, json!("fail"), "the worse one counts until somebody decides");
    assert_eq!(li.item("3", "T01.06").conflict.len(), 2);
    assert_eq!(li.item("4", "T01.06").conflict.len(), 0);
    let owed = |checkpoint: &str| {
        let visit = li.visit(checkpoint);
        digest(&li.app, &Names::new(&li.app), visit.place()).conflicts
    };
    assert_eq!((owed("3"), owed("4")), (1, 0));
    let record = li.app.store().get(RUN).expect("the store reads").expect("the run is here").record;
    let decided = |field: &str| {
        let waiting = after_decision(&li.app, places, &record, field, &json!("pass")).expect("the store reads");
        waiting.into_iter().map(|waiting| (waiting.place, waiting.item)).collect::<Vec<_>>()
    };
    assert_eq!(decided("visits/3/answers/T01.06/result"), [("visits/3/".to_owned(), "T01.06".to_owned())]);
    assert_eq!(decided("visits/4/answers/T01.06/result"), []);
    assert_eq!(decided("visits/3/note"), []);
}
