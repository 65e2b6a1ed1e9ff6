//! The table that the benchmark prints.

use std::time::Duration;

/// One figure and its baseline.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) ours: Vec<Duration>,
    pub(crate) baseline: Vec<Duration>,
    /// At most so many times the baseline.
    pub(crate) aim: f64,
    pub(crate) note: String,
}

/// The middle one of several durations.
pub(crate) fn median(durations: &[Duration]) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

pub(crate) fn print(rows: &[Row]) {
    println!("{:<46} {:>12} {:>12} {:>7} {:>6}  note", "what", "ours", "baseline", "ratio", "aim");
    for row in rows {
        let (ours, baseline) = (median(&row.ours), median(&row.baseline));
        let ratio = ours.as_secs_f64() / baseline.as_secs_f64();
        let verdict = if ratio <= row.aim { "" } else { " (missed)" };
        println!(
            "{:<46} {:>12} {:>12} {:>6.2}x {:>5.1}x  {}{verdict}",
            row.what,
            format!("{ours:.1?}"),
            format!("{baseline:.1?}"),
            ratio,
            row.aim,
            row.note,
        );
    }
}
