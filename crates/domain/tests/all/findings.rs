//! The way of a finding, and the cases that people really make.

use domain::answer::Reading;
use domain::finding::{
    BreachKind, Extension, FailedAnswer, Finding, FindingSource, FindingState, StateName, Step, StepKind, Why,
    description_en,
};
use domain::form::PlaceName;
use domain::role::Role;
use domain::setting::Settings;
use domain::severity::Severity;
use domain::template::built_in_item;
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// A step in few words: id, name, who, the steps that its author saw.
fn step(id: &str, name: &str, by: &str, after: &[&str]) -> (String, Value) {
    let at = id.parse::<i64>().unwrap_or(0) * 10;
    (format!("steps/{id}"), json!({"step": name, "by": by, "at": at, "after": after}))
}

fn finding(severity: &str, steps: &[(String, Value)]) -> Finding {
    let mut document: Map<String, Value> = steps.iter().cloned().collect();
    document.insert("severity".into(), json!(severity));
    document.insert("found_at".into(), json!(0));
    document.insert("due".into(), json!(1000));
    Finding::read(&document)
}

fn state(steps: &[(String, Value)]) -> FindingState {
    finding("L2", steps).state()
}

fn with(mut step: (String, Value), name: &str, value: Value) -> (String, Value) {
    step.1[name] = value;
    step
}

fn kinds(state: &FindingState) -> Vec<BreachKind> {
    state.breaches.iter().map(|breach| breach.kind).collect()
}

#[test]
fn a_finding_goes_its_usual_way() {
    let way = [
        with(step("1", "派发", "office", &[]), "assignee", json!("li")),
        step("2", "接单", "li", &["1"]),
        step("3", "整改完成", "li", &["1", "2"]),
        step("4", "复查通过", "office", &["1", "2", "3"]),
    ];
    let states = [
        StateName::Unassigned,
        StateName::Assigned,
        StateName::InProgress,
        StateName::AwaitingRecheck,
        StateName::Closed,
    ];
    for (length, expected) in states.into_iter().enumerate() {
        assert_eq!(state(&way[..length]).state, expected);
    }
    let closed = state(&way);
    assert_eq!((closed.assignee.as_deref(), closed.closed_at), (Some("li"), Some(UtcMillis(40))));
    assert_eq!((closed.breaches, closed.overruled), (vec![], vec![]));
}

#[test]
fn a_repair_stands_beside_a_concurrent_reassignment_and_extension() {
    let result = state(&[
        step("1", "派发", "office", &[]),
        step("2", "整改完成", "li", &["1"]),
        with(step("3", "转派", "office", &["1"]), "assignee", json!("wang")),
        with(step("4", "延期批准", "office", &["1"]), "due", json!(2000)),
    ]);
    assert_eq!(result.state, StateName::AwaitingRecheck);
    assert_eq!(result.due, Some(UtcMillis(2000)));
    assert_eq!(result.extension, Extension::Granted);
    assert_eq!(result.overruled.iter().map(|step| step.why).collect::<Vec<_>>(), [Why::RepairStands]);
}

#[test]
fn nobody_undoes_a_repair_by_reassigning_it() {
    let result = state(&[step("1", "整改完成", "li", &[]), step("2", "转派", "office", &["1"])]);
    assert_eq!(result.state, StateName::AwaitingRecheck);
}

#[test]
fn a_return_wins_over_a_concurrent_pass_until_somebody_who_saw_it_passes() {
    let mut steps =
        vec![step("1", "整改完成", "li", &[]), step("2", "复查通过", "a", &["1"]), step("3", "退回", "b", &["1"])];
    let returned = state(&steps);
    assert_eq!(returned.state, StateName::Returned);
    assert_eq!(returned.overruled.iter().map(|step| step.why).collect::<Vec<_>>(), [Why::ReturnedMeanwhile]);
    steps.push(step("4", "复查通过", "a", &["1", "2"]));
    assert_eq!(state(&steps).state, StateName::Returned);
    steps.push(step("5", "复查通过", "a", &["1", "2", "3"]));
    assert_eq!(state(&steps).state, StateName::Closed);
}

