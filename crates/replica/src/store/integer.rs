//! Numbers as SQLite keeps them.

/// SQLite's integers are signed; counters, times and sizes are all far below 2^63.
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
