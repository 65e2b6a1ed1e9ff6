//! What of a window is covered, over all runs, in whatever order they arrive.

use domain::calendar::Period;
use domain::checked_time::ClockState;
use domain::patrol::{
    Areas, Coverage, Heard, Occurrence, Plan, Run, RunOn, Tally, TallyOn, coverage, coverage_of, next_point, unheard,
};
use domain::route::{Checkpoint, Route};
use domain::time::DEFAULT_ZONE;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{at, clock, day_route, plan, point, points, run, visit, with};

fn morning(route: &Route) -> Occurrence<'_> {
    let window = route.window("am").expect("the window");
    Occurrence::on(route, window, "2026-09-01".parse().expect("a day"), DEFAULT_ZONE)
}

fn covered(points: &[Checkpoint], plan: &Plan, runs: &[Run]) -> Coverage {
    let route = day_route();
    let occurrence = morning(&route);
    let asked = occurrence.asked(points, &Areas::default());
    let runs: Vec<RunOn<'_>> = runs.iter().map(|run| RunOn { run, plan: Some(plan) }).collect();
    coverage(Some(occurrence.to), asked.iter().map(|point| point.id.as_str()), &runs)
}

fn of(ids: &[&str], runs: &[Run]) -> Coverage {
    let points = points(ids);
    covered(&points, &plan(&day_route(), &points), runs)
}

fn missed(coverage: &Coverage) -> Vec<&str> {
    coverage.missed.iter().map(|point| point.checkpoint.as_str()).collect()
}

fn one(checkpoint: &str, visit: Value) -> Run {
    run(json!({format!("visits/{checkpoint}/v/1"): visit}))
}

#[test]
fn a_point_is_covered_by_any_visit_of_any_run_and_a_reason_hides_none() {
    let a = run(
        json!({"missed/b": {"reason": "门锁着", "by": "li", "at": 1}, "missed/c": {"reason": "下雨", "by": "li", "at": 1}}),
    );
    let b = one("b", visit(1, "wang", "2026-09-01T07:00:00", "正常"));
    let both = of(&["a", "b", "c"], &[a, b]);
    assert_eq!((both.points(), both.covered.len(), both.runs), (3, 1, 2));
    assert_eq!(missed(&both), ["a", "c"]);
    assert_eq!(both.missed[1].reasons, ["下雨"]);
    assert!(both.missed[0].reasons.is_empty());
}

#[test]
fn a_void_run_covers_nothing() {
    let void = run(json!({
        "visits/a/v/1": visit(1, "li", "2026-09-01T07:00:00", "正常"), "void/1": {"reason": "走错", "by": "li", "at": 5},
    }));
    assert_eq!(missed(&of(&["a"], &[void])), ["a"]);
}

#[test]
fn visits_after_the_end_are_late_and_an_unchecked_clock_makes_none_late() {
    let late = visit(1, "li", "2026-09-01T07:40:00", "正常");
    let unchecked = with(late.clone(), json!({"clock": clock(ClockState::None, 1, at("2026-09-01T07:40:00"))}));
    let by_person = with(late.clone(), json!({"clock": clock(ClockState::Person, 1, at("2026-09-01T07:40:00"))}));
    let count = |visit: Value| {
        let coverage = of(&["a"], &[one("a", visit)]);
        (coverage.count(|point| point.is_late), coverage.on_time(), coverage.covered.len())
    };
    assert_eq!(count(late), (1, 0, 1), "late is a part of covered");
    assert_eq!(count(unchecked), (0, 1, 1));
    assert_eq!(count(by_person), (0, 1, 1), "who vouched may be ten minutes wrong");
}

