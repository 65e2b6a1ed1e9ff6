//! A campus day: eight tablets and a server until all are equal, then a new tablet; and the same by the baseline.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use causal::{RecordId, Value};
use replica::{HttpTransport, Ports, Save, Store, sync_once};
use rounds_tests::bench::{Aim, NOW_MS, Row, Unit, inspection, of_children, of_process};
use rounds_tests::{TestServer, program};
use serde_json::json;
use tempfile::TempDir;

use crate::rows::join;
use crate::{number, runs};

const TABLETS: usize = 8;
const NEW: u64 = 1_000;
const SHARED: u64 = 20;

/// What one run has cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    tablets: Duration,
    server: Duration,
    wall: Duration,
}

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let day = format!("{TABLETS} tablets x ({} new + {SHARED} shared edits)", new_records());
    let records = TABLETS as u64 * new_records() + SHARED;
    let time = |what: String, aim| Row::new(what, Unit::Time, aim);
    let mut rows = vec![
        time(format!("{day}: CPU of the tablets"), Aim::Times(2.0)),
        time("  CPU of the server".into(), Aim::Times(1.5)),
        time("  wall".into(), Aim::Times(2.0)),
        time(format!("a new tablet, {records} records: wall"), Aim::Times(2.0)),
        time("  its CPU".into(), Aim::None),
        time("  CPU of the server".into(), Aim::None),
        Row::new("  its disk, without WAL", Unit::Bytes, Aim::Times(1.3)),
    ];
    for _ in 0..runs() {
        let folder = TempDir::new()?;
        let ours = Ours::prepare(folder.path())?;
        let bare = Bare::prepare(folder.path(), &ours.bodies)?;
        let bytes = ours.bodies.iter().flatten().map(Vec::len).sum::<usize>();
        rows[0].note = format!("{:.1} MB of records", bytes as f64 / 1e6);
        let tablets: Vec<PathBuf> = (0..TABLETS).map(|n| ours.folder.join(format!("tablet-{n}"))).collect();
        let cost = (exchange(&ours, &tablets)?, exchange(&bare, &bare.tablets)?);
        rows[0].add(cost.0.tablets, cost.1.tablets);
        rows[1].add(cost.0.server, cost.1.server);
        rows[2].add(cost.0.wall, cost.1.wall);
        let new = [ours.new_tablet()?, bare.new_tablet()?];
        let cost = (exchange(&ours, &new[..1])?, exchange(&bare, &new[1..])?);
        rows[3].add(cost.0.wall, cost.1.wall);
        rows[4].add(cost.0.tablets, cost.1.tablets);
        rows[5].add(cost.0.server, cost.1.server);
        rows[6].ours.push(size(&new[0].join("rounds.sqlite3"))?);
        rows[6].baseline.push(size(&new[1].join("tablet.sqlite3"))?);
    }
    Ok(rows)
}

/// New records of each tablet.
fn new_records() -> u64 {
    number("ROUNDS_BENCH_NEW", NEW)
}

fn size(file: &Path) -> anyhow::Result<f64> {
    Ok(std::fs::metadata(file)?.len() as f64)
}

/// A server and the program of its tablets.
trait School: Sync {
    /// The process of the server.
    fn server(&self) -> u32;
    /// One exchange of the tablet in a folder.
    fn command(&self, tablet: &Path) -> Command;
}

/// Every tablet exchanges again and again, until nothing moves.
fn exchange(school: &dyn School, tablets: &[PathBuf]) -> anyhow::Result<Cost> {
    let before = (of_children(), of_process(school.server()));
    let start = Instant::now();
    loop {
        let started: Vec<Child> = tablets
            .iter()
            .map(|tablet| school.command(tablet).stdin(Stdio::null()).stdout(Stdio::piped()).spawn())
            .collect::<Result<_, _>>()?;
        let ended: Vec<Output> = started.into_iter().map(Child::wait_with_output).collect::<Result<_, _>>()?;
        if ended.iter().map(moved).sum::<anyhow::Result<u64>>()? == 0 {
            break;
        }
    }
    let wall = start.elapsed();
    Ok(Cost { tablets: of_children() - before.0, server: of_process(school.server()) - before.1, wall })
}

fn moved(output: &Output) -> anyhow::Result<u64> {
    anyhow::ensure!(output.status.success(), "a tablet failed");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(["moved", "pushed", "pulled"].iter().filter_map(|name| said[*name].as_u64()).sum())
}

