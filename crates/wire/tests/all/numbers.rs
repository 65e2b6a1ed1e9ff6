//! Counters, times and indices: whole numbers however they are written, and an error of the record where they are not.

use causal::MAX_COUNTER;
use wire::InvalidRecord;

use crate::support::{BAD, GOOD, record_text, refused_text, taken_text};

fn with_counter(id: &str, counter: &str) -> String {
    record_text(id, counter, "0", "\"title\"", "1")
}

fn with_time(id: &str, at: &str) -> String {
    record_text(id, "1", at, "\"title\"", "1")
}

fn counter_read(text: &str) -> u64 {
    let record = taken_text(&with_counter(GOOD, text));
    record.state.version().iter().next().expect("one replica").counter
}

#[test]
fn a_whole_number_may_be_written_as_a_double() {
    for (text, expected) in [("1", 1), ("1.0", 1), ("1e2", 100), ("1E+2", 100), ("100e-2", 1), ("1.5e1", 15)] {
        assert_eq!(counter_read(text), expected, "{text}");
    }
}

#[test]
fn counters_end_at_the_largest_exact_integer() {
    assert_eq!(counter_read("9007199254740991"), MAX_COUNTER);
    assert_eq!(counter_read("9007199254740991.0"), MAX_COUNTER);
    for counter in ["9007199254740992", "9007199254740992.0", "18446744073709551616", "1e300"] {
        assert!(matches!(refused_text(&with_counter(BAD, counter)), InvalidRecord::Counter), "{counter}");
    }
}

#[test]
fn a_counter_that_is_no_positive_whole_number_refuses_its_record_alone() {
    for counter in ["0", "-0", "0.0", "-1", "1.5", "-1.0", "0.1", "-9223372036854775808"] {
        assert!(matches!(refused_text(&with_counter(BAD, counter)), InvalidRecord::Counter), "{counter}");
    }
}

#[test]
fn times_start_at_zero_and_end_at_the_largest_exact_integer() {
    for (at, expected) in
        [("0", 0), ("-0", 0), ("1763850000123.0", 1_763_850_000_123), ("9007199254740991", MAX_COUNTER)]
    {
        let record = taken_text(&with_time(GOOD, at));
        assert_eq!(record.state.writes().values().next().expect("one write").at, expected, "{at}");
    }
    for at in ["-1", "0.5", "9007199254740992", "1e16"] {
        assert!(matches!(refused_text(&with_time(BAD, at)), InvalidRecord::Time), "{at}");
    }
}

#[test]
fn an_index_may_be_written_as_a_double() {
    let record = with_counter(GOOD, "1").replace("[[0,1]]", "[[0.0,1]]").replace("[[0,1,0,", "[[0e0,1,0,");
    assert!(record.contains("0.0") && record.contains("0e0"));
    taken_text(&record);
}