#[test]
fn a_returned_repair_is_done_again() {
    let mut steps = vec![step("1", "整改完成", "li", &[]), step("2", "退回", "b", &["1"])];
    assert_eq!(state(&steps).state, StateName::Returned);
    steps.push(step("3", "接单", "li", &["2"]));
    assert_eq!(state(&steps).state, StateName::InProgress);
    steps.push(step("4", "整改完成", "li", &["3"]));
    assert_eq!(state(&steps).state, StateName::AwaitingRecheck);
    // A repair by somebody who had not heard of the return stands too: it was never looked at.
    let other = [step("1", "整改完成", "li", &[]), step("2", "退回", "b", &["1"]), step("3", "整改完成", "wang", &[])];
    assert_eq!(state(&other).state, StateName::AwaitingRecheck);
}

#[test]
fn the_one_who_fixed_it_breaches_by_rechecking_and_it_closes_all_the_same() {
    let result = state(&[step("1", "整改完成", "li", &[]), step("2", "复查通过", "li", &["1"])]);
    assert_eq!((result.state, kinds(&result)), (StateName::Closed, vec![BreachKind::RecheckedByFixer]));
}

#[test]
fn a_mild_finding_may_be_closed_by_its_fixer_with_a_photo() {
    let photo = json!([{"blob": "00"}]);
    let close = step("2", "销号", "li", &["1"]);
    let fix = step("1", "整改完成", "li", &[]);
    let check = |severity: &str, steps: &[(String, Value)], expected: &[BreachKind]| {
        let result = finding(severity, steps).state();
        assert_eq!((result.state, kinds(&result).as_slice()), (StateName::Closed, expected), "{severity}");
    };
    check("L1", &[fix.clone(), with(close.clone(), "photos", photo.clone())], &[]);
    check("L1", &[with(fix.clone(), "photos", photo.clone()), close.clone()], &[]);
    check("L1", &[fix.clone(), close.clone()], &[BreachKind::SelfClosedWithoutPhoto]);
    check("L2", &[fix, with(close, "photos", photo)], &[BreachKind::RecheckedByFixer]);
}

#[test]
fn a_false_alarm_is_void_unless_others_were_at_work_on_it() {
    let void = |after: &[&str]| step("9", "误报作废", "office", after);
    assert_eq!(state(&[void(&[])]).state, StateName::Voided);
    let assigned = step("1", "派发", "head", &[]);
    let contested = state(&[assigned.clone(), void(&[])]);
    assert_eq!(contested.state, StateName::Assigned);
    assert_eq!(contested.overruled[0].why, Why::VoidContested);
    assert_eq!(state(&[assigned.clone(), void(&["1"])]).state, StateName::Voided);
    // Somebody who saw it voided takes it up again.
    assert_eq!(state(&[void(&[]), step("10", "派发", "head", &["9"])]).state, StateName::Assigned);
}

#[test]
fn a_deferred_finding_is_tracked_and_not_overdue_until_its_own_time() {
    let steps = [step("1", "派发", "office", &[]), step("2", "挂账", "head", &["1"])];
    let result = state(&steps);
    assert_eq!(result.state, StateName::Deferred);
    assert!(!result.is_overdue(UtcMillis(i64::MAX)));
    let dated = [steps[0].clone(), with(steps[1].clone(), "due", json!(5000))];
    assert!(!state(&dated).is_overdue(UtcMillis(5000)));
    assert!(state(&dated).is_overdue(UtcMillis(5001)));
    let resumed = [steps[0].clone(), steps[1].clone(), step("3", "接单", "li", &["1", "2"])];
    assert_eq!(state(&resumed).state, StateName::InProgress);
    let meanwhile = [steps[0].clone(), steps[1].clone(), step("3", "接单", "li", &["1"])];
    assert_eq!(state(&meanwhile).state, StateName::InProgress);
}

