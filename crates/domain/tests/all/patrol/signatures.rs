//! Signatures under a round: distinct persons, the second none of those whose work is signed, nothing withdrawn and nothing replaced.

use domain::checked_time::ClockState;
use domain::correction::apply;
use domain::patrol::{Run, SignRole, VisitSigned, covers, saw, signing, since_signed};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{at, clock, run_document, visit, with};

/// A signature that holds for these visits as they stand.
fn sign(role: &str, how: &str, covers: &Value) -> Value {
    let now = at("2026-09-01T07:25:00");
    json!({"role": role, "at": now, "clock": clock(ClockState::Server, 1, now), "how": how, "nil": false, "covers": covers})
}

/// 张 has walked `a` and `b`, 王 has walked `c`.
fn walked() -> Map<String, Value> {
    run_document(json!({
        "visits/a/v/1": visit(1, "zhang", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "zhang", "2026-09-01T06:50:00", "正常"),
        "visits/c/v/3": visit(3, "wang", "2026-09-01T07:00:00", "正常"),
    }))
}

fn read(document: &Map<String, Value>) -> Run {
    Run::read(&apply("patrol_run", document))
}

fn signed(fields: &[(&str, Value)]) -> Run {
    let mut document = walked();
    document.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    read(&document)
}

#[test]
fn signers_are_counted_as_distinct_persons() {
    let one = signed(&[("signs/zhang/1", sign("walker", "pin", &json!({})))]);
    assert_eq!(
        (signing(false, [&one]).missing(), signing(true, [&one]).missing()),
        (0, 1),
        "one name under a fire patrol"
    );
    let twice = signed(&[
        ("signs/zhang/1", sign("walker", "pin", &json!({}))),
        ("signs/zhang/2", sign("walker", "session", &json!({}))),
    ]);
    assert_eq!(signing(true, [&twice]).signers, ["zhang"], "strokes are not persons");
    let two = signed(&[
        ("signs/zhang/1", sign("walker", "pin", &json!({}))),
        ("signs/li/2", sign("second", "pin", &json!({}))),
    ]);
    assert_eq!((signing(true, [&two]).signers.len(), signing(true, [&two]).missing()), (2, 0));
}

#[test]
fn the_second_is_none_of_those_whose_work_is_signed() {
    let own = signed(&[
        ("signs/zhang/1", sign("walker", "pin", &json!({}))),
        ("signs/wang/2", sign("second", "pin", &json!({}))),
    ]);
    assert_eq!(signing(true, [&own]).signers, ["zhang"], "王 has walked a part of it");
    let run = signed(&[]);
    let role = |person| signing(true, [&run]).role_on(&run, person);
    let (walker, second) = (Some(SignRole::Walker), Some(SignRole::Second));
    assert_eq!([role("zhang"), role("wang"), role("li")], [walker, walker, second]);
    let nobody = signed(&[("signs/li/1", sign("walker", "pin", &json!({})))]);
    assert_eq!(signing(true, [&nobody]).signers, [] as [&str; 0], "who was nowhere has no part of their own");
}

#[test]
fn two_who_walked_one_fire_patrol_are_one_side_of_it_and_a_second_is_still_asked_for() {
    let each =
        [("signs/zhang/1", sign("walker", "pin", &json!({}))), ("signs/wang/2", sign("walker", "pin", &json!({})))];
    let both = signed(&each);
    let of = signing(true, [&both]);
    assert_eq!((of.signers.len(), of.missing(), of.lacks_second()), (2, 1, true), "each for their own part alone");
    let mut three = each.to_vec();
    three.push(("signs/li/3", sign("second", "pin", &json!({}))));
    let whole = signed(&three);
    assert_eq!((signing(true, [&whole]).missing(), signing(true, [&whole]).lacks_second()), (0, false));
    let alone = signed(&[("signs/li/1", sign("second", "pin", &json!({})))]);
    assert_eq!((signing(true, [&alone]).missing(), signing(true, [&alone]).lacks_second()), (1, false));
}

#[test]
fn who_walked_another_run_of_the_window_is_no_second_under_this_one() {
    let chen = json!({"visits/d/v/9": visit(1, "chen", "2026-09-01T07:10:00", "正常")});
    let along = read(&run_document(chen));
    let run = signed(&[
        ("signs/zhang/1", sign("walker", "pin", &json!({}))),
        ("signs/chen/2", sign("second", "pin", &json!({}))),
    ]);
    assert_eq!(signing(true, [&run]).missing(), 0, "while nobody knows of the other run");
    let both = signing(true, [&run, &along]);
    assert_eq!((both.role_on(&run, "chen"), both.role_on(&along, "chen")), (None, Some(SignRole::Walker)));
    assert_eq!((both.signers.as_slice(), both.missing()), (&["zhang".to_owned()][..], 1));
}

#[test]
fn a_hand_that_nobody_made_sure_of_is_kept_and_counts_for_nothing() {
    let run = signed(&[
        ("signs/zhang/1", sign("walker", "none", &json!({}))),
        ("signs/li/2", sign("second", "set_by_other", &json!({}))),
    ]);
    let signing = signing(true, [&run]);
    assert_eq!((signing.signers, signing.unproved), (vec!["li".to_owned()], vec!["zhang".to_owned()]));
}

