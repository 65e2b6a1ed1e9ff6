//! Eight tablets and a server until all are equal, and a new tablet on what they made.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use causal::{RecordId, Value};
use replica::{HttpTransport, Ports, Save, Store, sync_once};
use rounds_tests::TestServer;
use tempfile::TempDir;

use crate::RUNS;
use crate::baseline;
use crate::table::Row;

pub(crate) const TABLETS: usize = 8;
pub(crate) const NEW: usize = 1_000;
const SHARED: usize = 20;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let mut rows = [
        Row {
            what: "8 tablets x (1,000 new + 20 shared edits)",
            ours: Vec::new(),
            baseline: Vec::new(),
            aim: 2.0,
            note: String::new(),
        },
        Row {
            what: "a new tablet on 8,020 records",
            ours: Vec::new(),
            baseline: Vec::new(),
            aim: 2.0,
            note: String::new(),
        },
    ];
    for _ in 0..RUNS {
        let run = Run::prepare()?;
        let bytes = run.bodies.iter().flatten().map(Vec::len).sum::<usize>();
        rows[0].note = format!("{:.1} MB of records each way", bytes as f64 / 1e6);
        rows[0].ours.push(run.exchange()?);
        rows[1].ours.push(run.new_tablet()?);
        let (exchange, new_tablet) = baseline::measure(&run.bodies)?;
        rows[0].baseline.push(exchange);
        rows[1].baseline.push(new_tablet);
    }
    Ok(rows.into())
}

struct Run {
    folder: TempDir,
    server: TestServer,
    tablets: Vec<Store>,
    /// What each tablet sends, record by record, as it stands in a push.
    bodies: Vec<Vec<Vec<u8>>>,
}

impl Run {
    fn prepare() -> anyhow::Result<Self> {
        let folder = TempDir::new()?;
        let mut server = TestServer::init(&folder.path().join("server"), &[]);
        server.start();
        let mut tablets = Vec::new();
        for n in 0..TABLETS {
            tablets.push(enrolled(&folder.path().join(format!("tablet-{n}")), &server)?);
        }
        let first = tablets.first().context("there are tablets")?;
        let shared: Vec<RecordId> =
            (0..SHARED).map(|n| save(first, None, n, "shared")).collect::<anyhow::Result<_>>()?;
        for tablet in &tablets {
            sync_once(tablet, &HttpTransport::new(&server.address())?)?;
        }
        let mut bodies = Vec::new();
        for (number, tablet) in tablets.iter().enumerate() {
            let new = (0..NEW).map(|n| save(tablet, None, n, "new"));
            let edits = shared.iter().map(|id| save(tablet, Some(*id), number, "edit"));
            let ids: Vec<RecordId> = new.chain(edits).collect::<anyhow::Result<_>>()?;
            bodies.push(ids.into_iter().map(|id| body(tablet, id)).collect::<anyhow::Result<_>>()?);
        }
        Ok(Self { folder, server, tablets, bodies })
    }

    /// Every tablet sends and receives until nothing moves.
    fn exchange(&self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        loop {
            let moved = std::thread::scope(|scope| {
                let address = self.server.address();
                let running: Vec<_> = self
                    .tablets
                    .iter()
                    .map(|tablet| {
                        let address = address.clone();
                        scope.spawn(move || -> anyhow::Result<u64> {
                            let outcome = sync_once(tablet, &HttpTransport::new(&address)?)?;
                            Ok(outcome.pushed + outcome.pulled)
                        })
                    })
                    .collect();
                let moved = running.into_iter().map(|tablet| tablet.join().expect("a tablet does not panic"));
                moved.sum::<anyhow::Result<u64>>()
            })?;
            if moved == 0 {
                return Ok(start.elapsed());
            }
        }
    }

    fn new_tablet(&self) -> anyhow::Result<Duration> {
        let store = enrolled(&self.folder.path().join("new"), &self.server)?;
        let start = Instant::now();
        let outcome = sync_once(&store, &HttpTransport::new(&self.server.address())?)?;
        anyhow::ensure!(outcome.pulled == (TABLETS * NEW + SHARED) as u64, "the new tablet lacks records");
        Ok(start.elapsed())
    }
}

fn enrolled(folder: &Path, server: &TestServer) -> anyhow::Result<Store> {
    let store = Store::open(folder, Ports::system(), "bench")?;
    let address = server.address();
    replica::enrol(&store, &HttpTransport::new(&address)?, &address, &server.enrol_code(&[]), "bench")?;
    Ok(store)
}

fn save(store: &Store, id: Option<RecordId>, n: usize, word: &str) -> anyhow::Result<RecordId> {
    let seen = match id {
        Some(id) => store.get(id)?.map(|reading| reading.version),
        None => None,
    };
    let text = format!("{word} {n}：生熟刀、板、盆、容器分开使用并有标识，熟食加盖");
    let set = vec![
        ("template".to_owned(), Value::from(serde_json::json!("T01@1"))),
        ("answers/T01.05/result".to_owned(), Value::from(serde_json::json!("pass"))),
        ("answers/T01.05/note".to_owned(), Value::from(serde_json::json!(text))),
    ];
    Ok(store.save(Save { id, kind: "inspection".into(), seen, set, ..Save::default() })?.id)
}

fn body(store: &Store, id: RecordId) -> anyhow::Result<Vec<u8>> {
    let record = store.get(id)?.context("it was just saved")?.record;
    let mut writer = wire::RecordsWriter::new();
    writer.push(&record);
    let head = wire::PushHead { epoch: String::new(), replica: causal::ReplicaId(id.0), number: 1, previous: None };
    Ok(wire::encode_push_request(&head, writer))
}
