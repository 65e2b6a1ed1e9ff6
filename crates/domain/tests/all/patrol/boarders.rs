//! How many boarders should be there: those who live in a dormitory, less those who are away.

use chrono::NaiveDate;
use domain::patrol::{Areas, BoarderLeave, Boarders, expected_boarders};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn living(area: &str, since: &str, number: u32) -> Boarders {
    Boarders { area: area.to_owned(), since: day(since), number }
}

fn away(area: &str, from: &str, nights: Option<u32>, people: u32) -> BoarderLeave {
    BoarderLeave { area: area.to_owned(), from: day(from), nights, people }
}

/// Two dormitories, one of them with two floors.
fn areas() -> Areas {
    let mut areas = Areas::default();
    for (area, parent) in [("east", None), ("east1", Some("east")), ("east2", Some("east")), ("west", None)] {
        areas.insert(area, parent.map(str::to_owned), Vec::new());
    }
    areas
}

fn on(evening: &str, at: Option<&str>, living: &[Boarders], away: &[BoarderLeave]) -> Option<(u32, u32)> {
    let all = expected_boarders(day(evening), at, &areas(), living, away)?;
    assert_eq!(all.number(), all.living.saturating_sub(all.away));
    Some((all.living, all.away))
}

#[test]
fn the_newest_number_of_a_dormitory_counts_from_its_day_on_and_changes_no_evening_before() {
    let rows = [living("east", "2026-09-01", 30), living("east", "2026-10-08", 28), living("west", "2026-09-01", 12)];
    assert_eq!(on("2026-08-31", None, &rows, &[]), None, "nobody has said how many live there");
    assert_eq!(on("2026-10-07", Some("east"), &rows, &[]), Some((30, 0)));
    assert_eq!(on("2026-10-08", Some("east"), &rows, &[]), Some((28, 0)));
    assert_eq!(on("2026-10-08", None, &rows, &[]), Some((40, 0)), "on the whole campus");
}

#[test]
fn who_is_away_is_expected_again_after_so_many_nights_and_never_before_somebody_says_so() {
    let rows = [living("east", "2026-09-01", 30)];
    let weekend = [away("east", "2026-09-04", Some(2), 20), away("east", "2026-09-03", None, 1)];
    let evenings = ["2026-09-03", "2026-09-04", "2026-09-05", "2026-09-06"];
    let told = evenings.map(|evening| on(evening, None, &rows, &weekend));
    assert_eq!(told, [Some((30, 1)), Some((30, 21)), Some((30, 21)), Some((30, 1))]);
    assert_eq!(on("2026-09-04", Some("west"), &rows, &weekend), None, "nobody lives there, as far as is known");
}

#[test]
fn a_part_is_counted_with_its_dormitory_and_what_is_away_from_more_than_an_area_leaves_it_unknown() {
    let floors = [living("east1", "2026-09-01", 10), living("east2", "2026-09-01", 20)];
    assert_eq!(on("2026-09-02", Some("east"), &floors, &[]), Some((30, 0)));
    let both = [living("east", "2026-09-01", 30), living("east1", "2026-09-01", 10)];
    assert_eq!(on("2026-09-02", None, &both, &[]), Some((30, 0)), "nobody is counted twice");
    let of_house = [away("east", "2026-09-02", Some(1), 3)];
    assert_eq!(on("2026-09-02", Some("east"), &floors, &of_house), Some((30, 3)));
    assert_eq!(on("2026-09-02", Some("east1"), &floors, &of_house), None, "three of the house: of which floor?");
    let of_floor = [away("east1", "2026-09-02", Some(1), 3)];
    assert_eq!(on("2026-09-02", Some("east2"), &floors, &of_floor), Some((20, 0)));
}

proptest! {
    #[test]
    fn neither_the_order_of_the_rows_nor_what_begins_later_changes_an_evening(
        rows in prop::collection::vec((0_usize..4, 0_u64..20, 0_u32..500), 0..8),
        leaves in prop::collection::vec((0_usize..4, 0_u64..20, prop::option::of(1_u32..5), 1_u32..50), 0..8),
        evening in 0_u64..20, turn in 0_usize..8,
    ) {
        let names = ["east", "east1", "east2", "west"];
        let on_day = |days| day("2026-09-01") + chrono::Days::new(days);
        let mut rows: Vec<Boarders> = Vec::from_iter(rows.into_iter().map(|(area, since, number)| Boarders {
            area: names[area].to_owned(), since: on_day(since), number,
        }));
        // Two numbers of one dormitory and day are one row of the register.
        rows.sort_by_key(|row| (row.area.clone(), row.since));
        rows.dedup_by_key(|row| (row.area.clone(), row.since));
        let mut leaves: Vec<BoarderLeave> = Vec::from_iter(leaves.into_iter().map(|(area, from, nights, people)| BoarderLeave {
            area: names[area].to_owned(), from: on_day(from), nights, people,
        }));
        let told = |rows: &[Boarders], leaves: &[BoarderLeave]| {
            expected_boarders(on_day(evening), None, &areas(), rows, leaves)
        };
        let before = told(&rows, &leaves);
        let by = if rows.is_empty() { 0 } else { turn % rows.len() };
        rows.rotate_left(by);
        leaves.reverse();
        prop_assert_eq!(told(&rows, &leaves), before);
        rows.retain(|row| row.since <= on_day(evening));
        leaves.retain(|leave| leave.from <= on_day(evening));
        prop_assert_eq!(told(&rows, &leaves), before);
    }
}
