//! Times as people and scripts write them.

use chrono::DateTime;

/// Milliseconds since 1970 UTC, from such a number or from RFC 3339 (`2026-11-23T10:41:00+08:00`).
///
/// # Errors
/// A sentence that says what was expected.
pub fn parse_time(text: &str) -> Result<u64, String> {
    let expected = || format!("{text} is neither milliseconds since 1970 nor a time like 2026-11-23T10:41:00+08:00");
    if let Ok(milliseconds) = text.parse::<u64>() {
        return if milliseconds <= causal::MAX_COUNTER { Ok(milliseconds) } else { Err(expected()) };
    }
    let time = DateTime::parse_from_rfc3339(text).map_err(|_| expected())?;
    u64::try_from(time.timestamp_millis()).map_err(|_| expected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_either_form() {
        assert_eq!(parse_time("1763850000123"), Ok(1_763_850_000_123));
        assert_eq!(parse_time("1970-01-01T08:00:01+08:00"), Ok(1_000));
        assert!(parse_time("tomorrow").is_err());
        assert!(parse_time("1969-12-31T23:59:59Z").is_err());
        assert!(parse_time("99999999999999999999").is_err());
    }
}
