//! What the screens of registers wait for, beside a query that is nothing but SQL.

use std::path::Path;
use std::time::{Duration, Instant};

use app::App;
use replica::Store;
use rounds_tests::bench::{Aim, BARE, Registers, Row, Unit, Years, of_this_thread, share};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::ports;

/// How often each is asked.
const TIMES: usize = 200;
/// The longest that each may take in all.
const AT_MOST: Duration = Duration::from_secs(20);
/// The longest that a query may take.
const AIM: f64 = 0.020;
/// Rows that are saved in one transaction.
const BATCH: u64 = 500;

/// A large register of each sort: a plain one, one with a hook and places, one with acts, one whose rows come back.
const ASKED: [&str; 4] = ["temperature_reading", "disinfection_log", "duty_shift", "special_equipment"];

/// Registers of which a cook sees no more than what they wrote, what names them and what is open.
const SEEN_IN_PART: [&str; 3] = ["incident", "shift_handover", "duty_roster"];

/// Fills a store with rows.
pub(crate) fn fill(folder: &Path, registers: &Registers) -> anyhow::Result<()> {
    let store = Store::open(folder, ports(), env!("CARGO_PKG_VERSION"))?;
    store.save_all(Years { count: 0 }.master())?;
    store.save_all(Registers::master())?;
    for first in (0..registers.count).step_by(BATCH as usize) {
        store.save_all((first..(first + BATCH).min(registers.count)).map(|n| registers.row(n)).collect())?;
    }
    Ok(())
}

/// The p99 of each query beside the p99 of the bare one: processor time, which a busy machine does not distort.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let app = App::open(folder, ports(), Some(Years::worker().into()))?;
    let bare = Connection::open(folder.join("rounds.sqlite3"))?;
    let mut rows = Vec::new();
    for kind in ASKED {
        let baseline = times(|| bare_rows(&bare, kind).map(drop))?;
        for (what, arguments) in lists(&app, kind)? {
            let ours = times(|| app.dispatch("entry.list", &arguments.to_string()).map(drop).map_err(Into::into))?;
            rows.push(row(format!("entry.list {kind}, {what}"), &ours, &baseline));
        }
    }
    let baseline = times(|| bare_rows(&bare, ASKED[0]).map(drop))?;
    let cook = App::open(folder, ports(), Some(Years::cook().into()))?;
    for kind in SEEN_IN_PART {
        let page = json!({"kind": kind}).to_string();
        let ours = times(|| cook.dispatch("entry.list", &page).map(drop).map_err(Into::into))?;
        rows.push(row(format!("entry.list {kind}, of a cook"), &ours, &baseline));
    }
    let ours = times(|| cook.dispatch("entry.kinds", "{}").map(drop).map_err(Into::into))?;
    rows.push(row("entry.kinds, of a cook".to_owned(), &ours, &baseline));
    let id = first(&app, ASKED[1])?["id"].clone();
    let month = json!({"sheet": ASKED[0], "from": "2026-11-01", "to": "2026-11-30"});
    let others = [
        ("entry.kinds", json!({})),
        ("entry.about", json!({"id": Years::cook()})),
        ("entry.get", json!({"id": id})),
        ("today.get", json!({})),
        ("today.get", json!({"everybody": true})),
        ("search.find", json!({"query": "未见异常"})),
        ("sheet.get", month),
    ];
    for (name, arguments) in others {
        let ours = times(|| app.dispatch(name, &arguments.to_string()).map(drop).map_err(Into::into))?;
        rows.push(row(format!("{name} {arguments}"), &ours, &baseline));
    }
    Ok(rows)
}

/// What is asked of the list of a register: its first page, one stage, what it is about, words, the last days.
fn lists(app: &App, kind: &str) -> anyhow::Result<Vec<(&'static str, Value)>> {
    let row = first(app, kind)?;
    let mut lists = vec![
        ("first page", json!({"kind": kind})),
        ("one stage", json!({"kind": kind, "stage": row["stage"]})),
        ("words", json!({"kind": kind, "text": "第 1"})),
        ("a week", json!({"kind": kind, "from": "2026-11-20", "to": "2026-11-27"})),
    ];
    let whole: Value = serde_json::from_str(&app.dispatch("entry.get", &json!({"id": row["id"]}).to_string())?)?;
    let about = ["equipment", "lamp", "thing"].iter().find_map(|name| whole["fields"][name].as_str());
    lists.extend(about.map(|about| ("about one thing", json!({"kind": kind, "about": about}))));
    Ok(lists)
}

/// The first row of a list.
fn first(app: &App, kind: &str) -> anyhow::Result<Value> {
    let page = app.dispatch("entry.list", &json!({"kind": kind, "limit": 1}).to_string())?;
    let page: Value = serde_json::from_str(&page)?;
    Ok(page["rows"][0].clone())
}

fn bare_rows(connection: &Connection, kind: &str) -> anyhow::Result<usize> {
    let mut statement = connection.prepare_cached(BARE)?;
    let rows = statement.query_map([kind], |row| row.get::<_, String>(0))?;
    Ok(rows.map(|doc| doc.map_or(0, |doc| doc.len())).sum())
}

/// The processor time of each run, in seconds.
fn times(mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Vec<f64>> {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < TIMES && begun.elapsed() < AT_MOST {
        let before = of_this_thread();
        run()?;
        times.push((of_this_thread() - before).as_secs_f64());
    }
    Ok(times)
}

fn row(what: String, ours: &[f64], baseline: &[f64]) -> Row {
    let mut row = Row::new(format!("{what}: CPU, p99"), Unit::Time, Aim::Most(AIM));
    row.ours.push(share(ours, 0.99));
    row.baseline.push(share(baseline, 0.99));
    row.note = format!("p50 {:.2} ms, baseline {:.2} ms", share(ours, 0.5) * 1e3, share(baseline, 0.5) * 1e3);
    row
}