#[test]
fn a_point_with_one_good_visit_is_neither_late_nor_short_nor_by_hand_and_any_hazard_stands() {
    let hand = with(visit(1, "li", "2026-09-01T07:40:00", "异常"), json!({"how": "hand"}));
    let alone = of(&["a"], &[one("a", hand.clone())]);
    assert_eq!((alone.count(|p| p.is_by_hand), alone.count(|p| p.is_late), alone.count(|p| p.is_abnormal)), (1, 1, 1));
    let both = of(&["a"], &[one("a", hand), one("a", visit(1, "wang", "2026-09-01T07:00:00", "正常"))]);
    assert_eq!((both.count(|p| p.is_by_hand), both.count(|p| p.is_late), both.count(|p| p.is_abnormal)), (0, 0, 1));
}

#[test]
fn a_point_is_short_only_where_every_visit_to_it_was() {
    let between = |leaves: &str| {
        run(json!({
            "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"), "visits/b/v/2": visit(2, "li", leaves, "正常"),
        }))
    };
    let (short, long) = (between("2026-09-01T06:40:20"), between("2026-09-01T06:41:20"));
    let count = |runs: &[Run]| of(&["a", "b"], runs).count(|point| point.is_short);
    assert_eq!((count(std::slice::from_ref(&short)), count(std::slice::from_ref(&long))), (1, 0));
    assert_eq!((count(&[short.clone(), long.clone()]), count(&[long, short])), (0, 0), "somebody stayed long enough");
    let next = at("2026-09-01T06:40:20");
    let by_person = run(json!({
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": with(
            visit(2, "li", "2026-09-01T06:40:20", "正常"), json!({"clock": clock(ClockState::Person, 2, next)}),
        ),
    }));
    assert_eq!(count(&[by_person]), 0, "it may have been ten minutes longer");
}

#[test]
fn a_window_that_asks_for_no_point_and_was_walked_by_nobody_is_not_whole() {
    assert!(!of(&[], &[]).is_whole(), "nothing was missed, and nothing was done");
    assert!(of(&["a"], &[one("a", visit(1, "li", "2026-09-01T07:00:00", "正常"))]).is_whole());
}

#[test]
fn what_is_entered_afterwards_is_covered_and_counted_apart() {
    let entered = run(
        json!({"late": true, "visits/a/v/1": with(visit(1, "li", "2026-09-03T09:00:00", "正常"), json!({"how": "hand"}))}),
    );
    let coverage = of(&["a"], &[entered]);
    assert_eq!((coverage.covered.len(), coverage.count(|p| p.is_entered), coverage.on_time()), (1, 1, 0));
    assert_eq!(coverage.count(|p| p.is_late), 0, "it is one of the two");
}

#[test]
fn a_point_added_or_taken_away_in_the_middle_is_asked_of_nobody() {
    let noon = at("2026-09-01T07:00:00");
    let mut points = points(&["a"]);
    points.push(point("added", 2, json!({"since": noon})));
    points.push(point("ended", 3, json!({"until": noon})));
    points.push(point("evening", 4, json!({"windows": ["pm"]})));
    let route = day_route();
    let asked = |points: &[Checkpoint]| -> Vec<String> {
        morning(&route).asked(points, &Areas::default()).iter().map(|point| point.id.clone()).collect()
    };
    assert_eq!(asked(&points), ["a"]);
    let visited =
        covered(&points, &plan(&route, &points), &[one("ended", visit(1, "li", "2026-09-01T06:50:00", "正常"))]);
    assert_eq!((visited.points(), missed(&visited)), (2, vec!["a"]), "but it counts where somebody was there");
}

#[test]
fn a_point_that_the_plan_of_a_run_lacks_is_missed_and_says_so() {
    let points = points(&["a", "b"]);
    let old = plan(&day_route(), &points[..1]);
    let coverage = covered(&points, &old, &[one("a", visit(1, "li", "2026-09-01T07:00:00", "正常"))]);
    assert_eq!(missed(&coverage), ["b"]);
    assert!(coverage.missed[0].is_not_on_plan);
    assert!(!of(&["a", "b"], &[]).missed[1].is_not_on_plan, "nobody walked: it is only missed");
}

