//! Arguments that several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::error::CommandError;
use crate::storage::sqlite::store_path;

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
    /// The folder that holds the store; where that is in a database, the photos and the office's own copies.
    #[arg(long, value_name = "DIR")]
    pub(super) data: PathBuf,
    #[command(flatten)]
    pub(super) database: DatabaseArgs,
    /// Not built yet: blobs in an object store.
    #[arg(long, value_name = "URL")]
    blobs: Option<String>,
}

/// Which database holds the store.
#[derive(Args)]
pub(super) struct DatabaseArgs {
    /// The PostgreSQL database that holds the store, like postgres://user@host/rounds; a password in it is better given by the
    /// environment, where no list of processes shows it.
    #[arg(long = "database-url", value_name = "URL", env = "ROUNDS_DATABASE_URL", hide_env_values = true)]
    pub(super) url: Option<String>,
    /// Whose certificate the database shows, PEM; without it, one that this machine trusts.
    #[arg(long = "database-ca", value_name = "FILE", env = "ROUNDS_DATABASE_CA", requires = "url")]
    pub(super) ca: Option<PathBuf>,
}

impl StoreArgs {
    /// The file of whose certificate a database shows.
    pub(super) fn ca(&self) -> Option<&Path> {
        self.database.ca.as_deref()
    }

    /// Refuses what is not built, and two stores at once.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        if self.blobs.is_some() {
            return Err(CommandError::usage("--blobs is not built yet; photos are kept in --data"));
        }
        if self.database.url.is_some() && store_path(&self.data).exists() {
            let folder = self.data.display();
            return Err(CommandError::usage(format!("{folder} holds a store; give a database another folder")));
        }
        Ok(())
    }

    /// As [`StoreArgs::check`], for what works on a store in a file alone.
    pub(super) fn check_file(&self) -> Result<(), CommandError> {
        match &self.database.url {
            Some(_) => {
                Err(CommandError::usage("a database is backed up and put back with its own tools: docs/operations.md"))
            }
            None => self.check(),
        }
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
