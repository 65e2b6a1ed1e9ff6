//! Which time a device may rely on.

use chrono::NaiveDate;
use domain::checked_time::{
    Boot, CheckedTime, ClockKnowledge, ClockReading, ClockState, ServerTime, Steady, VouchError,
};
use domain::time::{DEFAULT_ZONE, Shift, UtcMillis, business_date};
use proptest::prelude::*;
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-11-29 10:00 in Shanghai.
const TODAY: UtcMillis = UtcMillis(1_795_917_600_000);
/// 2016-01-01.
const DEAD_BATTERY: UtcMillis = UtcMillis(1_451_606_400_000);
const OLDEST: UtcMillis = UtcMillis(1_756_684_800_000);

fn boot(number: u128) -> Boot {
    Boot(Uuid::from_u128(number))
}

/// The clocks `after` milliseconds from the first reading of a machine that shows `wall` then.
fn clocks(number: u128, wall: UtcMillis, after: i64) -> ClockReading {
    let ms = u64::try_from(5_000 + after).expect("after the start");
    ClockReading { wall: UtcMillis(wall.0 + after), steady: Steady { boot: boot(number), ms } }
}

fn prompt(time: UtcMillis) -> ServerTime {
    ServerTime { time, round_trip_ms: 80 }
}

fn told(reading: ClockReading, time: UtcMillis) -> ClockKnowledge {
    let mut knowledge = ClockKnowledge::default();
    assert!(knowledge.hear_server(reading, prompt(time), OLDEST));
    knowledge
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().expect("a date"))
}

#[test]
fn a_clock_that_nobody_has_vouched_for_is_taken_as_it_is_and_unchecked() {
    let time = ClockKnowledge::default().judge(clocks(1, DEAD_BATTERY, 0));
    assert_eq!((time.now, time.state), (DEAD_BATTERY, ClockState::None));
    assert_eq!((time.earliest(), time.latest()), (None, None));
}

#[test]
fn an_answer_that_agrees_to_its_whole_second_moves_no_clock() {
    for wrong_by in [-1_999, -400, 0, 999, 2_000] {
        let time = told(clocks(1, TODAY, 0), UtcMillis(TODAY.0 + wrong_by)).judge(clocks(1, TODAY, MINUTE));
        assert_eq!((time.now, time.state), (UtcMillis(TODAY.0 + MINUTE), ClockState::Server), "{wrong_by}");
    }
    let time = told(clocks(1, TODAY, 0), UtcMillis(TODAY.0 + 3_000)).judge(clocks(1, TODAY, 0));
    assert_eq!(time.now, UtcMillis(TODAY.0 + 3_000));
}

#[test]
fn the_answer_of_the_server_puts_a_dead_battery_right() {
    let knowledge = told(clocks(1, DEAD_BATTERY, 0), TODAY);
    let later = knowledge.judge(clocks(1, DEAD_BATTERY, 3 * HOUR));
    assert_eq!((later.now, later.state), (UtcMillis(TODAY.0 + 3 * HOUR), ClockState::Server));
}

#[test]
fn a_wall_clock_that_was_set_is_vouched_for_by_nobody_until_the_next_answer() {
    let mut knowledge = told(clocks(1, TODAY, 0), TODAY);
    let mut set_back = clocks(1, TODAY, HOUR);
    set_back.wall.0 -= 3 * DAY;
    assert_eq!(knowledge.judge(set_back).state, ClockState::None);
    assert!(knowledge.hear_server(set_back, prompt(UtcMillis(TODAY.0 + HOUR)), OLDEST));
    let put_right = knowledge.judge(set_back);
    assert_eq!((put_right.now.0, put_right.state), (TODAY.0 + HOUR, ClockState::Server));
}

#[test]
fn a_start_of_the_machine_ends_what_was_vouched_for() {
    let knowledge = told(clocks(1, TODAY, 0), TODAY);
    let restarted = knowledge.judge(clocks(2, DEAD_BATTERY, 0));
    assert_eq!((restarted.now, restarted.state), (DEAD_BATTERY, ClockState::None));
    assert_eq!(restarted.earliest(), Some(TODAY), "that it cannot be earlier is still known");
}

