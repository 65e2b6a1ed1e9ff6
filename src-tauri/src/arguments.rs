//! What may be typed behind the program's name.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use replica::{Clock, ShiftedClock, SystemClock};

/// Rounds in a window.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "rounds-window", version)]
pub(crate) struct Arguments {
    /// The folder of the local store; the one that the system gives the app unless said, and made when it is not there.
    #[arg(long, env = "ROUNDS_STORE", value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Starts the clock at this time: milliseconds since 1970, or RFC 3339.
    #[arg(long, value_name = "TIME", value_parser = app::parse_time)]
    pub(crate) now: Option<u64>,
}

impl Arguments {
    /// The clock that the store reads.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        match self.now {
            Some(start) => Arc::new(ShiftedClock::starting_at(start)),
            None => Arc::new(SystemClock),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_and_a_time_may_be_named() {
        let words = ["rounds-window", "--store", "a folder", "--now", "2026-11-25T08:00:00+08:00"];
        let arguments = Arguments::try_parse_from(words).expect("two options");
        assert_eq!(arguments.store.as_deref(), Some("a folder".as_ref()));
        let start = app::parse_time("2026-11-25T00:00:00Z").expect("a time");
        assert!((start..start + 60_000).contains(&arguments.clock().now_ms()));
        assert!(Arguments::try_parse_from(["rounds-window", "--now", "tomorrow"]).is_err());
        assert!(Arguments::try_parse_from(["rounds-window", "file.txt"]).is_err());
    }
}
