//! What somebody hears of what changes: kinds and ids of what they may see, and nothing of the rest.

use app::{Hearing, News};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::entries::Gate;
use crate::support::{Hand, text};

fn changed(kinds: &[&str], ids: &[&str]) -> News {
    let ids = ids.iter().map(|id| Uuid::parse_str(id).expect("an id")).collect();
    News::Changed { kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(), ids }
}

/// What somebody hears of a change.
fn heard(hand: &Hand, kinds: &[&str], ids: &[&str]) -> Vec<News> {
    Hearing::of(hand.app()).expect("the store reads").hear(hand.app(), changed(kinds, ids))
}

fn certificate(gate: &Gate, person: &str) -> String {
    let set = json!({"person": person, "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31", "issuer": "疾控中心"});
    text(&gate.setup.call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}))["id"])
}

fn report(hand: &Hand, description: &str) -> String {
    text(&hand.call("finding.report", json!({"description": description, "severity": "L2"}))["id"])
}

#[test]
fn a_certificate_is_told_to_who_sees_it_and_to_nobody_else() {
    let gate = Gate::new();
    let id = certificate(&gate, &gate.zhang);
    let kinds = ["health_certificate"];
    let told = [changed(&kinds, &[&id])];
    for person in [&gate.head, &gate.zhang] {
        assert_eq!(heard(&gate.by(person), &kinds, &[&id]), told);
    }
    for person in [&gate.li, &gate.cook] {
        assert_eq!(heard(&gate.by(person), &kinds, &[&id]), []);
        assert_eq!(heard(&gate.by(person), &kinds, &[]), [], "nor of many, where none is theirs");
    }
    assert_eq!(heard(&gate.by(&gate.zhang), &kinds, &[]), [changed(&kinds, &[])], "one of many may be theirs");
    let part = ["health_certificate_scan"];
    assert_eq!(heard(&gate.by(&gate.head), &part, &[]), [changed(&kinds, &[])], "a part changes its row");
    assert_eq!(heard(&gate.by(&gate.cook), &part, &[]), []);
    assert_eq!(heard(&gate.setup, &kinds, &[&id]), told, "the command line without a name hears all");
}

#[test]
fn who_sees_less_than_has_changed_is_told_no_ids() {
    let gate = Gate::new();
    let finding = report(&gate.by(&gate.zhang), "路灯不亮");
    let id = certificate(&gate, &gate.zhang);
    let both = ["finding", "health_certificate"];
    assert_eq!(heard(&gate.by(&gate.head), &both, &[&finding, &id]), [changed(&both, &[&finding, &id])]);
    assert_eq!(heard(&gate.by(&gate.cook), &both, &[&finding, &id]), [changed(&["finding"], &[])]);
    assert_eq!(heard(&gate.by(&gate.cook), &["finding"], &[&finding]), [changed(&["finding"], &[&finding])]);
}

#[test]
fn what_has_just_been_closed_is_told_so_that_it_leaves_the_pages() {
    let gate = Gate::new();
    let finding = report(&gate.by(&gate.zhang), "路灯不亮");
    gate.setup.call("finding.step", json!({"id": finding, "step": "void", "note": "看错了"}));
    assert_eq!(gate.by(&gate.cook).refusal("finding.get", json!({"id": finding})).0, "not-found");
    assert_eq!(heard(&gate.by(&gate.cook), &["finding"], &[&finding]), [changed(&["finding"], &[])]);
}

#[test]
fn a_pin_and_a_role_of_somebody_else_are_told_as_a_change_of_people() {
    let gate = Gate::new();
    let person = json!({"person": gate.li, "role": "cook", "campus": gate.campus});
    let grant = text(&gate.setup.call("person.grant", person)["id"]);
    assert_eq!(heard(&gate.by(&gate.cook), &["pin"], &[&grant]), [changed(&["person"], &[])]);
    assert_eq!(heard(&gate.by(&gate.cook), &["role_grant"], &[&grant]), [changed(&["person"], &[])]);
    assert_eq!(heard(&gate.by(&gate.head), &["role_grant"], &[&grant]), [changed(&["role_grant"], &[&grant])]);
}

#[test]
fn who_may_see_something_else_from_now_on_is_told_that_anything_may_have_changed() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let mut hearing = Hearing::of(cook.app()).expect("the store reads");
    assert_eq!(hearing.hear(cook.app(), changed(&["duty_shift"], &[])), []);
    let role = json!({"person": gate.cook, "role": "guard", "campus": gate.campus});
    let grant = text(&gate.setup.call("person.grant", role)["id"]);
    assert_eq!(hearing.hear(cook.app(), changed(&["role_grant"], &[&grant])), [News::ANYTHING]);
    let shift = text(&gate.shift()["id"]);
    let told = changed(&["duty_shift"], &[&shift]);
    assert_eq!(hearing.hear(cook.app(), told.clone()), [told]);
}

#[test]
fn whoever_comes_to_a_tablet_hears_what_is_theirs_and_nobody_hears_the_names_alone() {
    let gate = Gate::new();
    let id = certificate(&gate, &gate.zhang);
    let shared = gate.tablet.shared();
    let mut hearing = Hearing::of(shared.app()).expect("the store reads");
    let mut hear = |kinds: &[&str], ids: &[&str]| hearing.hear(shared.app(), changed(kinds, ids));
    let all = ["health_certificate", "finding", "person", "campus", "session"];
    assert_eq!(hear(&all, &[&id]), [changed(&["campus", "person", "session"], &[])]);
    assert_eq!(hear(&["finding"], &[]), []);
    shared.call("person.switch", json!({"person": gate.zhang}));
    assert_eq!(hear(&["health_certificate"], &[&id]), [changed(&["health_certificate"], &[&id])]);
    shared.call("person.switch", json!({"person": gate.cook}));
    assert_eq!(hear(&["health_certificate"], &[&id]), []);
    assert_eq!(hear(&[], &[]), [News::ANYTHING], "that something has changed says nothing");
    let sync = News::Sync("{}".to_owned());
    assert_eq!(hearing.hear(shared.app(), sync.clone()), [sync]);
}

#[test]
fn a_kind_that_this_version_does_not_know_is_told_to_nobody() {
    let gate = Gate::new();
    let save = json!({"kind": "child_diary", "scope": gate.campus, "set": {"text": "x"}});
    let id = text(&gate.setup.call("record.save", save)["id"]);
    for person in [&gate.head, &gate.cook] {
        assert_eq!(heard(&gate.by(person), &["child_diary"], &[&id]), []);
    }
}

#[test]
fn a_signature_under_a_paper_is_told_to_who_gets_the_paper() {
    let gate = Gate::new();
    gate.shift();
    let signed: Value = gate.by(&gate.head).call("sheet.sign", json!({
        "sheet": "duty_shift", "from": "2026-09-01", "to": "2026-09-01", "strokes": [[[100, 100], [400, 300], [900, 500]]],
    }));
    let paper = text(&signed["paper"]);
    for person in [&gate.head, &gate.zhang] {
        assert!(!heard(&gate.by(person), &["paper"], &[&paper]).is_empty());
    }
    assert_eq!(heard(&gate.by(&gate.cook), &["paper"], &[&paper]), []);
}
