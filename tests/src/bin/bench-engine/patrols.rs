//! What the office waits for when it asks how a year of patrols was covered.

use std::path::Path;
use std::time::Instant;

use app::App;
use replica::Store;
use rounds_tests::bench::{Aim, Patrols, Row, Unit, Years, of_this_thread, share};
use serde_json::json;

use crate::ports;

/// How often it is asked.
const TIMES: usize = 20;
/// The longest that the coverage of a year may take.
const AIM: f64 = 0.300;
/// Runs that are saved in one transaction.
const BATCH: u64 = 200;

/// Fills a store with a year of patrols.
pub(crate) fn fill(folder: &Path) -> anyhow::Result<()> {
    let store = Store::open(folder, ports(), env!("CARGO_PKG_VERSION"))?;
    store.save_all(Years { count: 0 }.master())?;
    store.save_all(Patrols::master())?;
    for first in (0..Patrols::count()).step_by(BATCH as usize) {
        store.save_all((first..(first + BATCH).min(Patrols::count())).map(Patrols::run).collect())?;
    }
    Ok(())
}

/// The coverage of the year, of one route and of all: processor time.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let app = App::open(folder, ports(), Some(Years::worker().into()))?;
    let (from, to) = Patrols::days();
    let mut all = json!({"from": from, "to": to});
    let rows = [one(&app, "patrol.coverage of a year, both routes and the key areas", &all)?, {
        all["route"] =
            serde_json::from_str::<serde_json::Value>(&app.dispatch("route.list", "{}")?)?["routes"][0]["id"].clone();
        one(&app, "patrol.coverage of a year, one route", &all)?
    }];
    Ok(rows.into())
}

fn one(app: &App, what: &str, arguments: &serde_json::Value) -> anyhow::Result<Row> {
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for _ in 0..TIMES {
        let (start, before) = (Instant::now(), of_this_thread());
        bytes = app.dispatch("patrol.coverage", &arguments.to_string())?.len();
        cpu.push((of_this_thread() - before).as_secs_f64());
        wall.push(start.elapsed().as_secs_f64());
    }
    let mut row = Row::new(format!("{what}: CPU, p99"), Unit::Time, Aim::Most(AIM));
    row.ours.push(share(&cpu, 0.99));
    row.note =
        format!("p50 {:.0} ms; wall p50 {:.0} ms; {bytes} bytes", share(&cpu, 0.5) * 1e3, share(&wall, 0.5) * 1e3);
    Ok(row)
}
