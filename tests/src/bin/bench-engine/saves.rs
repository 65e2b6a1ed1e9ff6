//! What one save writes and costs on a large store.

use std::path::Path;

use causal::{RecordId, Value};
use replica::{Save, Store};
use rounds_tests::bench::{Aim, NOW_MS, Row, Unit, inspection, of_this_thread, share};
use rusqlite::Connection;
use serde_json::json;

use crate::ports;

const SAVES: u64 = 100;
const AIM: f64 = 32.0 * 1024.0;

/// A new form, and a verdict on an open one.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let store = Store::open(folder, ports(), "bench")?;
    let file = folder.join("rounds.sqlite3");
    let beside = Connection::open(&file)?;
    let form = store.save(inspection(1, NOW_MS, false))?;
    let mut rows = Vec::new();
    rows.extend(one(&store, &beside, &file, "a new form of 22 fields", |n| inspection(n, NOW_MS, true))?);
    rows.extend(one(&store, &beside, &file, "a verdict on an open form", |n| verdict(&store, form.id, n))?);
    Ok(rows)
}

fn verdict(store: &Store, id: RecordId, n: u64) -> Save {
    let seen = store.get(id).ok().flatten().map(|reading| reading.version);
    let value = if n.is_multiple_of(2) { "pass" } else { "fail" };
    let set = vec![("answers/T01.02/result".to_owned(), Value::from(json!(value)))];
    Save { id: Some(id), kind: "inspection".into(), seen, set, ..Save::default() }
}

fn one(
    store: &Store,
    beside: &Connection,
    file: &Path,
    what: &str,
    mut next: impl FnMut(u64) -> Save,
) -> anyhow::Result<[Row; 2]> {
    let wal = file.with_extension("sqlite3-wal");
    let mut bytes = Row::new(format!("{what}: bytes of its WAL"), Unit::Bytes, Aim::Most(AIM));
    let mut time = Row::new(format!("{what}: CPU"), Unit::Time, Aim::None);
    for n in 0..SAVES {
        let save = next(n);
        beside.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let before = of_this_thread();
        store.save(save)?;
        time.ours.push((of_this_thread() - before).as_secs_f64());
        bytes.ours.push(std::fs::metadata(&wal)?.len() as f64);
    }
    bytes.note = format!("p99 {:.1} KB", share(&bytes.ours, 0.99) / 1e3);
    Ok([bytes, time])
}
