//! 48 hours, from rows alone: proved ages, disposals, holds, boxes.

use std::collections::BTreeSet;

use domain::checked_time::{ClockState, Moment, Span};
use domain::meal::{
    Disposal, DisposalReason, Held, Hold, Sample, SampleProblem, SampleState, box_clashes, box_key, disposals_of,
    held_in, keep_ms, proved_age, ready_at, sample_clock,
};
use domain::time::UtcMillis;
use proptest::prelude::*;

use super::{ahead, at, day, id, moment, number};

use ClockState::{None as Nobody, Person, Server};

const HOUR: i64 = 3_600_000;
/// The boots of two tablets.
const A: u128 = 1;
const B: u128 = 2;
const TAKEN: &str = "2026-11-23T11:00:00";

fn sample(taken: Moment) -> Sample {
    Sample {
        id: id(100),
        meal: id(10),
        date: day("2026-11-23"),
        dish: None,
        dish_name: "冬瓜汤".into(),
        fridge: Some(id(20)),
        box_no: "A-07".into(),
        grams: Some(number("130")),
        min_g: number("125"),
        keep_h: 48,
        taken,
        is_void: false,
    }
}

fn disposal(number: u128, at: Moment) -> Disposal {
    Disposal {
        id: id(number),
        sample: id(100),
        at,
        reason: DisposalReason::Due,
        receiver: None,
        has_receipt: false,
        age: None,
        after: BTreeSet::new(),
        is_void: false,
    }
}

fn hold(is_open: bool) -> Hold {
    Hold { id: id(300), meals: [id(10)].into(), days: BTreeSet::new(), is_open }
}

fn state(taken: Moment, held: Option<Held>, now: Moment) -> SampleState {
    sample_clock(&sample(taken), &[], &[], held.as_ref(), &now).state
}

#[test]
fn between_two_checked_tablets_a_sample_is_ready_after_48_hours() {
    let by = |a, b, now: &str| state(moment(a, A, TAKEN), None, moment(b, B, now));
    assert_eq!(by(Server, Server, "2026-11-25T10:59:59"), SampleState::Waiting);
    assert_eq!(by(Server, Server, "2026-11-25T11:00:00"), SampleState::Ready);
    assert_eq!(
        by(Person, Person, "2026-11-25T11:19:59"),
        SampleState::Waiting,
        "each person may be wrong by 10 minutes"
    );
    assert_eq!(by(Person, Person, "2026-11-25T11:20:00"), SampleState::Ready);
}

#[test]
fn a_wall_clock_put_forward_by_48_hours_proves_nothing() {
    let soon = moment(Nobody, A, "2026-11-23T11:30:00");
    assert_eq!(
        state(moment(Server, A, TAKEN), None, ahead(48, soon)),
        SampleState::Waiting,
        "the same start: 30 minutes"
    );
    let other = ahead(48, moment(Nobody, B, "2026-11-23T11:30:00"));
    assert_eq!(
        state(moment(Server, A, TAKEN), None, other),
        SampleState::Waiting,
        "another tablet that nobody checked"
    );
}

#[test]
fn a_tablet_that_was_a_year_ahead_does_not_keep_its_sample_for_a_year() {
    let taken = ahead(365 * 24, moment(Nobody, A, TAKEN));
    let first = moment(Server, B, "2026-11-23T12:00:00");
    let held = Some(Held { first, counted_ms: 0 });
    assert_eq!(state(taken, held, moment(Server, 3, "2026-11-25T11:59:00")), SampleState::Waiting);
    assert_eq!(
        state(taken, held, moment(Server, 3, "2026-11-25T12:00:00")),
        SampleState::Ready,
        "48 h after B first saw it"
    );
}

#[test]
fn steady_time_counts_over_starts_of_the_machine_where_nobody_knows_the_time() {
    let taken = moment(Nobody, A, TAKEN);
    let held = |hours: u64| Held { first: moment(Nobody, A, TAKEN), counted_ms: hours * 3_600_000 };
    let now = moment(Nobody, 9, "2016-01-01T08:00:00");
    assert_eq!(state(taken, Some(held(47)), now), SampleState::Waiting);
    assert_eq!(state(taken, Some(held(48)), now), SampleState::Ready);
}

#[test]
fn where_nothing_proves_an_age_no_instant_is_told() {
    let now = moment(Nobody, B, "2026-11-30T11:00:00");
    let clock = sample_clock(&sample(moment(Nobody, A, TAKEN)), &[], &[], None, &now);
    assert_eq!((clock.state, clock.ready_at, clock.left_ms), (SampleState::Waiting, None, 48 * HOUR));
    let asked = Moment { clock: moment(Person, B, "2026-11-30T11:00:00").clock, ..now };
    let clock = sample_clock(&sample(moment(Person, A, TAKEN)), &[], &[], None, &asked);
    assert_eq!(clock.state, SampleState::Ready, "one question answered at both ends");
}

