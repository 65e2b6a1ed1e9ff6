//! Which window a start means, and which windows are due.

use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::checked_time::{ClockState, span};
use domain::patrol::{Choice, Occurrence, WindowState, choose, due_on, window_state};
use domain::sleeps::Sleeps;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::json;

use super::{at, day_route, night_route, route};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What a start without a day is for: its day and window, or the day of a walk of its own.
fn chosen(route: &domain::route::Route, window: Option<&str>, now: &str) -> (String, Option<String>) {
    match choose(route, window, None, at(now), DEFAULT_ZONE).expect("the route has it") {
        Choice::Window(occurrence) => (occurrence.day.to_string(), Some(occurrence.window.id.clone())),
        Choice::Extra(day) => (day.to_string(), None),
    }
}

fn of(day: &str, window: &str) -> (String, Option<String>) {
    (day.to_owned(), Some(window.to_owned()))
}

#[test]
fn a_night_window_that_ended_within_six_hours_is_the_one_of_last_night() {
    let night = night_route();
    assert_eq!(chosen(&night, Some("4"), "2026-09-02T06:10:00"), of("2026-09-01", "4"));
    assert_eq!(chosen(&night, Some("4"), "2026-09-02T11:59:00"), of("2026-09-01", "4"));
    assert_eq!(chosen(&night, Some("4"), "2026-09-02T12:00:00"), of("2026-09-02", "4"), "the next one");
    assert_eq!(chosen(&night, Some("4"), "2026-09-02T05:00:00"), of("2026-09-01", "4"), "the open one");
    assert_eq!(chosen(&night, Some("1"), "2026-09-01T23:30:00"), of("2026-09-01", "1"));
    assert_eq!(chosen(&night, Some("1"), "2026-09-02T00:10:00"), of("2026-09-01", "1"), "late, after midnight");
}

#[test]
fn a_day_window_is_todays_and_a_start_without_one_takes_what_is_open() {
    let route = day_route();
    assert_eq!(chosen(&route, Some("am"), "2026-09-01T12:00:00"), of("2026-09-01", "am"));
    assert_eq!(chosen(&route, None, "2026-09-01T06:30:00"), of("2026-09-01", "am"));
    assert_eq!(
        chosen(&route, None, "2026-09-01T07:30:00"),
        ("2026-09-01".to_owned(), None),
        "临时: the end lies outside"
    );
    assert_eq!(chosen(&night_route(), None, "2026-09-02T01:00:00"), of("2026-09-01", "2"));
    assert!(choose(&route, Some("noon"), None, at("2026-09-01T12:00:00"), DEFAULT_ZONE).is_none());
}

#[test]
fn the_business_day_follows_from_the_window_and_not_from_the_hour() {
    let night = night_route();
    let fourth = night.window("4").expect("the window");
    let occurrence = Occurrence::on(&night, fourth, day("2026-09-01"), DEFAULT_ZONE);
    assert_eq!((occurrence.from, occurrence.to), (at("2026-09-02T04:00:00"), at("2026-09-02T06:00:00")));
    let first = Occurrence::on(&night, night.window("1").expect("the window"), day("2026-09-01"), DEFAULT_ZONE);
    assert_eq!((first.from, first.to), (at("2026-09-01T22:00:00"), at("2026-09-02T00:00:00")));
}

#[test]
fn over_a_change_of_summer_time_a_window_goes_by_the_wall_and_a_stay_by_what_has_passed() {
    const BERLIN: chrono_tz::Tz = chrono_tz::Europe::Berlin;
    let night = night_route();
    // In the night to 2026-03-29 the clock goes from two to three, in that to 2026-10-25 from three to two.
    let lasts = |evening: &str, window: &str| {
        let window = night.window(window).expect("the window");
        let occurrence = Occurrence::on(&night, window, day(evening), BERLIN);
        (occurrence.to.0 - occurrence.from.0) / 3_600_000
    };
    assert_eq!((lasts("2026-03-27", "3"), lasts("2026-03-28", "3"), lasts("2026-10-24", "3")), (2, 1, 3));
    assert_eq!((lasts("2026-03-28", "2"), lasts("2026-10-24", "2")), (2, 2), "one ends where the next begins");
    let read = |text: &str| {
        let at = domain::time::instant(text.parse().expect("a time"), BERLIN);
        domain::checked_time::Moment { at, clock: super::clock(ClockState::Server, 1, at) }
    };
    let passed = span(&read("2026-03-29T01:59:30"), &read("2026-03-29T03:00:30")).expect("both are checked");
    assert_eq!((passed.min, passed.max), (60_000, 60_000));
}

#[test]
fn once_the_next_window_has_begun_an_open_run_is_only_finished() {
    let night = night_route();
    let fourth = Occurrence::on(&night, night.window("4").expect("the window"), day("2026-09-01"), DEFAULT_ZONE);
    assert_eq!(fourth.next_begins(DEFAULT_ZONE), Some(at("2026-09-02T22:00:00")));
    let route = day_route();
    let morning = Occurrence::on(&route, route.window("am").expect("the window"), day("2026-09-01"), DEFAULT_ZONE);
    assert_eq!(morning.next_begins(DEFAULT_ZONE), Some(at("2026-09-01T16:30:00")));
}