#[test]
fn an_answer_that_was_slow_or_older_than_the_program_says_nothing() {
    let mut knowledge = ClockKnowledge::default();
    let reading = clocks(1, DEAD_BATTERY, 0);
    assert!(!knowledge.hear_server(reading, ServerTime { time: TODAY, round_trip_ms: 10_000 }, OLDEST));
    assert!(!knowledge.hear_server(reading, prompt(UtcMillis(OLDEST.0 - 1)), OLDEST));
    assert_eq!(knowledge, ClockKnowledge::default());
}

#[test]
fn an_answer_that_contradicts_an_earlier_one_is_none_and_is_shown() {
    let mut knowledge = told(clocks(1, TODAY, 0), TODAY);
    let reading = clocks(1, TODAY, HOUR);
    let jumped = UtcMillis(TODAY.0 + HOUR + 6 * MINUTE);
    assert!(knowledge.hear_server(reading, prompt(jumped), OLDEST));
    assert_eq!(knowledge.judge(reading).now.0, TODAY.0 + HOUR);
    let shown = knowledge.contradiction(reading).expect("it is shown");
    assert_eq!((shown.expected.0, shown.told), (TODAY.0 + HOUR, jumped));
    let again = clocks(1, TODAY, HOUR + MINUTE);
    assert!(!knowledge.hear_server(again, prompt(UtcMillis(jumped.0 + MINUTE)), OLDEST), "no news");
    assert!(knowledge.hear_server(again, prompt(UtcMillis(TODAY.0 + HOUR + MINUTE)), OLDEST));
    assert_eq!(knowledge.contradiction(again), None, "a server that agrees with itself again is not complained about");
}

#[test]
fn a_server_that_was_put_right_is_believed_once_a_person_has_come_to_the_same_time() {
    let wrong = UtcMillis(TODAY.0 + 5 * HOUR);
    let mut knowledge = told(clocks(1, TODAY, 0), wrong);
    // Nobody can vouch for less than what the server said, so the server's mistake was to be behind.
    let behind = UtcMillis(TODAY.0 - 5 * HOUR);
    let mut other = told(clocks(1, TODAY, 0), behind);
    for (knowledge, is_taken) in [(&mut knowledge, false), (&mut other, true)] {
        let reading = clocks(1, TODAY, MINUTE);
        let right = UtcMillis(TODAY.0 + MINUTE);
        assert_eq!(knowledge.vouch(reading, right, OLDEST).is_ok(), is_taken);
        let later = clocks(1, TODAY, 2 * MINUTE);
        knowledge.hear_server(later, prompt(UtcMillis(TODAY.0 + 2 * MINUTE)), OLDEST);
        assert_eq!(knowledge.judge(later).now.0 == TODAY.0 + 2 * MINUTE, is_taken);
    }
}

#[test]
fn a_person_vouches_where_there_is_no_server_but_never_for_less_than_the_server_has_told() {
    let mut knowledge = told(clocks(1, TODAY, 0), TODAY);
    let restarted = clocks(2, DEAD_BATTERY, 0);
    assert_eq!(knowledge.vouch(restarted, UtcMillis(TODAY.0 - DAY), OLDEST), Err(VouchError::TooEarly(TODAY)));
    assert_eq!(knowledge.judge(restarted).state, ClockState::None);
    let monday = UtcMillis(TODAY.0 + DAY);
    assert_eq!(knowledge.vouch(restarted, monday, OLDEST), Ok(()));
    let judged = knowledge.judge(clocks(2, DEAD_BATTERY, HOUR));
    assert_eq!((judged.now.0, judged.state), (monday.0 + HOUR, ClockState::Person));
    let nobody_confirms_2016 = ClockKnowledge::default().vouch(restarted, DEAD_BATTERY, OLDEST);
    assert_eq!(nobody_confirms_2016, Err(VouchError::TooEarly(OLDEST)));
    assert!(knowledge.hear_server(clocks(2, DEAD_BATTERY, 2 * HOUR), prompt(UtcMillis(monday.0 + HOUR)), OLDEST));
    assert_eq!(knowledge.judge(clocks(2, DEAD_BATTERY, 2 * HOUR)).state, ClockState::Server);
}