#[test]
fn an_area_is_closed_when_it_or_one_above_it_is() {
    let summer = Period {
        name: "暑假".to_owned(),
        from: "2026-07-01".parse().expect("a day"),
        to: "2026-09-01".parse().expect("a day"),
    };
    let mut areas = Areas::default();
    areas.insert("building", None, vec![summer]);
    areas.insert("area-a", Some("building".to_owned()), Vec::new());
    areas.insert("loop", Some("loop".to_owned()), Vec::new());
    let on = |area: &str, day: &str| areas.is_closed(area, day.parse().expect("a day"));
    assert!(on("area-a", "2026-09-01") && on("building", "2026-07-01"));
    assert!(!on("area-a", "2026-09-02") && !on("loop", "2026-09-01") && !on("unheard", "2026-09-01"));
    assert!(areas.lies_in("area-a", "building") && areas.lies_in("building", "building"));
    assert!(!areas.lies_in("building", "area-a") && !areas.lies_in("loop", "building"));
    let route = day_route();
    let points = points(&["a", "b"]);
    let asked: Vec<&str> = morning(&route).asked(&points, &areas).iter().map(|point| point.id.as_str()).collect();
    assert_eq!(asked, ["b"]);
}

#[test]
fn equal_plans_have_one_id_and_an_edit_makes_another() {
    let route = day_route();
    let id = |points: &[Checkpoint]| plan(&route, points).id(Uuid::nil());
    let mut turned = points(&["a", "b"]);
    turned.reverse();
    assert_eq!(id(&points(&["a", "b"])), id(&turned), "the order in which they were read does not matter");
    assert_ne!(id(&points(&["a", "b"])), id(&points(&["a", "c"])));
    let plan = plan(&route, &points(&["a", "b"]));
    assert_eq!(Plan::read(&plan.body()), Some(plan));
}

proptest! {
    #[test]
    fn the_order_in_which_runs_and_visits_arrive_does_not_matter(
        (visits, shuffled) in prop::collection::vec((0usize..4, 0usize..3, any::<bool>(), 0u64..5_000), 0..12)
            .prop_flat_map(|visits| (Just(visits.clone()), Just(visits).prop_shuffle())),
    ) {
        let ids = ["a", "b", "c", "d"];
        let runs = |visits: &[(usize, usize, bool, u64)]| -> Vec<Run> {
            let mut fields = vec![json!({}), json!({}), json!({})];
            for (point, run, is_normal, second) in visits {
                let arrived = domain::time::UtcMillis(at("2026-09-01T06:30:00").0 + i64::try_from(second * 1_000).expect("small"));
                let result = if *is_normal { "正常" } else { "异常" };
                let stored = json!({
                    "n": second, "by": "li", "how": "qr", "result": result, "arrived": arrived,
                    "clock": clock(ClockState::Server, 1, arrived),
                });
                fields[*run][format!("visits/{}/v/{second}-{is_normal}", ids[*point])] = stored;
            }
            fields.into_iter().map(run).collect()
        };
        let mut other = runs(&shuffled);
        other.reverse();
        prop_assert_eq!(of(&ids, &runs(&visits)), of(&ids, &other));
    }

    #[test]
    fn one_more_run_never_uncovers_a_point(visited in prop::collection::vec(0usize..4, 0..6), more in 0usize..4) {
        let ids = ["a", "b", "c", "d"];
        let runs: Vec<Run> =
            visited.iter().map(|point| one(ids[*point], visit(1, "li", "2026-09-01T07:00:00", "正常"))).collect();
        let mut longer = runs.clone();
        longer.push(one(ids[more], visit(1, "wang", "2026-09-01T07:20:00", "正常")));
        let (before, after) = (of(&ids, &runs), of(&ids, &longer));
        prop_assert!(before.covered.keys().all(|point| after.covered.contains_key(point)));
        prop_assert_eq!(after.points(), 4);
    }

    #[test]
    fn following_the_next_point_visits_every_point_once(start in 0usize..5) {
        let points = ["a", "b", "c", "d", "e"];
        let mut been = vec![points[start]];
        while let Some(next) = next_point(&points, been.last().copied(), |point| been.contains(&point)) {
            prop_assert!(!been.contains(&next));
            been.push(next);
        }
        prop_assert_eq!(been.len(), points.len());
    }

    #[test]
    fn no_document_makes_a_run_panic(name in "(visits|arrivals|missed|ends|signs|clock|late|pauses|resumes|told|found)?/{0,1}[a-c/v]{0,8}", value in "[0-9a-z\"{}:,]{0,20}") {
        let value: Value = serde_json::from_str(&value).unwrap_or_else(|_| json!({"n": -1, "how": value, "clock": {}}));
        let read = run(json!({name: value}));
        let _ = (read.stays(), read.steps(), read.open_arrival());
    }
}

