//! From a save on one `rounds serve` until the screens of another are told.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::Context;
use rounds_tests::bench::{Aim, Row, Unit, share};
use rounds_tests::{TestBrowser, TestDevice, TestServer};
use serde_json::json;
use tempfile::TempDir;

use crate::number;

/// Saves of either sort.
const SAVES: u64 = 40;
/// Longer than anything that follows a save, and no multiple of anybody's pace.
const PAUSE: Duration = Duration::from_millis(730);
const LONGEST: Duration = Duration::from_secs(30);

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let folder = TempDir::new()?;
    let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten", "--demo"]);
    server.start();
    let tablets = ["a", "b"].map(|name| TestDevice::new(&folder.path().join(name)));
    for tablet in &tablets {
        tablet.enrol(&server, &[]);
        tablet.sync();
    }
    let [a, b] = [TestBrowser::at(&tablets[0]), TestBrowser::at(&tablets[1])];
    let guard = switch_to_the_guard(&a)?;
    switch_to_the_guard(&b)?;
    let told = changes(&b);
    let mut rows = vec![
        Row::new("a save on one `rounds serve` to `changed` on another", Unit::Time, Aim::Most(0.020)),
        Row::new("  where another process saved", Unit::Time, Aim::Most(0.050)),
    ];
    for _ in 0..number("ROUNDS_BENCH_SAVES", SAVES) {
        let time = fan_out(&told, || {
            a.call("finding.report", json!({"description": "后门的锁坏了"}));
            Ok(())
        });
        rows[0].ours.push(time?);
    }
    let mut other = Lines::start(&tablets[0], &guard);
    for _ in 0..number("ROUNDS_BENCH_SAVES", SAVES) {
        rows[1].ours.push(fan_out(&told, || other.save())?);
    }
    for row in &mut rows {
        row.note = format!("p95 {:.0} ms", share(&row.ours, 0.95) * 1e3);
    }
    Ok(rows)
}

/// Who it is, by their id; where nobody stands, nothing is told.
fn switch_to_the_guard(browser: &TestBrowser) -> anyhow::Result<String> {
    let people = browser.call("person.list", json!({}));
    let mut people = people["people"].as_array().into_iter().flatten();
    let guard = people.find(|person| person["roles"][0] == "guard").context("the demo has a guard")?;
    browser.call("person.switch", json!({"person": guard["id"], "pin": "2309"}));
    Ok(guard["id"].as_str().context("the guard has an id")?.to_owned())
}

/// Saves, and waits until the other is told; in seconds.
fn fan_out(told: &Receiver<()>, save: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    std::thread::sleep(PAUSE);
    told.try_iter().for_each(drop);
    let start = Instant::now();
    save()?;
    told.recv_timeout(LONGEST).context("the other tablet is never told")?;
    Ok(start.elapsed().as_secs_f64())
}

/// Each `changed` that the screens of a tablet hear of.
fn changes(browser: &TestBrowser) -> Receiver<()> {
    let (teller, told) = mpsc::channel();
    let events = browser.events();
    std::thread::spawn(move || {
        for line in BufReader::new(events).lines().map_while(Result::ok) {
            if line == "event: changed" && teller.send(()).is_err() {
                return;
            }
        }
    });
    told
}

/// `rounds call finding.report -` beside the program that serves the store.
struct Lines {
    program: Child,
    input: Option<ChildStdin>,
}

impl Lines {
    fn start(tablet: &TestDevice, person: &str) -> Self {
        let mut program = tablet.spawn(&["--as", person, "call", "finding.report", "-"]);
        let input = program.stdin.take();
        Self { program, input }
    }

    fn save(&mut self) -> anyhow::Result<()> {
        let input = self.input.as_mut().context("it is piped")?;
        writeln!(input, "{}", json!({"description": "后门的锁坏了"}))?;
        Ok(input.flush()?)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}
