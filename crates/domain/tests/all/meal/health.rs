//! 晨检: who is out of the kitchen, and what lifts it.

use std::collections::BTreeSet;

use domain::meal::{
    Attendance, CheckState, Decision, MorningCheck, ReturnToWork, Session, Who, check_states, may_take_back,
    out_of_kitchen,
};
use proptest::prelude::*;

use super::{day, id, number};

fn chen() -> Who {
    Who::Person(id(1))
}

fn check(number: u128, date: &str, celsius: &str) -> MorningCheck {
    MorningCheck {
        id: id(number),
        who: chen(),
        date: day(date),
        session: Session::Morning,
        attendance: Attendance::Here,
        celsius: Some(super::number(celsius)),
        has_symptom: false,
        is_tidy: true,
        decision: None,
        is_void: false,
    }
}

fn back(lifts: &[u128], approver: u128) -> ReturnToWork {
    let lifts = lifts.iter().map(|number| id(*number)).collect();
    ReturnToWork { id: id(90), who: chen(), lifts, approver: Some(id(approver)), is_void: false }
}

fn is_out(checks: &[MorningCheck], returns: &[ReturnToWork], on: &str) -> bool {
    !out_of_kitchen(checks, returns, day(on), number("37.2")).is_empty()
}

#[test]
fn a_fever_on_monday_keeps_out_on_tuesday_without_a_word() {
    let checks = [check(1, "2026-11-23", "37.9"), check(2, "2026-11-24", "36.6")];
    assert!(is_out(&checks, &[], "2026-11-23") && is_out(&checks, &[], "2026-11-24"));
    assert!(!is_out(&checks, &[], "2026-11-22"));
    let out = &out_of_kitchen(&checks, &[], day("2026-11-24"), number("37.2"))[0];
    assert_eq!((out.since, &out.because), (day("2026-11-23"), &BTreeSet::from([id(1)])));
}

#[test]
fn a_further_measurement_lifts_nothing() {
    assert!(is_out(&[check(1, "2026-11-23", "37.9"), check(2, "2026-11-23", "36.8")], &[], "2026-11-23"));
}

#[test]
fn a_return_lifts_the_checks_that_its_approver_saw_and_no_others() {
    let checks = [check(1, "2026-11-23", "37.9")];
    assert!(!is_out(&checks, &[back(&[1], 7)], "2026-11-24"));
    let later = [check(1, "2026-11-23", "37.9"), check(2, "2026-11-22", "38.4")];
    assert!(is_out(&later, &[back(&[1], 7)], "2026-11-24"), "a fever that arrived late was not seen");
    assert!(is_out(&checks, &[back(&[1], 1)], "2026-11-24"), "nobody lets themselves return");
    assert!(is_out(&checks, &[ReturnToWork { approver: None, ..back(&[1], 7) }], "2026-11-24"));
    assert!(is_out(&checks, &[ReturnToWork { is_void: true, ..back(&[1], 7) }], "2026-11-24"));
    assert!(is_out(&checks, &[ReturnToWork { who: Who::Person(id(2)), ..back(&[1], 7) }], "2026-11-24"));
}

#[test]
fn a_slip_of_a_finger_is_taken_back_by_who_may_and_never_by_the_person() {
    let typo = check(1, "2026-11-23", "73.6");
    assert!(!may_take_back(&typo, number("37.2"), id(1), true), "her own row");
    assert!(!may_take_back(&typo, number("37.2"), id(2), false));
    assert!(may_take_back(&typo, number("37.2"), id(2), true));
    assert!(may_take_back(&check(2, "2026-11-23", "36.6"), number("37.2"), id(1), false));
    assert!(!is_out(&[MorningCheck { is_void: true, ..typo }], &[], "2026-11-23"));
}

