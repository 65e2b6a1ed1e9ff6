//! 零报告 and the sheet of the daily fire patrol.

use std::collections::BTreeSet;

use domain::checked_time::ClockState;
use domain::correction::apply;
use domain::patrol::{
    Areas, FireReading, Occurrence, PointReading, Run, Tally, TallyOn, WindowNil, coverage_of, fingerprint,
    fire_reading, signer_part, window_nil,
};
use domain::time::DEFAULT_ZONE;
use serde_json::{Map, Value, json};

use super::{at, clock, day_route, plan, points, run_document, visit, with};

fn sign(document: &Map<String, Value>, visits: &[(&str, &str)], is_nil: bool) -> Value {
    let covers: Map<String, Value> = visits
        .iter()
        .map(|(point, id)| ((*id).to_owned(), json!(fingerprint(&document[&format!("visits/{point}/v/{id}")]))))
        .collect();
    let now = at("2026-09-01T07:25:00");
    json!({"role": "walker", "at": now, "clock": clock(ClockState::Server, 1, now), "how": "session", "nil": is_nil, "covers": covers})
}

/// What the morning window over the points `a` and `b` reports.
fn window(documents: &[Map<String, Value>]) -> WindowNil {
    let route = day_route();
    let points = points(&["a", "b"]);
    let plan = plan(&route, &points);
    let window = route.window("am").expect("the window");
    let occurrence = Occurrence::on(&route, window, "2026-09-01".parse().expect("a day"), DEFAULT_ZONE);
    let tallies: Vec<Tally> = documents.iter().map(|document| Tally::read(&apply("patrol_run", document))).collect();
    let asked = occurrence.asked(&points, &Areas::default());
    let on: Vec<TallyOn<'_>> = tallies.iter().map(|tally| TallyOn { tally, plan: Some(&plan) }).collect();
    let covered = coverage_of(Some(occurrence.to), asked.iter().map(|point| point.id.as_str()), &on);
    window_nil(&covered, &tallies)
}

#[test]
fn a_signer_signs_for_their_own_visits_alone() {
    let document = run_document(json!({
        "visits/a/v/1": visit(1, "zhang", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "wang", "2026-09-01T06:50:00", "异常"),
    }));
    let run = Run::read(&apply("patrol_run", &document));
    let part = |person, failing: &[&str]| {
        signer_part(
            &run,
            &document,
            Some(person),
            &failing.iter().map(|point| (*point).to_owned()).collect::<BTreeSet<_>>(),
        )
    };
    let zhang = part("zhang", &[]);
    assert_eq!((zhang.points, zhang.is_nil, zhang.covers.len()), (vec!["a".to_owned()], true, 1));
    assert!(!part("wang", &[]).is_nil);
    assert!(!part("zhang", &["a"]).is_nil, "an item failed there");
    assert!(!part("li", &[]).is_nil, "who was nowhere has nothing to say");
}

#[test]
fn who_says_that_an_open_finding_is_still_there_has_not_found_nothing() {
    let document = run_document(json!({
        "visits/a/v/1": with(visit(1, "zhang", "2026-09-01T06:40:00", "正常"), json!({"still": ["f"]})),
    }));
    let run = Run::read(&apply("patrol_run", &document));
    assert!(!signer_part(&run, &document, Some("zhang"), &BTreeSet::new()).is_nil);
    assert_eq!(window(&[document]), WindowNil::Abnormal, "nor has the window");
}

#[test]
fn the_window_is_nil_once_all_is_covered_and_every_visit_is_signed_for_and_nothing_was_found() {
    let mut a = run_document(json!({"visits/a/v/1": visit(1, "zhang", "2026-09-01T06:40:00", "正常")}));
    let mut b = run_document(json!({"visits/b/v/2": visit(1, "wang", "2026-09-01T06:50:00", "正常")}));
    assert_eq!(window(&[a.clone(), b.clone()]), WindowNil::Waiting, "待齐: nobody signed");
    a.insert("signs/zhang/s".to_owned(), sign(&a, &[("a", "1")], true));
    assert_eq!(window(std::slice::from_ref(&a)), WindowNil::Waiting, "b is not covered");
    assert_eq!(window(&[a.clone(), b.clone()]), WindowNil::Waiting, "wang's part is 未签");
    b.insert("signs/wang/s".to_owned(), sign(&b, &[("b", "2")], true));
    assert_eq!(window(&[a.clone(), b.clone()]), WindowNil::Nil);
    let later = run_document(json!({"visits/b/v/3": visit(1, "li", "2026-09-01T07:00:00", "异常")}));
    assert_eq!(window(&[a.clone(), b.clone(), later]), WindowNil::Abnormal, "有异常: no signature changes by it");
    // After the signature the visit reads otherwise.
    a.insert("visits/a/v/1".to_owned(), with(visit(1, "zhang", "2026-09-01T06:40:00", "正常"), json!({"how": "hand"})));
    assert_eq!(window(&[a, b]), WindowNil::Waiting, "签后更正 asks for a signature anew");
}

#[test]
fn who_signs_and_does_not_say_that_nothing_was_found_leaves_the_window_waiting() {
    let mut walk = run_document(json!({
        "visits/a/v/1": visit(1, "zhang", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "zhang", "2026-09-01T06:50:00", "正常"),
    }));
    walk.insert("signs/zhang/s".to_owned(), sign(&walk, &[("a", "1"), ("b", "2")], false));
    assert_eq!(window(std::slice::from_ref(&walk)), WindowNil::Waiting, "an item failed where they were");
    walk.insert("signs/zhang/s".to_owned(), sign(&walk, &[("a", "1"), ("b", "2")], true));
    assert_eq!(window(&[walk]), WindowNil::Nil);
}

fn there(is_normal: bool, passed: Option<bool>, words: Option<&str>) -> PointReading {
    PointReading { is_visited: true, is_normal, passed, words: words.map(str::to_owned) }
}

#[test]
fn the_fire_sheet_reads_normal_fault_not_visited_or_not_on_the_route() {
    let nobody = PointReading { is_visited: false, is_normal: false, passed: None, words: None };
    let normal = there(true, None, None);
    let answered = there(false, Some(true), None);
    let failed = there(false, Some(false), Some("出口上锁"));
    let read = |points: &[PointReading]| fire_reading(false, points);
    assert_eq!(read(&[normal.clone(), answered.clone()]), FireReading::Normal);
    assert_eq!(read(&[normal.clone(), nobody.clone()]), FireReading::NotVisited);
    assert_eq!(read(&[nobody, failed]), FireReading::Fault(vec!["出口上锁".to_owned()]), "it failed anywhere");
    assert_eq!(read(&[]), FireReading::NotOnRoute);
    assert_eq!(read(&[there(false, None, None)]), FireReading::Untold, "somebody was there, and said nothing of it");
}

#[test]
fn a_measured_item_is_never_covered_by_a_tap() {
    let tapped = there(true, None, None);
    let typed = there(true, Some(true), Some("0.4 MPa"));
    assert_eq!(fire_reading(true, std::slice::from_ref(&tapped)), FireReading::Untold);
    assert_eq!(fire_reading(true, std::slice::from_ref(&typed)), FireReading::Measured(vec!["0.4 MPa".to_owned()]));
    assert_eq!(fire_reading(true, &[typed, tapped]), FireReading::Untold);
}
