//! Spans, stays and bursts: what speaks of a person takes the end that is better for the person.

use domain::checked_time::{ClockState, Moment, Span, span};
use domain::patrol::{Run, Signal, Stay, ToldSignal, photos_before, signals};
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{at, clock, day_route, moment, plan, points, run, run_document, visit, with};

use ClockState::{None as Nobody, Person, Server};

#[test]
fn in_one_start_of_the_machine_a_span_is_the_difference_of_the_steady_clock() {
    let before = moment(Nobody, 1, "2026-09-01T07:12:00");
    // The wall clock was put back by ten years meanwhile.
    let after = Moment { at: at("2016-09-01T07:12:00"), ..moment(Nobody, 1, "2026-09-01T07:13:30") };
    assert_eq!(span(&before, &after), Some(Span { min: 90_000, max: 90_000 }));
}

#[test]
fn across_two_starts_both_must_be_checked_and_each_person_makes_it_ten_minutes_wider() {
    let between = |a, b| {
        let (a, b) = (moment(a, 1, "2026-09-01T07:00:00"), moment(b, 2, "2026-09-01T08:00:00"));
        span(&a, &b).map(|span| (span.min / 60_000, span.max / 60_000))
    };
    assert_eq!(between(Server, Server), Some((60, 60)));
    assert_eq!(between(Server, Person), Some((50, 70)));
    assert_eq!(between(Person, Person), Some((40, 80)));
    assert_eq!(between(Server, Nobody), None);
    assert_eq!(between(Nobody, Nobody), None);
}

#[test]
fn a_device_that_learns_the_time_later_puts_its_moments_right_in_that_start_alone() {
    let later = json!({"state": "server", "offset_ms": 3_600_000});
    let saved = at("2026-09-01T06:12:00");
    let fields = json!({
        "clock": clock(Nobody, 1, saved), "clock_later": later,
        "visits/a/v/1": with(visit(1, "li", "2026-09-01T06:12:00", "正常"), json!({"clock": clock(Nobody, 1, saved)})),
        "visits/b/v/2": with(visit(2, "li", "2026-09-01T06:14:00", "正常"), json!({"clock": clock(Nobody, 2, saved)})),
    });
    let run = run(fields);
    assert_eq!((run.visits[0].arrived.at, run.visits[0].arrived.clock.state), (at("2026-09-01T07:12:00"), Server));
    assert_eq!((run.visits[1].arrived.at, run.visits[1].arrived.clock.state), (at("2026-09-01T06:14:00"), Nobody));
}

/// Points that ask for 60 seconds each: an arrival at `a`, which is closed a minute later, the way to `b`, and the finish.
fn walked() -> Run {
    let clock_at = |text: &str| clock(Server, 1, at(text));
    run(json!({
        "arrivals/1": {"n": 1, "checkpoint": "a", "how": "qr", "at": at("2026-09-01T06:40:00"), "clock": clock_at("2026-09-01T06:40:00")},
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "li", "2026-09-01T06:41:10", "正常"),
        "ends/e": {"n": 3, "by": "li", "at": at("2026-09-01T06:41:40"), "clock": clock_at("2026-09-01T06:41:40")},
    }))
}

#[test]
fn the_stay_of_a_visit_is_from_its_arrival_to_the_next_arrival_or_to_the_finish() {
    let run = walked();
    let stays: Vec<Option<u32>> = run.stays().iter().map(|(_, stay)| stay.short_by(60)).collect();
    assert_eq!(stays, [Some(0), Some(30)], "70 s at a, 30 s at b");
}

#[test]
fn an_unknown_stay_is_never_short() {
    let other_start =
        |n, text: &str| with(visit(n, "li", text, "正常"), json!({"clock": clock(Nobody, u128::from(n), at(text))}));
    let run = run(json!({
        "visits/a/v/1": other_start(1, "2026-09-01T06:40:00"), "visits/b/v/2": other_start(2, "2026-09-01T06:40:01"),
    }));
    let stays = run.stays();
    assert!(stays.iter().all(|(_, stay)| stay.0.is_none() && !stay.is_short(60)), "the second goes on");
    assert_eq!(stays[0].1.short_by(60), None, "未测");
}