#[test]
fn any_symptom_is_out_at_once_and_a_decision_may_only_be_stricter() {
    let ill = MorningCheck { has_symptom: true, decision: Some(Decision::Works), ..check(1, "2026-11-23", "36.6") };
    assert_eq!(ill.effective(number("37.2")), Decision::Removed);
    let sent = MorningCheck { decision: Some(Decision::SentToDoctor), ..check(1, "2026-11-23", "36.6") };
    assert!(sent.is_abnormal(number("37.2")));
    assert!(!check(1, "2026-11-23", "37.2").is_abnormal(number("37.2")), "at the limit");
}

#[test]
fn one_check_is_due_for_each_person_and_session() {
    let (wang, zhao, helper) = (Who::Person(id(2)), Who::Person(id(3)), Who::helper(" 帮厨老李"));
    let of = |who: &Who, check: MorningCheck| MorningCheck { who: who.clone(), ..check };
    let checks = [
        check(1, "2026-11-23", "36.6"),
        of(&wang, MorningCheck { celsius: None, ..check(2, "2026-11-23", "36.6") }),
        of(&zhao, MorningCheck { decision: Some(Decision::Works), ..check(3, "2026-11-23", "36.4") }),
        of(&Who::helper("帮厨老李"), MorningCheck { is_tidy: false, ..check(4, "2026-11-23", "36.4") }),
    ];
    let states = |session| {
        let states = check_states(&[chen(), wang.clone()], day("2026-11-23"), session, &checks, &[], number("37.2"));
        states.into_iter().collect::<Vec<_>>()
    };
    let expected = [
        (chen(), CheckState::Unconfirmed),
        (wang.clone(), CheckState::Unmeasured),
        (zhao.clone(), CheckState::Works),
        (helper, CheckState::ToMend),
    ];
    assert_eq!(states(Session::Morning), expected);
    assert_eq!(states(Session::Noon), [(chen(), CheckState::Missing), (wang.clone(), CheckState::Missing)]);
}

#[test]
fn what_waits_for_a_decision_has_one_once_any_check_of_the_session_was_decided() {
    let decided = MorningCheck { decision: Some(Decision::Works), ..check(2, "2026-11-23", "36.4") };
    let state = |checks: &[MorningCheck]| {
        check_states(&[chen()], day("2026-11-23"), Session::Morning, checks, &[], number("37.2"))[0].1
    };
    let own = check(1, "2026-11-23", "36.6");
    assert_eq!(state(std::slice::from_ref(&own)), CheckState::Unconfirmed);
    assert_eq!(state(&[own.clone(), decided.clone()]), CheckState::Works);
    let unmeasured = MorningCheck { celsius: None, ..check(3, "2026-11-23", "36.6") };
    assert_eq!(state(&[unmeasured, decided.clone()]), CheckState::Unmeasured, "that says nothing of a decision");
    let untidy = MorningCheck { is_tidy: false, ..check(4, "2026-11-23", "36.6") };
    assert_eq!(state(&[own, untidy, decided]), CheckState::ToMend);
}

proptest! {
    #[test]
    fn no_further_check_lets_anybody_back(
        rows in prop::collection::vec((20u32..24, 360i64..385), 1..6), more in (20u32..24, 360i64..385), lifted in 0u128..6,
    ) {
        let row = |(at, (date, tenths)): (usize, &(u32, i64))| {
            check(at as u128, &format!("2026-11-{date}"), &format!("{}.{}", tenths / 10, tenths % 10))
        };
        let before: Vec<MorningCheck> = rows.iter().enumerate().map(row).collect();
        let mut after = before.clone();
        after.push(row((50, &more)));
        let returns = [back(&[lifted], 7)];
        prop_assert!(!is_out(&before, &returns, "2026-11-24") || is_out(&after, &returns, "2026-11-24"));
        after.reverse();
        let mut sorted = after.clone();
        sorted.sort_by_key(|check| check.id);
        prop_assert_eq!(
            out_of_kitchen(&after, &returns, day("2026-11-24"), number("37.2")),
            out_of_kitchen(&sorted, &returns, day("2026-11-24"), number("37.2")),
        );
    }
}