#[test]
fn what_was_put_right_on_the_spot_is_recorded_and_not_open() {
    let mut document = json!({"severity": "L4", "corrected_on_spot": true, "due": 0});
    let on_spot = Finding::read(document.as_object().expect("an object")).state();
    assert_eq!(on_spot.state, StateName::CorrectedOnSpot);
    assert!(!on_spot.is_overdue(UtcMillis(10)));
    document["steps/1"] = step("1", "复查通过", "office", &[]).1;
    let closed = Finding::read(document.as_object().expect("an object")).state();
    assert_eq!((closed.state, closed.breaches), (StateName::Closed, vec![]));
}

#[test]
fn out_of_service_holds_until_somebody_who_saw_it_restores() {
    let stop = step("1", "停用", "guard", &[]);
    assert!(state(&[stop.clone(), step("2", "恢复使用", "head", &[])]).is_out_of_service);
    assert!(!state(&[stop, step("2", "恢复使用", "head", &["1"])]).is_out_of_service);
}

#[test]
fn of_concurrent_times_the_earliest_counts_and_a_later_one_replaces_those_seen() {
    let give = |id: &str, due: i64, after: &[&str]| with(step(id, "延期批准", "head", after), "due", json!(due));
    assert_eq!(state(&[give("1", 3000, &[]), give("2", 2000, &[])]).due, Some(UtcMillis(2000)));
    assert_eq!(state(&[give("1", 2000, &[]), give("2", 3000, &["1"])]).due, Some(UtcMillis(3000)));
    assert_eq!(state(&[]).due, Some(UtcMillis(1000)));
}

#[test]
fn a_repair_in_time_is_not_overdue_while_it_waits() {
    let in_time = state(&[step("1", "整改完成", "li", &[])]);
    assert!(!in_time.is_overdue(UtcMillis(99_999)));
    let late = state(&[with(step("1", "整改完成", "li", &[]), "at", json!(1001))]);
    assert!(late.is_overdue(UtcMillis(1002)));
    assert!(!state(&[]).is_overdue(UtcMillis(1000)));
    assert!(state(&[]).is_overdue(UtcMillis(1001)));
}

#[test]
fn overdue_findings_climb_to_the_head_after_a_day() {
    let settings = Settings::default();
    let open = state(&[]);
    let told = |severity, now| open.escalated_to(Some(severity), UtcMillis(now), &settings);
    assert_eq!(told(Severity::L2, 1000), vec![]);
    assert_eq!(told(Severity::L2, 1001), vec![Role::Logi]);
    assert_eq!(told(Severity::L2, 1001 + 86_400_000), vec![Role::Logi, Role::Head]);
    assert_eq!(told(Severity::L3, 0), vec![Role::Logi, Role::Head]);
}

#[test]
fn breaches_of_roles_and_own_extensions_are_shown() {
    let finding = finding(
        "L2",
        &[
            step("1", "延期申请", "li", &[]),
            step("2", "延期批准", "li", &["1"]),
            step("3", "派发", "li", &["2"]),
            step("4", "验收", "li", &["3"]),
        ],
    );
    assert_eq!(kinds(&finding.state()), [BreachKind::GrantedOwnExtension, BreachKind::UnknownStep]);
    let breaches = finding.role_breaches(|_| vec![Role::Fixer]);
    assert_eq!(breaches.iter().map(|breach| breach.step.as_str()).collect::<Vec<_>>(), ["2", "3"]);
}

