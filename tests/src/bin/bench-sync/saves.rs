//! One save, beside one bare insert of the same bytes with the same durability.

use std::time::Instant;

use causal::Value;
use replica::{Ports, Save, Store};
use rounds_tests::bench::{Aim, Row, Unit, share};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::runs;

const SAVES: u64 = 400;

fn fields(n: u64) -> Vec<(String, Value)> {
    let text = format!("第 {n} 次：生熟刀、板、盆、容器分开使用并有标识，熟食加盖；当班人员全部完成晨检");
    [
        ("template", serde_json::json!("T01@1")),
        ("subject", serde_json::json!("0c1ecafe-0000-4000-8000-000000000001")),
        ("answers/T01.05/result", serde_json::json!("pass")),
        ("answers/T01.05/note", serde_json::json!(text)),
        ("answers/T01.07/result", serde_json::json!([{ "v": "74.2", "of": "红烧肉" }])),
    ]
    .map(|(name, value)| (name.to_owned(), Value::from(value)))
    .to_vec()
}

pub(crate) fn measure() -> anyhow::Result<Row> {
    let folder = TempDir::new()?;
    let store = Store::open(&folder.path().join("store"), Ports::system(), "bench")?;
    let bare = Connection::open(folder.path().join("bare.sqlite3"))?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.execute_batch("CREATE TABLE record (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT")?;
    let mut row = Row::new("a save of five fields", Unit::Time, Aim::Times(1.5));
    // One after the other, so that a slow moment of the disk meets both.
    for n in 0..runs() * SAVES {
        let set = fields(n);
        let body: String = set.iter().map(|(name, value)| format!("{name}{}", value.as_str())).collect();
        let save = Save { kind: "inspection".into(), set, ..Save::default() };
        let start = Instant::now();
        store.save(save)?;
        let ours = start.elapsed();
        let id = uuid::Uuid::now_v7();
        let start = Instant::now();
        bare.prepare_cached("INSERT INTO record (id, body) VALUES (?1, ?2)")?.execute((id, body.as_bytes()))?;
        row.add(ours, start.elapsed());
    }
    let p95 = |times: &[f64]| share(times, 0.95) * 1e3;
    row.note = format!("{} saves; p95 {:.2} beside {:.2} ms", row.ours.len(), p95(&row.ours), p95(&row.baseline));
    Ok(row)
}