#[test]
fn a_school_may_keep_samples_longer_and_never_shorter() {
    assert_eq!((keep_ms(72), keep_ms(24)), (72 * HOUR, 48 * HOUR));
    let now = moment(Server, A, TAKEN);
    assert_eq!(ready_at(0, 24, &now), Some(at("2026-11-25T11:00:00")));
}

#[test]
fn an_early_disposal_is_recorded_and_found() {
    let taken = moment(Server, A, TAKEN);
    let clock = |reason| {
        let gone = Disposal { reason, ..disposal(1, moment(Server, B, "2026-11-24T11:00:00")) };
        sample_clock(&sample(taken), &[gone], &[], None, &moment(Server, B, "2026-11-24T12:00:00"))
    };
    let due = clock(DisposalReason::Due);
    assert_eq!(due.state, SampleState::Early);
    assert_eq!(due.problems.iter().filter_map(|problem| problem.finding()).collect::<Vec<_>>(), ["early"]);
    assert_eq!(clock(DisposalReason::Spoiled).state, SampleState::Early);
    let tested = clock(DisposalReason::Tested);
    assert_eq!(tested.state, SampleState::Disposed, "送检 is lawful before 48 hours");
    assert_eq!(tested.problems, [SampleProblem::NoReceipt].into(), "and asks for the receiver and the receipt");
}

#[test]
fn an_unproved_age_accuses_nobody() {
    let taken = moment(Nobody, A, TAKEN);
    let now = moment(Server, B, "2026-11-25T12:00:00");
    let clock = |age| {
        let gone = Disposal { age, ..disposal(1, moment(Nobody, B, "2026-11-25T11:30:00")) };
        sample_clock(&sample(taken), &[gone], &[], None, &now)
    };
    let unproved = clock(None);
    assert_eq!((unproved.state, &unproved.problems), (SampleState::Disposed, &[SampleProblem::AgeUnproved].into()));
    assert!(unproved.problems.iter().all(|problem| problem.finding().is_none()));
    let proved = clock(Some(Span { min: 48 * HOUR, max: 50 * HOUR }));
    assert!(proved.problems.is_empty(), "what its device could bound then is kept");
    assert_eq!(clock(Some(Span { min: HOUR, max: 47 * HOUR })).state, SampleState::Early);
    let open = clock(Some(Span { min: 40 * HOUR, max: 50 * HOUR }));
    let unproved = [SampleProblem::AgeUnproved].into();
    assert_eq!((open.state, open.problems), (SampleState::Disposed, unproved), "it may have been kept for long enough");
}

#[test]
fn what_a_reader_can_tell_goes_before_what_the_device_could_tell_then() {
    let frozen = Some(Span { min: 0, max: HOUR });
    let gone = Disposal { age: frozen, ..disposal(1, moment(Server, B, "2026-11-25T11:00:00")) };
    let now = moment(Server, B, "2026-11-25T12:00:00");
    let clock = sample_clock(&sample(moment(Server, A, TAKEN)), &[gone], &[], None, &now);
    assert!(clock.problems.is_empty() && clock.state == SampleState::Disposed);
}

#[test]
fn the_second_who_saw_the_first_is_a_repetition_and_two_who_did_not_both_count() {
    let late = moment(Server, B, "2026-11-25T11:30:00");
    let second = Disposal { after: [id(1)].into(), ..disposal(2, late) };
    let rows = [disposal(1, late), second.clone(), disposal(3, late)];
    let (effective, repeated) = disposals_of(id(100), &rows);
    assert_eq!(effective.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(3)]);
    assert_eq!(repeated.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2)]);
    let rows = [Disposal { is_void: true, ..disposal(1, late) }, second];
    assert_eq!(disposals_of(id(100), &rows).0.len(), 1, "the first is void, so the second counts");
}

#[test]
fn a_food_incident_holds_its_samples_until_it_is_closed() {
    let ready = moment(Server, B, "2026-11-25T11:30:00");
    let clock = |holds: &[Hold], disposals: &[Disposal]| {
        sample_clock(&sample(moment(Server, A, TAKEN)), disposals, holds, None, &ready)
    };
    let held = clock(&[hold(true)], &[]);
    assert_eq!((held.state, held.ready_at), (SampleState::Waiting, None));
    assert_eq!(held.problems, [SampleProblem::OnHold].into());
    assert_eq!(clock(&[hold(false)], &[]).state, SampleState::Ready);
    let by_day = Hold { meals: BTreeSet::new(), days: [day("2026-11-23")].into(), ..hold(true) };
    assert_eq!(clock(&[by_day], &[]).state, SampleState::Waiting);
    let knew = Disposal { after: [id(300)].into(), ..disposal(1, ready) };
    let broken = clock(&[hold(true)], &[knew]);
    assert_eq!(broken.problems.iter().filter_map(|problem| problem.finding()).collect::<Vec<_>>(), ["hold"]);
    let unaware = clock(&[hold(true)], &[disposal(1, ready)]);
    assert_eq!(unaware.problems, [SampleProblem::DisposedOnHold].into(), "who had not seen it is not accused");
}