#[test]
fn the_same_answer_again_is_written_down_once_an_hour_at_most() {
    let mut knowledge = told(clocks(1, DEAD_BATTERY, 0), TODAY);
    let heard = |knowledge: &mut ClockKnowledge, after: i64| {
        knowledge.hear_server(clocks(1, DEAD_BATTERY, after), prompt(UtcMillis(TODAY.0 + after + 900)), OLDEST)
    };
    assert!(!heard(&mut knowledge, 15_000));
    assert!(!heard(&mut knowledge, HOUR - 1));
    assert!(heard(&mut knowledge, HOUR));
}

#[test]
fn dates_are_judged_by_what_is_certain() {
    let check = |time: CheckedTime, from: Option<NaiveDate>, to: Option<NaiveDate>, expected: bool| {
        assert_eq!(time.may_hold(from, to, DEFAULT_ZONE), expected, "{time:?} {from:?} {to:?}");
    };
    let (yesterday, tomorrow) = (day("2026-11-28"), day("2026-11-30"));
    let checked = told(clocks(1, DEAD_BATTERY, 0), TODAY).judge(clocks(1, DEAD_BATTERY, 0));
    check(checked, None, None, true);
    check(checked, yesterday, tomorrow, true);
    check(checked, day("2026-11-29"), day("2026-11-29"), true);
    check(checked, tomorrow, None, false);
    check(checked, None, yesterday, false);
    // The grant of last week has ended, whatever the clock was set back to; and none refuses because of a clock ahead.
    let told_once = told(clocks(1, TODAY, 0), TODAY);
    for wall in [DEAD_BATTERY, UtcMillis(TODAY.0 + 3_650 * DAY)] {
        let restarted = told_once.judge(clocks(2, wall, 0));
        check(restarted, None, yesterday, false);
        check(restarted, None, tomorrow, true);
        check(restarted, day("2030-01-01"), None, true);
        check(ClockKnowledge::default().judge(clocks(1, wall, 0)), None, day("1999-01-01"), true);
    }
}

#[test]
fn a_row_of_an_unchecked_clock_gets_its_correction_in_the_same_start_alone() {
    let saved = clocks(1, DEAD_BATTERY, 0);
    let mut knowledge = ClockKnowledge::default();
    assert_eq!(knowledge.judge(clocks(1, DEAD_BATTERY, HOUR)).correction(saved), None);
    // Somebody sets the wall clock between the row and the answer: the steady clock still knows.
    let mut reading = clocks(1, DEAD_BATTERY, HOUR);
    reading.wall.0 += 400 * DAY;
    assert!(knowledge.hear_server(reading, prompt(TODAY), OLDEST));
    let correction = knowledge.judge(reading).correction(saved).expect("the same start");
    assert_eq!(correction.state, ClockState::Server);
    assert_eq!(saved.wall.0 + correction.offset_ms, TODAY.0 - HOUR);
    let other_start = ClockReading { steady: Steady { boot: boot(9), ms: 5_000 }, ..saved };
    assert_eq!(knowledge.judge(reading).correction(other_start), None);
}

/// What happens to a device.
#[derive(Clone, Debug)]
enum Event {
    Passes(i64),
    WallSet(i64),
    Restarts(i64),
    ServerAnswers,
    PersonVouches(i64),
}

fn event() -> impl Strategy<Value = Event> {
    let far = -4_000 * DAY..4_000 * DAY;
    prop_oneof![
        4 => (0..3 * DAY).prop_map(Event::Passes),
        1 => far.clone().prop_map(Event::WallSet),
        1 => far.clone().prop_map(Event::Restarts),
        2 => Just(Event::ServerAnswers),
        1 => (-2 * MINUTE..2 * MINUTE).prop_map(Event::PersonVouches),
    ]
}

