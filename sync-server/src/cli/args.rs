//! Arguments that several commands take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::error::CommandError;

/// How logs are written.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// Where the store is.
#[derive(Args)]
pub(super) struct StoreArgs {
    /// The folder that holds the store.
    #[arg(long, value_name = "DIR")]
    pub(super) data: PathBuf,
    /// Not built yet: a store on PostgreSQL.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Not built yet: blobs in an object store.
    #[arg(long, value_name = "URL")]
    blobs: Option<String>,
}

impl StoreArgs {
    /// Refuses what is not built.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        if self.database_url.is_some() {
            return Err(CommandError::usage("--database-url is not built yet; the store is a file in --data"));
        }
        if self.blobs.is_some() {
            return Err(CommandError::usage("--blobs is not built yet; all is kept in --data"));
        }
        Ok(())
    }
}

/// A time on the command line: RFC 3339, or milliseconds since 1970 UTC.
pub(super) fn parse_time(text: &str) -> Result<u64, String> {
    if let Ok(ms) = text.parse::<u64>() {
        return (ms <= causal::MAX_COUNTER).then_some(ms).ok_or_else(|| "later than any time there is".to_owned());
    }
    let time = chrono::DateTime::parse_from_rfc3339(text)
        .map_err(|_| "neither a time like 2026-09-01T08:00:00+08:00 nor milliseconds since 1970".to_owned())?;
    u64::try_from(time.timestamp_millis()).map_err(|_| "before 1970".to_owned())
}

/// A span on the command line in milliseconds: a number and `s`, `m`, `h` or `d`.
pub(super) fn parse_span(text: &str) -> Result<u64, String> {
    const LONGEST: u64 = 366 * 86_400_000;
    let wrong = || "not a span like 90s, 30m, 24h or 7d".to_owned();
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let factor = match unit {
        's' => 1_000,
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => return Err(wrong()),
    };
    let count: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    count.checked_mul(factor).filter(|span| *span <= LONGEST).ok_or_else(|| "longer than a year".to_owned())
}

/// A name on the command line: 1-200 printable characters.
pub(super) fn parse_name(text: &str) -> Result<String, String> {
    let is_name = !text.trim().is_empty() && text.chars().count() <= 200 && !text.chars().any(char::is_control);
    is_name.then(|| text.to_owned()).ok_or_else(|| "not 1-200 printable characters".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_both_forms() {
        assert_eq!(parse_time("1763850000123"), Ok(1_763_850_000_123));
        assert_eq!(parse_time("2026-09-01T08:00:00+08:00"), Ok(1_788_220_800_000));
        for text in ["", "yesterday", "-1", "1969-12-31T00:00:00Z", "9007199254740993"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn spans_are_read() {
        assert_eq!(parse_span("90s"), Ok(90_000));
        assert_eq!(parse_span("30m"), Ok(1_800_000));
        assert_eq!(parse_span("24h"), Ok(86_400_000));
        assert_eq!(parse_span("7d"), Ok(604_800_000));
        for text in ["", "h", "24", "1.5h", "-1h", "24小", "99999999999999999999d", "367d"] {
            assert!(parse_span(text).is_err(), "{text}");
        }
    }
}