#[test]
fn a_person_is_offered_what_he_may_do() {
    let check =
        |severity: &str, steps: &[(String, Value)], person: &str, role: Role, yes: &[StepKind], no: &[StepKind]| {
            let finding = finding(severity, steps);
            let offered = finding.next_steps(&finding.state(), person, &[role]);
            assert!(yes.iter().all(|step| offered.contains(step)), "{offered:?} lacks some of {yes:?}");
            assert!(!no.iter().any(|step| offered.contains(step)), "{offered:?} has some of {no:?}");
        };
    use StepKind::{Assign, Close, Fix, GrantExtension, Pass, Reassign, Return, Void};
    check("L2", &[], "o", Role::Logi, &[Assign, Void], &[Pass]);
    check("L2", &[], "f", Role::Fixer, &[Fix], &[Assign, Void, Pass]);
    let fixed = [step("1", "整改完成", "li", &[])];
    check("L2", &fixed, "li", Role::Logi, &[], &[Pass, Return, Close]);
    check("L1", &fixed, "li", Role::Fixer, &[Close], &[Pass]);
    check("L2", &fixed, "o", Role::Logi, &[Pass, Return, Close], &[Reassign]);
    let document = json!({"found_by": "s", "steps/1": fixed[0].1});
    let own = Finding::read(document.as_object().expect("an object"));
    assert!(!own.next_steps(&own.state(), "s", &[Role::Fso]).contains(&Pass));
    assert!(own.next_steps(&own.state(), "t", &[Role::Fso]).contains(&Pass));
    let asked = [step("1", "派发", "o", &[]), step("2", "延期申请", "o", &["1"])];
    check("L2", &asked, "o", Role::Logi, &[Reassign], &[GrantExtension]);
    check("L2", &asked, "h", Role::Head, &[GrantExtension], &[]);
}

#[test]
fn an_ill_typed_step_is_shown_and_changes_nothing() {
    let mut steps = vec![step("1", "派发", "o", &[])];
    steps.push(("steps/2".into(), json!({"step": "整改完成"})));
    let finding = finding("L2", &steps);
    assert_eq!(finding.unreadable, ["steps/2"]);
    assert_eq!(finding.state().state, StateName::Assigned);
}

/// Kind, author, clock, steps seen, time set, whether there is a photo.
type Parts = (usize, u8, i64, Vec<usize>, Option<i64>, bool);

fn any_step() -> impl Strategy<Value = Parts> {
    (
        0..StepKind::all().count(),
        0u8..3,
        0i64..4,
        prop::collection::vec(0usize..7, 0..4),
        prop::option::of(0i64..4),
        any::<bool>(),
    )
}

fn build((id, parts): (usize, Parts)) -> Step {
    let (kind, by, at, after, due, has_photo) = parts;
    Step {
        id: id.to_string(),
        step: StepKind::all().nth(kind).expect("a known step"),
        by: format!("p{by}"),
        is_auto: false,
        at: UtcMillis(at),
        after: after.iter().map(usize::to_string).collect(),
        assignee: (by > 0).then(|| format!("p{by}")),
        due: due.map(UtcMillis),
        note: None,
        cost: None,
        photos: if has_photo { vec![json!({"blob": "00"})] } else { Vec::new() },
    }
}

proptest! {
    #[test]
    fn the_state_does_not_depend_on_the_order_of_arrival(
        (steps, shuffled) in prop::collection::vec(any_step(), 0..7)
            .prop_map(|steps| steps.into_iter().enumerate().map(build).collect::<Vec<Step>>())
            .prop_flat_map(|steps| (Just(steps.clone()), Just(steps).prop_shuffle())),
    ) {
        let empty = finding("L1", &[]);
        let arrive = |steps: Vec<Step>| steps.into_iter().fold(empty.clone(), Finding::with_step);
        let (first, second) = (arrive(steps), arrive(shuffled));
        prop_assert_eq!(first.state(), second.state());
    }

    #[test]
    fn clocks_decide_nothing_about_the_state(
        steps in prop::collection::vec((any_step(), 0i64..1000), 0..7),
    ) {
        let build_with = |skewed: bool| {
            steps.iter().cloned().enumerate().fold(finding("L2", &[]), |finding, (id, (mut parts, skew))| {
                if skewed {
                    parts.2 = skew;
                }
                finding.with_step(build((id, parts)))
            })
        };
        let (plain, skewed) = (build_with(false).state(), build_with(true).state());
        prop_assert_eq!(plain.state, skewed.state);
        prop_assert_eq!(plain.due, skewed.due);
        prop_assert_eq!(plain.breaches, skewed.breaches);
    }

    #[test]
    fn an_unseen_repair_is_always_looked_at(after in prop::collection::vec(any::<bool>(), 3)) {
        // Whatever the office does without having seen the repair, the finding waits for a re-check.
        let office = ["派发", "转派", "延期批准"];
        let mut steps = vec![step("1", "派发", "o", &[]), step("2", "整改完成", "li", &["1"])];
        for (index, (name, _)) in office.iter().zip(&after).enumerate().filter(|(_, (_, is_made))| **is_made) {
            steps.push(step(&(index + 3).to_string(), name, "o", &["1"]));
        }
        prop_assert_eq!(state(&steps).state, StateName::AwaitingRecheck);
    }
}

