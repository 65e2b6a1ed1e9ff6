//! Which rows are late: those written down longer after what they are about than their register allows.

use domain::register::{Register, parse, register};
use domain::time::{DEFAULT_ZONE, Shift, UtcMillis, instant};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// An instant of a campus in Shanghai.
fn at(text: &str) -> i64 {
    instant(text.parse().expect("a date and time"), DEFAULT_ZONE).0
}

/// Whether a row with these fields is marked as late that was written down then.
fn is_late(register: &Register, recorded: &str, fields: &Value) -> bool {
    let mut row: Map<String, Value> = fields.as_object().cloned().expect("fields");
    row.insert("recorded_at".to_owned(), json!(at(recorded)));
    register.is_marked_late(&row)
}

#[test]
fn a_day_counts_from_its_end_and_an_instant_from_itself() {
    // A day is allowed: of one that is over it begins with the night after it.
    let log = register("work_log").expect("a register");
    for (day, recorded, late) in [
        ("2026-09-01", "2026-09-01T23:59:00", false),
        ("2026-09-01", "2026-09-03T00:00:00", false),
        ("2026-09-01", "2026-09-03T00:01:00", true),
        ("2026-09-05", "2026-09-01T08:00:00", false),
    ] {
        assert_eq!(is_late(log, recorded, &json!({"date": day})), late, "{day} at {recorded}");
    }
    let waste = register("waste").expect("a register");
    for (happened, late) in [("2026-09-01T08:00:00", false), ("2026-09-01T07:59:00", true)] {
        assert_eq!(is_late(waste, "2026-09-01T12:00:00", &json!({"at": at(happened)})), late, "{happened}");
    }
}

#[test]
fn a_day_ends_where_its_campus_is() {
    let log = register("work_log").expect("a register");
    let row = |zone: &str| json!({"date": "2026-09-01", "zone": zone});
    // Six in the morning of the third in Shanghai is eleven in the evening of the second in London, which is seven hours behind.
    assert!(is_late(log, "2026-09-03T06:00:00", &row("Asia/Shanghai")));
    assert!(!is_late(log, "2026-09-03T06:00:00", &row("Europe/London")));
    assert!(is_late(log, "2026-09-03T06:00:00", &row("Nowhere/Else")), "a zone that is none is that of most");
}

#[test]
fn what_says_why_it_is_late_is_late_and_what_says_nothing_is_not() {
    let log = register("work_log").expect("a register");
    assert!(is_late(log, "2026-09-01T08:00:00", &json!({"date": "2026-09-01", "late_reason": "平板没电"})));
    assert!(!is_late(log, "2026-09-09T08:00:00", &json!({"late_reason": ""})), "no day, no reason");
    assert!(!log.is_marked_late(json!({"date": "2026-01-01"}).as_object().expect("fields")), "nobody knows when");
    let never = "kind | probe | 探 | Probe\nclass | evidence\nrights | write keep_shift ; see keep_shift\nday | day\n\
                 stages | open 待核 Open\nday | 日 | Day | DATE | !\n";
    let probe = parse("probe.txt", never).expect("a register");
    assert!(!is_late(&probe, "2026-09-09T08:00:00", &json!({"day": "2026-01-01"})), "its register knows no late rows");
}

#[test]
fn of_a_night_the_small_hours_are_its_own() {
    let text = "kind | probe | 探 | Probe\nclass | evidence\nrights | write keep_shift ; see keep_shift\nday | day night\n\
                late | 1h\nstages | open 待核 Open\nday | 日 | Day | DATE | !\n";
    let probe = parse("probe.txt", text).expect("a register");
    let evening = json!({"day": "2026-09-01"});
    assert!(!is_late(&probe, "2026-09-02T05:59:00", &evening), "the night is not over");
    assert!(is_late(&probe, "2026-09-02T06:00:00", &evening));
    let happened =
        |recorded| probe.happened(evening.as_object().expect("fields"), UtcMillis(at(recorded)), DEFAULT_ZONE);
    assert_eq!(happened("2026-09-02T05:59:00").shift, Shift::Night);
}

proptest! {
    /// Law: a row that is not late does not become so by being about something later.
    #[test]
    fn what_happened_later_is_never_later_written(recorded in -40_i64..40, one in -40_i64..40, more in 0_i64..40) {
        let log = register("work_log").expect("a register");
        let day = |n: i64| (chrono::NaiveDate::default() + chrono::TimeDelta::days(20_000 + n)).to_string();
        let at = |n: i64| format!("{}T12:00:00", day(n));
        let is_late = |n: i64| is_late(log, &at(recorded), &json!({"date": day(n)}));
        prop_assert!(is_late(one) || !is_late(one + more));
    }

    #[test]
    fn no_document_is_too_strange_to_be_asked(values in prop::collection::vec(super::support::any_json(), 5)) {
        for register in domain::register::all() {
            let mut row = Map::new();
            row.extend(["recorded_at", "zone", "late_reason", "occurred_at"].map(str::to_owned).into_iter().zip(values.clone()));
            row.extend(register.day.iter().map(|rule| (rule.field.clone(), values[4].clone())));
            let _ = register.is_marked_late(&row);
        }
    }
}