#[test]
fn a_void_run_has_no_signers() {
    let mut document = walked();
    document.insert("signs/zhang/1".to_owned(), sign("walker", "pin", &json!({})));
    document.insert("void/9".to_owned(), json!({"reason": "重复", "by": "logi", "at": 1}));
    assert_eq!(signing(false, [&read(&document)]).missing(), 1);
}

#[test]
fn what_comes_or_changes_after_a_signature_is_told_beside_it() {
    let mut document = walked();
    let run = read(&document);
    let own = covers(&run, &document, |visit| visit.by.as_deref() == Some("zhang"));
    assert_eq!(own.keys().collect::<Vec<_>>(), ["1", "2"]);
    let told = |document: &Map<String, Value>, id: &str| {
        let run = read(document);
        run.signed(document, run.visits.iter().find(|visit| visit.id == id).expect("the visit"))
    };
    assert_eq!(told(&document, "1"), VisitSigned::Unsigned);
    document.insert("signs/zhang/s".to_owned(), sign("walker", "pin", &json!(own)));
    assert_eq!((told(&document, "1"), told(&document, "3")), (VisitSigned::Signed, VisitSigned::Unsigned));
    document.insert("visits/a/v/4".to_owned(), visit(4, "zhang", "2026-09-01T07:30:00", "异常"));
    let by_hand = with(visit(2, "zhang", "2026-09-01T06:50:00", "正常"), json!({"how": "hand"}));
    document.insert("visits/b/v/2".to_owned(), by_hand);
    assert_eq!((told(&document, "4"), told(&document, "2")), (VisitSigned::Added, VisitSigned::Changed));
    assert_eq!(since_signed(&read(&document), &document), (1, 1));
    let again = covers(&read(&document), &document, |visit| visit.by.as_deref() == Some("zhang"));
    document.insert("signs/zhang/t".to_owned(), sign("walker", "pin", &json!(again)));
    assert_eq!((told(&document, "4"), told(&document, "2")), (VisitSigned::Signed, VisitSigned::Signed));
    assert_eq!(
        (read(&document).signs.len(), since_signed(&read(&document), &document)),
        (2, (0, 0)),
        "the first strokes stay"
    );
    let all = covers(&read(&document), &document, |_| true);
    document.insert("signs/li/u".to_owned(), sign("second", "pin", &json!(all)));
    assert_eq!(told(&document, "3"), VisitSigned::Unsigned, "a second signs for no walker");
    document.insert("visits/c/v/5".to_owned(), visit(5, "wang", "2026-09-01T07:35:00", "正常"));
    assert_eq!(since_signed(&read(&document), &document), (1, 0), "and would speak of what comes from anybody");
}

#[test]
fn what_the_second_has_seen_changes_with_a_visit_and_with_nothing_else() {
    let mut document = walked();
    let of = |document: &Map<String, Value>| saw(&read(document), document);
    let before = of(&document);
    document.insert(
        "ends/e".to_owned(),
        json!({"n": 9, "by": "zhang", "at": 1, "clock": clock(ClockState::Server, 1, at("2026-09-01T07:30:00"))}),
    );
    document.insert("missed/d".to_owned(), json!({"reason": "来不及", "by": "zhang", "at": 1}));
    document.insert("signs/zhang/s".to_owned(), sign("walker", "pin", &json!({})));
    assert_eq!(of(&document), before);
    document.insert("visits/d/v/5".to_owned(), visit(5, "zhang", "2026-09-01T07:40:00", "正常"));
    assert_ne!(of(&document), before);
}

proptest! {
    #[test]
    fn neither_the_order_of_the_runs_nor_signing_once_more_changes_who_counts(
        given in prop::collection::vec((0_usize..4, 0_usize..2, prop::bool::ANY), 0..8), turn in 0_usize..8,
    ) {
        let people = ["zhang", "wang", "li", "chen"];
        let run = |signs: &[(usize, usize, bool)]| {
            let mut document = walked();
            for (at, (person, role, is_proved)) in signs.iter().enumerate() {
                let value = sign(["walker", "second"][*role], if *is_proved { "pin" } else { "none" }, &json!({}));
                document.insert(format!("signs/{}/{at}", people[*person]), value);
            }
            read(&document)
        };
        let runs: Vec<Run> = given.iter().map(|sign| run(std::slice::from_ref(sign))).collect();
        let mut turned: Vec<&Run> = runs.iter().collect();
        turned.rotate_left(if runs.is_empty() { 0 } else { turn % runs.len() });
        let (first, second) = (signing(true, &runs), signing(true, turned));
        let sorted = |mut names: Vec<String>| { names.sort(); names };
        prop_assert_eq!(first.missing(), second.missing());
        let is_walker = |name: &String| ["zhang", "wang"].contains(&name.as_str());
        prop_assert!(first.missing() > 0 || (first.signers.iter().any(is_walker) && !first.signers.iter().all(is_walker)));
        prop_assert_eq!(sorted(first.signers.clone()), sorted(second.signers));
        let twice: Vec<&Run> = runs.iter().chain(&runs).collect();
        prop_assert_eq!(sorted(signing(true, twice).signers), sorted(first.signers));
    }
}