fn by_itself(step: (String, Value)) -> (String, Value) {
    with(step, "auto", json!(true))
}

#[test]
fn what_an_answer_did_by_itself_is_nobodys_breach() {
    let own = finding("L2", &[by_itself(step("1", "误报作废", "cook", &[]))]);
    assert_eq!(own.role_breaches(|_| vec![Role::Cook]), vec![]);
    let by_hand = finding("L2", &[step("1", "误报作废", "cook", &[])]);
    assert_eq!(by_hand.role_breaches(|_| vec![Role::Cook]).len(), 1);
}

#[test]
fn a_finding_that_its_answer_raises_again_goes_back_to_who_had_it_or_waits_for_its_assignment() {
    let voided = [
        by_itself(step("1", "误报作废", "cook", &[])),
        by_itself(step("2", "退回", "cook", &["1"])),
        by_itself(step("3", "误报作废", "cook", &["1", "2"])),
    ];
    let states = [StateName::Voided, StateName::Unassigned, StateName::Voided];
    for (last, expected) in states.into_iter().enumerate() {
        assert_eq!(state(&voided[..=last]).state, expected, "{last}");
    }
    let closed = [
        with(step("1", "派发", "office", &[]), "assignee", json!("li")),
        step("2", "整改完成", "li", &["1"]),
        step("3", "复查通过", "office", &["1", "2"]),
        by_itself(step("4", "退回", "cook", &["1", "2", "3"])),
    ];
    let raised = state(&closed);
    assert_eq!((raised.state, raised.assignee.as_deref()), (StateName::Returned, Some("li")));
    assert_eq!(raised.breaches, vec![]);
}

#[test]
fn a_close_that_a_later_answer_has_undone_is_no_breach_any_more() {
    let steps = [step("1", "复查通过", "office", &[]), by_itself(step("2", "退回", "cook", &["1"]))];
    assert_eq!(kinds(&state(&steps[..1])), [BreachKind::ClosedWithoutFix]);
    assert_eq!((kinds(&state(&steps)), state(&steps).state), (vec![], StateName::Unassigned));
}

#[test]
fn a_description_is_told_in_english_with_the_words_of_its_item() {
    let reading = |value: i64, is_retest| Reading { value: value.into(), of: "红烧肉".into(), is_retest };
    let (cold, hot) = (reading(65, false), reading(76, true));
    let check = |worst, retest, note, expected: &str| {
        let item = built_in_item("T01.07").expect("a built-in item");
        let failed = FailedAnswer {
            record: Uuid::nil(),
            place: &PlaceName::Whole,
            item,
            source: FindingSource::Inspection,
            area: None,
            worst,
            retest,
            note,
            severity: None,
            is_corrected_on_spot: false,
            found_at: UtcMillis(0),
            found_by: "li",
        };
        let text = "Core temperature of hot dishes when they leave the stove (measure 2 dishes)";
        let description = failed.description();
        assert_eq!(description_en(item, &description), Some(format!("{text}{expected}")), "{description}");
    };
    check(None, None, None, "");
    check(None, None, Some("锅坏；已报修"), "; 锅坏；已报修");
    check(Some(&cold), None, None, ": 红烧肉 65 ℃");
    check(Some(&cold), Some(&hot), Some("已回锅"), ": 红烧肉 65 ℃, measured again: 76 ℃; 已回锅");
    let item = built_in_item("T16.01").expect("a built-in item");
    let taps = description_en(item, &format!("{}：3 处；二楼", item.text));
    assert_eq!(taps.as_deref(), Some("Taps running or dripping (places): 3 places; 二楼"));
    assert_eq!(description_en(item, "墙裂了"), None);
    assert_eq!(description_en(item, &format!("{}很多", item.text)), None);
}