struct Ours {
    folder: PathBuf,
    server: TestServer,
    /// What each tablet sends, record by record, as it stands in a push.
    bodies: Vec<Vec<Vec<u8>>>,
}

impl Ours {
    /// Every tablet knows some common records, and has new ones and edits to send.
    fn prepare(folder: &Path) -> anyhow::Result<Self> {
        let mut server = TestServer::init(&folder.join("server"), &[]);
        server.start();
        let tablets: Vec<Store> =
            (0..TABLETS).map(|n| enrolled(&folder.join(format!("tablet-{n}")), &server)).collect::<Result<_, _>>()?;
        let first = tablets.first().context("there are tablets")?;
        let shared: Vec<RecordId> =
            first.save_all((0..SHARED).map(form).collect())?.into_iter().map(|saved| saved.id).collect();
        for tablet in &tablets {
            sync_once(tablet, &HttpTransport::new(&server.address())?)?;
        }
        let mut bodies = Vec::new();
        for (number, tablet) in (1..).zip(&tablets) {
            let saved = tablet.save_all((0..new_records()).map(|n| form(number * new_records() + n)).collect())?;
            let mut ids: Vec<RecordId> = saved.into_iter().map(|saved| saved.id).collect();
            for id in &shared {
                edit(tablet, *id, number)?;
                ids.push(*id);
            }
            bodies.push(ids.into_iter().map(|id| body(tablet, id)).collect::<anyhow::Result<_>>()?);
        }
        Ok(Self { folder: folder.to_owned(), server, bodies })
    }

    fn new_tablet(&self) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join("new");
        enrolled(&folder, &self.server)?;
        Ok(folder)
    }
}

impl School for Ours {
    fn server(&self) -> u32 {
        self.server.process_id()
    }

    fn command(&self, tablet: &Path) -> Command {
        let mut command = Command::new(program("rounds"));
        command.arg("--store").arg(tablet).arg("sync");
        command
    }
}

struct Bare {
    folder: PathBuf,
    server: Child,
    address: String,
    tablets: Vec<PathBuf>,
}

impl Bare {
    fn prepare(folder: &Path, bodies: &[Vec<Vec<u8>>]) -> anyhow::Result<Self> {
        let mut tablets = Vec::new();
        for (number, rows) in bodies.iter().enumerate() {
            let tablet = folder.join(format!("bare-{number}"));
            std::fs::create_dir(&tablet)?;
            std::fs::write(tablet.join("out"), join(rows.iter()))?;
            tablets.push(tablet);
        }
        let mut server = Command::new(std::env::current_exe()?);
        let mut server = server.arg("bare-server").arg(folder).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        BufReader::new(server.stdout.take().context("it is piped")?).read_line(&mut address)?;
        Ok(Self { folder: folder.to_owned(), server, address: address.trim().to_owned(), tablets })
    }

    fn new_tablet(&self) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join("bare-new");
        std::fs::create_dir(&folder)?;
        Ok(folder)
    }
}

impl School for Bare {
    fn server(&self) -> u32 {
        self.server.id()
    }

    fn command(&self, tablet: &Path) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap_or_default());
        command.args(["bare-tablet", &self.address]).arg(tablet);
        command
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // The run is over; a process that has already ended is as good.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

fn enrolled(folder: &Path, server: &TestServer) -> anyhow::Result<Store> {
    let store = Store::open(folder, Ports::system(), "bench")?;
    let address = server.address();
    replica::enrol(&store, &HttpTransport::new(&address)?, &address, &server.enrol_code(&[]), "bench")?;
    Ok(store)
}

fn form(n: u64) -> Save {
    Save { scope: None, ..inspection(n, NOW_MS, true) }
}

fn edit(store: &Store, id: RecordId, number: u64) -> anyhow::Result<()> {
    let seen = store.get(id)?.map(|reading| reading.version);
    let set = vec![("answers/T01.05/note".to_owned(), Value::from(json!(format!("{number} 号平板改"))))];
    store.save(Save { id: Some(id), kind: "inspection".into(), seen, set, ..Save::default() })?;
    Ok(())
}

fn body(store: &Store, id: RecordId) -> anyhow::Result<Vec<u8>> {
    let record = store.get(id)?.context("it was just saved")?.record;
    let mut writer = wire::RecordsWriter::new();
    writer.push(&record);
    let head = wire::PushHead { epoch: String::new(), replica: causal::ReplicaId(id.0), number: 1, previous: None };
    Ok(wire::encode_push_request(&head, writer))
}