#[test]
fn a_mark_that_a_gap_held_apart_changes_no_name_of_a_box() {
    let once = box_key("\u{591}¸");
    assert_eq!(box_key(&once), once);
}

#[test]
fn the_same_box_twice_is_told_while_both_stand() {
    let one = sample(moment(Server, A, TAKEN));
    let two = Sample { id: id(101), box_no: "ａ 07".into(), ..one.clone() };
    let other_fridge = Sample { id: id(102), fridge: Some(id(21)), ..one.clone() };
    let samples = [one, two, other_fridge];
    let clashes = box_clashes(&samples, &[]);
    assert_eq!(clashes.len(), 1);
    assert_eq!((clashes[0].box_no.as_str(), &clashes[0].samples), ("A07", &vec![id(100), id(101)]));
    let gone = disposal(1, moment(Server, A, TAKEN));
    assert!(box_clashes(&samples, std::slice::from_ref(&gone)).is_empty(), "A-07 again after its disposal");
    assert_eq!(held_in(Some(id(20)), "a-07", &samples, &[]).map(|sample| sample.id), Some(id(100)));
    assert_eq!(held_in(Some(id(20)), "a-07", &samples, &[gone]).map(|sample| sample.id), Some(id(101)));
}

prop_compose! {
    fn any_moment(true_ms: i64)(boot in 1u128..4, state in 0usize..3, skew in -400i64..400) -> Moment {
        let state = [Server, Person, Nobody][state];
        // What is vouched for is right, to 10 minutes where it was a person; what is not may be anything.
        let at = match state {
            Server => true_ms,
            Person => true_ms + skew * 1_000,
            Nobody => true_ms + skew * 24 * HOUR,
        };
        let steady_ms = u64::try_from(true_ms).expect("after 1970") + u64::try_from(boot).expect("small") * 1_000;
        Moment { at: UtcMillis(at), clock: domain::checked_time::ClockStamp { state, boot: domain::checked_time::Boot(id(boot)), steady_ms } }
    }
}

fn history() -> impl Strategy<Value = (i64, Moment, Held, Moment)> {
    (0i64..60, 0i64..60, 0i64..60).prop_flat_map(|(to_first, counted, after)| {
        let start = at(TAKEN).0;
        let first = start + to_first * HOUR;
        let now = first + (counted + after) * HOUR;
        let counted_ms = u64::try_from(counted * HOUR).expect("not negative");
        (any_moment(start), any_moment(first), any_moment(now))
            .prop_map(move |(taken, first, seen)| (now - start, taken, Held { first, counted_ms }, seen))
    })
}

proptest! {
    #[test]
    fn a_proved_age_is_never_more_than_the_true_one((age, taken, held, now) in history()) {
        prop_assert!(proved_age(&taken, Some(&held), &now) <= age);
        prop_assert!(proved_age(&taken, None, &now) <= proved_age(&taken, Some(&held), &now), "and knowing more proves no less");
    }

    #[test]
    fn no_sample_is_ready_before_its_hours_are_over((age, taken, held, now) in history(), keep_h in 0u32..100) {
        let sample = Sample { keep_h, ..sample(taken) };
        let clock = sample_clock(&sample, &[], &[], Some(&held), &now);
        prop_assert!(clock.state != SampleState::Ready || age >= keep_ms(keep_h));
        prop_assert!(clock.ready_at.is_none() || now.clock.state != Nobody);
    }

    #[test]
    fn a_disposed_sample_is_told_alike_in_any_order(order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(), after in prop::collection::vec(0u128..4, 4)) {
        let late = moment(Server, B, "2026-11-25T11:30:00");
        let row = |number: usize| Disposal { after: [id(after[number])].into(), ..disposal(number as u128, late) };
        let rows: Vec<Disposal> = order.into_iter().map(row).collect();
        let mut sorted = rows.clone();
        sorted.sort_by_key(|row| row.id);
        let ids = |rows: &[Disposal]| disposals_of(id(100), rows).0.iter().map(|row| row.id).collect::<BTreeSet<_>>();
        prop_assert_eq!(ids(&rows), ids(&sorted));
        prop_assert!(!ids(&rows).is_empty(), "what was thrown away is never shown as still there");
    }

    #[test]
    fn the_name_of_a_box_stays_when_it_is_told_again(name in "[a-zA-Z0-9ａ-ｚＡ-Ｚ０-９一-龥 \u{3000}‐–-]{0,8}") {
        prop_assert_eq!(box_key(&box_key(&name)), box_key(&name));
    }
}
