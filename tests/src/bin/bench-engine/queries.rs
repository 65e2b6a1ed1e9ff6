//! The queries that a screen waits for.

use std::path::Path;
use std::time::{Duration, Instant};

use app::App;
use rounds_tests::bench::{Aim, Row, Unit, Years, of_this_thread, share};

use crate::ports;

/// How often each is asked.
const TIMES: usize = 200;
/// The longest that a query may take.
const AIM: f64 = 0.020;

const QUERIES: &[(&str, &str, &str)] = &[
    ("today.get", "today.get", "{}"),
    ("today.get, of the whole campus", "today.get", r#"{"everybody":true}"#),
    ("finding.list", "finding.list", r#"{"state":"open"}"#),
    ("finding.list, all", "finding.list", "{}"),
    ("finding.list, overdue", "finding.list", r#"{"overdue":true}"#),
    ("finding.list, mine", "finding.list", r#"{"mine":true}"#),
    ("finding.board", "finding.board", "{}"),
    ("inspection.list", "inspection.list", "{}"),
    ("search.find, a word in 80 % of the records", "search.find", r#"{"query":"未见异常"}"#),
    ("search.find, one kind", "search.find", r#"{"query":"检查","kinds":["finding"]}"#),
    ("search.find, a rare word", "search.find", r#"{"query":"98765"}"#),
];

/// Opening the store, and the first screen.
pub(crate) fn opening(folder: &Path) -> anyhow::Result<Row> {
    let start = Instant::now();
    let app = App::open(folder, ports(), Some(Years::worker().into()))?;
    app.dispatch("today.get", "{}")?;
    let mut row = Row::new("opening the store, and the first today.get", Unit::Time, Aim::None);
    row.ours.push(start.elapsed().as_secs_f64());
    Ok(row)
}

/// The p99 of each query: processor time, which a busy machine does not distort, and the clock on the wall in the note.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let app = App::open(folder, ports(), Some(Years::worker().into()))?;
    QUERIES.iter().map(|(what, name, arguments)| one(&app, what, name, arguments)).collect()
}

fn one(app: &App, what: &str, name: &str, arguments: &str) -> anyhow::Result<Row> {
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    let mut bytes = 0;
    // What takes long is not asked so often that the others wait for it.
    while cpu.len() < TIMES && begun.elapsed() < Duration::from_secs(20) {
        let (start, before) = (Instant::now(), of_this_thread());
        bytes = app.dispatch(name, arguments)?.len();
        cpu.push((of_this_thread() - before).as_secs_f64());
        wall.push(start.elapsed().as_secs_f64());
    }
    let mut row = Row::new(format!("{what}: CPU, p99"), Unit::Time, Aim::Most(AIM));
    row.ours.push(share(&cpu, 0.99));
    let ms = |times: &[f64], part| share(times, part) * 1e3;
    row.note = format!(
        "p50 {:.1} ms; wall p50 {:.1}, p99 {:.1} ms; {bytes} bytes",
        ms(&cpu, 0.5),
        ms(&wall, 0.5),
        ms(&wall, 0.99)
    );
    Ok(row)
}