#[test]
fn a_stay_is_short_only_when_even_its_longest_end_is() {
    assert!(Stay(Some(Span { min: 0, max: 59_999 })).is_short(60));
    assert!(!Stay(Some(Span { min: -1_140_000, max: 60_000 })).is_short(60));
}

#[test]
fn three_arrivals_within_ten_seconds_are_a_burst_and_a_clock_that_jumps_is_told() {
    let fast = run_document(json!({
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "li", "2026-09-01T06:40:05", "正常"),
        "visits/c/v/3": visit(3, "li", "2026-09-01T06:40:10", "正常"),
        "visits/d/v/4": with(visit(4, "li", "2026-09-01T07:20:00", "正常"), json!({"clock": clock(Server, 1, at("2026-09-01T06:41:00"))})),
    }));
    let told = signals(&Run::read(&domain::correction::apply("patrol_run", &fast)), &fast, None);
    let abc = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert!(told.iter().all(|told| told.people == ["li"]));
    let told: Vec<Signal> = told.into_iter().map(|told| told.signal).collect();
    assert_eq!(told, [Signal::Burst { checkpoints: abc }, Signal::ClockJump { checkpoint: "d".to_owned() }]);
}

#[test]
fn over_a_start_of_the_machine_neither_a_burst_nor_a_jump_is_told_that_nobody_can_be_sure_of() {
    let vouched = |n, text: &str| with(visit(n, "li", text, "正常"), json!({"clock": clock(Person, 2, at(text))}));
    let document = run_document(json!({
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "li", "2026-09-01T06:45:00", "正常"),
        // Ten minutes and five seconds after the first one: by a clock that may be ten minutes wrong.
        "visits/c/v/3": vouched(3, "2026-09-01T06:50:05"),
    }));
    let run = Run::read(&domain::correction::apply("patrol_run", &document));
    let told = signals(&run, &document, None);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn short_stays_typed_tags_and_one_photo_twice_are_told_in_neutral_words() {
    let typed = |n, text: &str| with(visit(n, "li", text, "正常"), json!({"how": "typed"}));
    let document = run_document(json!({
        "visits/a/v/1": typed(1, "2026-09-01T06:40:00"), "visits/b/v/2": typed(2, "2026-09-01T06:40:20"),
        "visits/a/photos/ff": {"blob": "ff"}, "visits/b/answers/T01.01/photos/ff": {"blob": "ff"},
        "visits/b/photos/aa": {"blob": "aa"},
    }));
    let run = Run::read(&domain::correction::apply("patrol_run", &document));
    let plan = plan(&day_route(), &points(&["a", "b"]));
    let expected = [
        Signal::Short { checkpoint: "a".to_owned(), by_s: 40 },
        Signal::AllTyped,
        Signal::SamePhoto { blob: "ff".to_owned(), checkpoints: vec!["a".to_owned(), "b".to_owned()] },
    ];
    let told: Vec<Signal> = signals(&run, &document, Some(&plan)).into_iter().map(|told| told.signal).collect();
    assert_eq!(told, expected);
    let scanned = visit(3, "li", "2026-09-01T06:50:00", "正常");
    let one_scanned = run_document(json!({"visits/a/v/1": typed(1, "2026-09-01T06:40:00"), "visits/b/v/3": scanned}));
    let run = Run::read(&domain::correction::apply("patrol_run", &one_scanned));
    let told = signals(&run, &one_scanned, Some(&plan));
    assert!(told.is_empty(), "one tag was read: {told:?}");
}

