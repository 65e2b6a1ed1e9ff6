//! What the screens' queries and a save cost on a store as large as a school makes in years.

mod queries;
mod saves;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use replica::{OsEntropy, Ports, ShiftedClock, Store};
use rounds_tests::bench::{NOW_MS, Row, Years};

/// Forms and findings, unless `ROUNDS_BENCH_RECORDS` says otherwise.
const RECORDS: u64 = 100_000;
/// Records that are saved in one transaction.
const BATCH: u64 = 500;

/// With a folder, the store is kept there and used again.
fn main() -> anyhow::Result<()> {
    let scratch = tempfile::TempDir::new()?;
    let folder = std::env::args_os().nth(1).map_or(scratch.path().join("store"), PathBuf::from);
    let count = std::env::var("ROUNDS_BENCH_RECORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(RECORDS);
    if !folder.exists() {
        fill(&folder, &Years { count })?;
    }
    println!("{count} records, 300 findings open");
    let mut rows = vec![queries::opening(&folder)?];
    rows.extend(queries::measure(&folder)?);
    rows.extend(saves::measure(&folder)?);
    Row::print(&rows);
    Ok(())
}

fn ports() -> Ports {
    Ports { clock: Arc::new(ShiftedClock::starting_at(NOW_MS)), entropy: Arc::new(OsEntropy) }
}

fn fill(folder: &Path, years: &Years) -> anyhow::Result<()> {
    let store = Store::open(folder, ports(), env!("CARGO_PKG_VERSION"))?;
    store.save_all(years.master())?;
    for first in (0..years.count).step_by(BATCH as usize) {
        store.save_all((first..(first + BATCH).min(years.count)).map(|n| years.record(n)).collect())?;
    }
    Ok(())
}
