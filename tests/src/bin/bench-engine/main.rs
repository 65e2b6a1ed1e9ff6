//! What the screens' queries and a save cost on a store as large as a school makes in years.

mod deliveries;
mod patrols;
mod queries;
mod registers;
mod saves;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use replica::{OsEntropy, Ports, ShiftedClock, Store};
use rounds_tests::bench::{Deliveries, NOW_MS, Patrols, Registers, Row, Years};

/// Forms and findings, unless `ROUNDS_BENCH_RECORDS` says otherwise.
const RECORDS: u64 = 100_000;
/// Rows of registers, unless `--rows` says otherwise.
const ROWS: u64 = 100_000;
/// Records that are saved in one transaction.
const BATCH: u64 = 500;

/// `bench-engine [FOLDER] [--rows N]`: with a folder, the stores are kept there and used again; so many rows of registers.
fn main() -> anyhow::Result<()> {
    let scratch = tempfile::TempDir::new()?;
    let arguments = Arguments::read(std::env::args().skip(1))?;
    let folder = arguments.folder.unwrap_or_else(|| scratch.path().join("store"));
    let count = std::env::var("ROUNDS_BENCH_RECORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(RECORDS);
    if !folder.exists() {
        fill(&folder, &Years { count })?;
    }
    println!("{count} records, 300 findings open");
    let mut rows = vec![queries::opening(&folder)?];
    rows.extend(queries::measure(&folder)?);
    rows.extend(saves::measure(&folder)?);
    Row::print(&rows);
    let year = folder.with_extension("patrols");
    if !year.exists() {
        patrols::fill(&year)?;
    }
    println!("\n{} patrols of a year", Patrols::count());
    Row::print(&patrols::measure(&year)?);
    let kitchen = folder.with_extension("deliveries");
    if !kitchen.exists() {
        deliveries::fill(&kitchen)?;
    }
    println!("\n{} deliveries of {} days", Deliveries::count(), Deliveries::days());
    Row::print(&deliveries::measure(&kitchen)?);
    let folder = folder.with_extension("registers");
    let registers = Registers { count: arguments.rows };
    if !folder.exists() {
        registers::fill(&folder, &registers)?;
    }
    println!("\n{} rows in {} registers", registers.count, Registers::all().len());
    Row::print(&registers::measure(&folder)?);
    Ok(())
}

/// What the program was started with.
struct Arguments {
    folder: Option<PathBuf>,
    rows: u64,
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut arguments = Self { folder: None, rows: ROWS };
        while let Some(argument) = given.next() {
            match argument.as_str() {
                "--rows" => arguments.rows = given.next().context("--rows takes a number")?.parse()?,
                _ => arguments.folder = Some(PathBuf::from(argument)),
            }
        }
        Ok(arguments)
    }
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