fn due(route: &domain::route::Route, on: &str, sleeps: &Sleeps) -> Vec<String> {
    let calendar = Calendar::from_json(
        DEFAULT_ZONE,
        &json!({
            "holidays": [{"from": "2026-10-01", "to": "2026-10-07"}], "workdays": ["2026-10-10"],
        }),
    );
    let due = due_on(route, day(on), &calendar.expect("a calendar"), sleeps, 2);
    due.iter().map(|occurrence| occurrence.window.id.clone()).collect()
}

#[test]
fn day_windows_are_due_every_day_but_those_with_days() {
    assert_eq!(due(&day_route(), "2026-09-01", &Sleeps::default()), ["am", "pm"]);
    assert_eq!(due(&day_route(), "2026-10-01", &Sleeps::default()), ["am"], "清校 is for school days");
    assert_eq!(due(&day_route(), "2026-10-10", &Sleeps::default()), ["am", "pm"], "a Saturday that is worked");
}

#[test]
fn a_night_without_sleepers_has_two_rounds_and_one_with_them_every_window() {
    let school = Sleeps::from_json(&json!([{"nights": "school"}])).expect("nights");
    assert_eq!(due(&night_route(), "2026-09-01", &Sleeps::default()), ["1", "2"]);
    assert_eq!(due(&night_route(), "2026-09-01", &school), ["1", "2", "3", "4"]);
    assert_eq!(due(&night_route(), "2026-09-04", &school), ["1", "2"], "Friday night without boarders");
}

#[test]
fn an_edit_of_a_window_changes_no_day_before_it_and_asks_nobody_twice() {
    // At 06:50 the office moved the window that had begun at 06:30 to 06:45.
    let edit = at("2026-09-01T06:50:00");
    let edited = route(json!({
        "windows/old": {"name": "开门前", "from": "06:30", "to": "07:30", "until": edit},
        "windows/new": {"name": "开门前", "from": "06:45", "to": "07:30", "since": edit},
    }));
    assert_eq!(due(&edited, "2026-08-31", &Sleeps::default()), ["old"]);
    assert_eq!(due(&edited, "2026-09-01", &Sleeps::default()), ["old"], "it had begun");
    assert_eq!(due(&edited, "2026-09-02", &Sleeps::default()), ["new"]);
    assert!(choose(&edited, Some("old"), Some(day("2026-09-02")), edit, DEFAULT_ZONE).is_none());
}

#[test]
fn a_route_asks_for_the_windows_alone_that_began_while_it_held() {
    let held = route(json!({
        "since": at("2026-09-01T06:31:00"), "until": at("2026-09-02T16:30:00"),
        "windows/am": {"name": "开门前", "from": "06:30", "to": "07:30"},
        "windows/pm": {"name": "清校", "from": "16:30", "to": "18:00"},
    }));
    assert_eq!(due(&held, "2026-09-01", &Sleeps::default()), ["pm"], "the first one had begun before the route");
    assert_eq!(due(&held, "2026-09-02", &Sleeps::default()), ["am"], "it ended as the second one would have begun");
    assert_eq!(due(&held, "2026-09-03", &Sleeps::default()), [""; 0]);
}

#[test]
fn of_several_windows_that_are_open_a_start_takes_the_one_that_began_last() {
    let within = route(json!({
        "windows/long": {"name": "上午", "from": "06:30", "to": "12:00"},
        "windows/short": {"name": "早操", "from": "07:00", "to": "08:00"},
    }));
    assert_eq!(chosen(&within, None, "2026-09-01T07:30:00"), of("2026-09-01", "short"));
    assert_eq!(chosen(&within, None, "2026-09-01T08:30:00"), of("2026-09-01", "long"));
}

#[test]
fn a_window_with_gaps_is_done_when_a_walk_of_it_was_finished_and_missed_when_none_was() {
    let route = day_route();
    let morning = Occurrence::on(&route, route.window("am").expect("the window"), day("2026-09-01"), DEFAULT_ZONE);
    let state = |now: &str, covered, open, ended| window_state(&morning, at(now), covered, open, ended);
    assert_eq!(state("2026-09-01T06:00:00", false, false, false), WindowState::Later);
    assert_eq!(state("2026-09-01T07:00:00", false, false, false), WindowState::Due);
    assert_eq!(state("2026-09-01T07:00:00", false, true, false), WindowState::Open);
    assert_eq!(state("2026-09-01T08:00:00", false, false, false), WindowState::Missed);
    assert_eq!(state("2026-09-01T08:00:00", false, false, true), WindowState::Done);
    assert_eq!(state("2026-09-01T07:00:00", true, true, false), WindowState::Done);
}

proptest! {
    #[test]
    fn every_instant_has_an_answer_and_an_open_window_is_the_one_that_is_chosen(
        minutes in 0i64..3 * 24 * 60, is_night in any::<bool>(),
    ) {
        let route = if is_night { night_route() } else { day_route() };
        let now = UtcMillis(at("2026-09-01T00:00:00").0 + minutes * 60_000);
        let choice = choose(&route, None, None, now, DEFAULT_ZONE).expect("there is always a day");
        if let Choice::Window(open) = choice {
            prop_assert!(open.contains(now));
            let named = choose(&route, Some(&open.window.id), None, now, DEFAULT_ZONE);
            prop_assert_eq!(named, Some(choice), "naming it means the same one");
        }
    }
}