/// Lets all of this happen, and looks after each event at the time as it is and as the device judges it.
fn happens<E>(
    events: Vec<Event>,
    mut look: impl FnMut(i64, CheckedTime, &ClockKnowledge) -> Result<(), E>,
) -> Result<(), E> {
    let (mut real, mut wall_error, mut starts, mut started) = (TODAY.0, -3_000 * DAY, 1_u128, TODAY.0 - 5_000);
    let mut knowledge = ClockKnowledge::default();
    for event in events {
        let reading = |real: i64, wall_error: i64, starts: u128, started: i64| ClockReading {
            wall: UtcMillis(real + wall_error),
            steady: Steady { boot: boot(starts), ms: u64::try_from(real - started).expect("time passes") },
        };
        match event {
            Event::Passes(span) => real += span,
            Event::WallSet(error) => wall_error = error,
            Event::Restarts(error) => (wall_error, starts, started) = (error, starts + 1, real),
            Event::ServerAnswers => {
                knowledge.hear_server(reading(real, wall_error, starts, started), prompt(UtcMillis(real)), OLDEST);
            }
            Event::PersonVouches(error) => {
                let said = UtcMillis(real + error);
                let _ = knowledge.vouch(reading(real, wall_error, starts, started), said, OLDEST);
            }
        }
        look(real, knowledge.judge(reading(real, wall_error, starts, started)), &knowledge)?;
    }
    Ok(())
}

proptest! {
    /// With an honest server and honest people, a checked time is the time, whatever happens to the device's clocks; and the
    /// bounds of an unchecked one are never wrong.
    #[test]
    fn a_checked_time_is_right_whatever_happens_to_the_clocks(events in prop::collection::vec(event(), 1..40)) {
        happens(events, |real, judged, knowledge| {
            let tolerance = match judged.state {
                ClockState::Server => MINUTE + 2_000,
                ClockState::Person => 3 * MINUTE,
                ClockState::None => i64::MAX,
            };
            prop_assert!((judged.now.0 - real).saturating_abs() <= tolerance, "{judged:?} at {real}");
            let slack = UtcMillis(real + 3 * MINUTE);
            prop_assert!(judged.earliest().is_none_or(|earliest| earliest <= slack));
            prop_assert_eq!(knowledge.contradiction(judged.reading), None, "an honest server contradicts nobody");
            Ok(())
        })?;
    }

    /// Law: no clock takes away what holds today, and none gives back what had ended when the server last told the time.
    #[test]
    fn no_clock_takes_a_right_away_or_gives_one_back(
        events in prop::collection::vec(event(), 1..40),
        begins in -40..3_i64,
        lasts in 0..40_i64,
    ) {
        happens(events, |real, judged, knowledge| {
            let on = |at: i64| business_date(UtcMillis(at), DEFAULT_ZONE, Shift::Day);
            // Clocks of people are right to some minutes; about midnight nobody argues.
            let near = 4 * MINUTE;
            let from = on(real) + chrono::Duration::days(begins);
            let to = from + chrono::Duration::days(lasts);
            let holds = from <= on(real - near) && to >= on(real + near);
            let may = judged.may_hold(Some(from), Some(to), DEFAULT_ZONE);
            prop_assert!(may || !holds, "{judged:?} from {from} to {to} at {real}");
            let told = knowledge.latest_server().map(|at| on(at.0 - near));
            prop_assert!(!may || told.is_none_or(|told| to >= told), "{judged:?} ended on {to}, told on {told:?}");
            Ok(())
        })?;
    }

    /// No stamp, and nothing that a record says, can lift what is known: only the server does.
    #[test]
    fn only_the_server_lifts_the_newest_known_time(walls in prop::collection::vec(0..4_102_444_800_000_i64, 1..20)) {
        let mut knowledge = told(clocks(1, TODAY, 0), TODAY);
        for (number, wall) in walls.into_iter().enumerate() {
            let reading = clocks(2 + number as u128, UtcMillis(wall), 0);
            let _ = knowledge.vouch(reading, UtcMillis(wall), OLDEST);
            prop_assert_eq!(knowledge.latest_server(), Some(TODAY));
        }
    }
}
