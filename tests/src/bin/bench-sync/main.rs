//! What a save and an exchange cost, by the programs as people run them, each beside a bare baseline of the same run.
//!
//! The baselines move the same bytes with the same durability and know nothing of merging.
//! They are processes like ours: `bench-sync bare-server DIR` and `bench-sync bare-tablet ADDRESS DIR`.

mod bare_server;
mod bare_tablet;
mod campus_day;
mod fan_out;
mod rows;
mod saves;

use anyhow::bail;
use rounds_tests::bench::Row;

/// How often each figure is taken, unless `ROUNDS_BENCH_RUNS` says otherwise; the table shows the median.
const RUNS: u64 = 3;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bare-server", folder] => bare_server::serve(folder.as_ref()),
        ["bare-tablet", address, folder] => bare_tablet::exchange(address, folder.as_ref()),
        [] => measure(&["save", "campus-day", "fan-out"]),
        _ => measure(&words.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// Measures the named parts, and prints them as one table.
fn measure(parts: &[&str]) -> anyhow::Result<()> {
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        match *part {
            "save" => rows.push(saves::measure()?),
            "campus-day" => rows.extend(campus_day::measure()?),
            "fan-out" => rows.extend(fan_out::measure()?),
            part => bail!("there is no part {part}"),
        }
    }
    Row::print(&rows);
    Ok(())
}

fn runs() -> u64 {
    number("ROUNDS_BENCH_RUNS", RUNS)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