#[test]
fn a_tally_outlives_its_text_and_covers_what_its_run_covers() {
    let run = run(json!({
        "route": "r", "window": "am", "business_date": "2026-09-01",
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": with(visit(2, "li", "2026-09-01T08:40:00", "异常"), json!({"how": "hand", "still": ["f"]})),
        "missed/c": {"reason": "门锁着", "by": "li", "at": 1}, "ends/1": {"n": 3, "by": "li", "at": 1},
    }));
    let tally = Tally::of(&run, &serde_json::Map::new());
    let text = serde_json::to_string(&tally).expect("it becomes a text");
    let read: Tally = serde_json::from_str(&text).expect("it is read again");
    assert_eq!(read, tally);
    let points = points(&["a", "b", "c"]);
    let plan = plan(&day_route(), &points);
    let asked = || ["a", "b", "c"].into_iter();
    let end = Some(at("2026-09-01T08:00:00"));
    assert_eq!(
        coverage_of(end, asked(), &[TallyOn { tally: &read, plan: Some(&plan) }]),
        coverage(end, asked(), &[RunOn { run: &run, plan: Some(&plan) }])
    );
}

fn hours(devices: &[(&str, Option<i64>)]) -> Vec<Heard> {
    let heard = |(name, at): &(&str, Option<i64>)| Heard {
        name: (*name).to_owned(),
        at: at.map(|hours| domain::time::UtcMillis(hours * 3_600_000)),
        sent_all_at: at.map(|hours| domain::time::UtcMillis(hours * 3_600_000)),
    };
    devices.iter().map(heard).collect()
}

#[test]
fn a_window_is_missed_only_when_every_device_of_the_last_seven_days_was_heard_from_since_its_end() {
    let devices = hours(&[("a", Some(1_001)), ("b", Some(1_000)), ("c", Some(999)), ("d", Some(800)), ("e", None)]);
    let at = |hours: i64| domain::time::UtcMillis(hours * 3_600_000);
    let waiting = |now: i64| -> Vec<&str> {
        unheard(&devices, at(1_000), at(now)).into_iter().map(|device| device.name.as_str()).collect()
    };
    assert_eq!(waiting(1_002), ["b", "c"], "b was heard from as the window ended, and not since");
    assert_eq!(waiting(999 + 7 * 24 + 1), ["b"], "c is not waited for after seven days");
    assert_eq!(waiting(1_000 + 7 * 24 + 1), [""; 0]);
}

#[test]
fn a_device_that_calls_and_keeps_something_back_is_waited_for_until_it_has_sent_all() {
    let at = |minutes: i64| domain::time::UtcMillis(minutes * 60_000);
    let device = |sent_all_at: Option<i64>| Heard {
        name: "a".to_owned(),
        at: Some(at(2_000)),
        sent_all_at: sent_all_at.map(at),
    };
    let is_waited_for = |sent_all_at| !unheard(&[device(sent_all_at)], at(1_000), at(2_000)).is_empty();
    assert!(is_waited_for(None), "it never has sent all that it had");
    assert!(is_waited_for(Some(999)));
    assert!(is_waited_for(Some(1_001)), "what it said may have been on its way as the window ended");
    assert!(!is_waited_for(Some(1_002)));
}
