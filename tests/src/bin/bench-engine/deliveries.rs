//! What somebody waits for who traces a dish, or a line of a delivery, among the deliveries of years.

use std::path::Path;
use std::time::Instant;

use app::App;
use replica::Store;
use rounds_tests::bench::{Aim, Deliveries, Row, Unit, Years, of_this_thread, share};
use serde_json::{Value, json};

use crate::ports;

/// How often it is asked.
const TIMES: usize = 20;
/// The page is to stand within 300 ms on a machine that is four times as slow.
const AIM: f64 = 0.300 / 4.0;

/// Fills a store with the deliveries.
pub(crate) fn fill(folder: &Path) -> anyhow::Result<()> {
    let store = Store::open(folder, ports(), env!("CARGO_PKG_VERSION"))?;
    store.save_all(Years { count: 0 }.master())?;
    store.save_all(Deliveries::master())?;
    for day in 0..Deliveries::days() {
        store.save_all(Deliveries::of_day(day))?;
    }
    Ok(())
}

/// A dish to its lines, a line to its dishes, and the fridge: processor time.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let app = App::open(folder, ports(), Some(Years::worker().into()))?;
    let meal = json!({"meal": {"date": Deliveries::last_day(), "type": "午餐"}});
    Ok(vec![
        one(&app, "meal.trace", "of a lunch", &meal)?,
        one(&app, "meal.trace", "of a line", &json!({"line": Deliveries::line()}))?,
        one(&app, "meal.samples", "of 60 days", &json!({}))?,
    ])
}

fn one(app: &App, command: &str, what: &str, arguments: &Value) -> anyhow::Result<Row> {
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for _ in 0..TIMES {
        let (start, before) = (Instant::now(), of_this_thread());
        bytes = app.dispatch(command, &arguments.to_string())?.len();
        cpu.push((of_this_thread() - before).as_secs_f64());
        wall.push(start.elapsed().as_secs_f64());
    }
    let mut row = Row::new(format!("{command} {what}: CPU, p99"), Unit::Time, Aim::Most(AIM));
    row.ours.push(share(&cpu, 0.99));
    row.note =
        format!("p50 {:.0} ms; wall p50 {:.0} ms; {bytes} bytes", share(&cpu, 0.5) * 1e3, share(&wall, 0.5) * 1e3);
    Ok(row)
}
