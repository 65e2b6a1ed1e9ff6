//! What counts as five rounds of a day, and what as a gap.

use domain::checked_time::{ClockState, Moment};
use domain::patrol::{VisitTo, area_gaps, area_rounds};

use super::{at, moment};

fn visit(area: &'static str, window: &'static str, arrived: Moment) -> VisitTo<'static> {
    VisitTo { area, occurrence: ("r", window), arrived }
}

fn checked(time: &str) -> Moment {
    moment(ClockState::Server, 1, &format!("2026-09-01T{time}"))
}

#[test]
fn who_circles_the_yard_five_times_in_one_window_was_there_once() {
    let five: Vec<VisitTo<'_>> = (0..5).map(|n| visit("yard", "am", checked(&format!("06:4{n}:00")))).collect();
    let mut visits = five;
    for window in ["am", "noon", "pm"] {
        visits.push(visit("power", window, checked("12:00:00")));
    }
    let rounds = area_rounds(["power", "yard", "roof"], &visits);
    let counted: Vec<(&str, usize)> = rounds.iter().map(|area| (area.area.as_str(), area.rounds)).collect();
    assert_eq!(counted, [("roof", 0), ("yard", 1), ("power", 3)], "the least comes first, with its name");
}

#[test]
fn a_gap_is_between_visits_next_to_each_other_within_use_and_an_unknown_one_is_open() {
    let uses = [(at("2026-09-01T06:30:00"), at("2026-09-01T18:00:00"))];
    let visits = [
        visit("yard", "am", checked("06:40:00")),
        visit("yard", "noon", checked("12:40:00")),
        visit("yard", "pm", checked("09:00:00")),
        visit("yard", "night", checked("22:40:00")),
    ];
    let gaps = area_gaps(["yard", "roof"], &uses, &visits);
    assert_eq!(
        (gaps[0].longest_ms, gaps[0].is_unknown),
        (Some(220 * 60_000), false),
        "09:00 to 12:40; the night lies outside"
    );
    assert_eq!(gaps[1].longest_ms, None);
    let by_person = [
        visit("yard", "am", checked("06:40:00")),
        visit("yard", "pm", moment(ClockState::Person, 2, "2026-09-01T08:40:00")),
    ];
    let certain = area_gaps(["yard"], &uses, &by_person)[0].longest_ms;
    assert_eq!(certain, Some(110 * 60_000), "who vouched may be ten minutes wrong: as long it was for certain");
    let unknown = [
        visit("yard", "am", checked("06:40:00")),
        visit("yard", "pm", moment(ClockState::None, 2, "2026-09-01T12:00:00")),
    ];
    assert!(area_gaps(["yard"], &uses, &unknown)[0].is_unknown, "待核");
}
