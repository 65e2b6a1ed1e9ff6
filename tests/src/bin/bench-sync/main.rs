//! What a save and an exchange cost, each beside a bare baseline that was measured in the same run.
//!
//! The baselines move the same bytes with the same durability and know nothing of merging.

mod baseline;
mod exchange;
mod saves;
mod table;

use table::Row;

/// How often each figure is taken; the table shows the median.
const RUNS: usize = 3;

fn main() -> anyhow::Result<()> {
    let mut rows: Vec<Row> = Vec::new();
    rows.push(saves::measure()?);
    rows.extend(exchange::measure()?);
    table::print(&rows);
    Ok(())
}