#[test]
fn a_photo_of_an_earlier_round_is_told_on_the_later_one_and_on_neither_where_no_clock_can_tell() {
    let photographed = |text: &str, (state, boot): (ClockState, u128), blob: &str| {
        let clock = clock(state, boot, at(text));
        let mut fields = json!({"visits/a/v/1": with(visit(1, "li", text, "正常"), json!({"clock": clock}))});
        fields[format!("visits/a/photos/{blob}")] = json!({"blob": blob});
        run_document(fields)
    };
    let monday = photographed("2026-08-31T06:40:00", (Server, 1), "ff");
    let tuesday = photographed("2026-09-01T06:40:00", (Server, 2), "ff");
    let told = |own: &Map<String, Value>, other: &Map<String, Value>| {
        let read = |document| Run::read(&domain::correction::apply("patrol_run", document));
        photos_before(&read(own), own, [("x", &read(other), other)])
    };
    let signal = Signal::PhotoBefore { blob: "ff".to_owned(), checkpoints: vec!["a".to_owned()], run: "x".to_owned() };
    assert_eq!(told(&tuesday, &monday), [ToldSignal { signal, people: vec!["li".to_owned()] }]);
    assert!(told(&monday, &tuesday).is_empty(), "it was new then");
    let unchecked = photographed("2026-09-02T06:40:00", (Nobody, 9), "ff");
    assert!(told(&unchecked, &monday).is_empty() && told(&monday, &unchecked).is_empty(), "unknown never blames");
    let another = photographed("2026-08-31T06:40:00", (Server, 1), "aa");
    assert!(told(&tuesday, &another).is_empty(), "another photo");
    let mut void = monday.clone();
    void.insert("void/9".to_owned(), json!({"reason": "走错楼", "by": "logi", "at": 1}));
    assert!(told(&tuesday, &void).is_empty(), "a void round counts for nothing");
}

#[test]
fn what_is_entered_afterwards_has_no_stays_for_the_times_are_those_of_its_typing() {
    let document = run_document(json!({
        "late": true,
        "visits/a/v/1": visit(1, "li", "2026-09-02T07:50:00", "正常"),
        "visits/b/v/2": visit(2, "li", "2026-09-02T07:50:03", "正常"),
        "visits/c/v/3": visit(3, "li", "2026-09-02T07:50:06", "正常"),
    }));
    let run = Run::read(&domain::correction::apply("patrol_run", &document));
    assert!(run.stays().iter().all(|(_, stay)| stay.0.is_none()), "未测");
    let plan = plan(&day_route(), &points(&["a", "b", "c"]));
    let told: Vec<Signal> = signals(&run, &document, Some(&plan)).into_iter().map(|told| told.signal).collect();
    assert_eq!(told, [Signal::Entered], "neither short nor a burst");
}

#[test]
fn a_signal_names_whose_acts_it_is_about_and_nobody_else() {
    let document = run_document(json!({
        "leader": "li",
        "visits/a/v/1": visit(1, "li", "2026-09-01T06:40:00", "正常"),
        "visits/b/v/2": visit(2, "wang", "2026-09-01T06:40:20", "正常"),
        "visits/c/v/3": visit(3, "wang", "2026-09-01T06:50:00", "正常"),
    }));
    let run = Run::read(&domain::correction::apply("patrol_run", &document));
    let plan = plan(&day_route(), &points(&["a", "b", "c"]));
    let told = signals(&run, &document, Some(&plan));
    let short = Signal::Short { checkpoint: "a".to_owned(), by_s: 40 };
    assert_eq!(told, [ToldSignal { signal: short, people: vec!["li".to_owned()] }]);
}

proptest! {
    #[test]
    fn a_span_read_the_other_way_round_is_its_mirror(
        a in any::<(i64, u64, u8)>(), b in any::<(i64, u64, u8)>(), same_start in any::<bool>(),
    ) {
        let read = |(at, steady_ms, state): (i64, u64, u8), boot| Moment {
            at: UtcMillis(at / 2),
            clock: domain::checked_time::ClockStamp {
                state: [Server, Person, Nobody][usize::from(state % 3)],
                boot: domain::checked_time::Boot(uuid::Uuid::from_u128(boot)),
                steady_ms: steady_ms / 4,
            },
        };
        let (a, b) = (read(a, 1), read(b, if same_start { 1 } else { 2 }));
        let mirrored = span(&b, &a).map(|span| Span { min: -span.max, max: -span.min });
        prop_assert_eq!(span(&a, &b), mirrored);
        if let Some(span) = span(&a, &b) {
            prop_assert!(span.min <= span.max);
        }
    }
}
