//! A tablet on which visits are answered, a clock that moves when told, and a server that merges what it is sent.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use causal::{Record, RecordId};
use domain::correction::apply;
use domain::finding::FindingSource;
use domain::form::PlaceName;
use domain::inspection::Stage;
use domain::template::TemplateRef;
use replica::{
    BlobId, BlobProgress, Clock, OsEntropy, Ports, PullAsk, Save, Store, Transport, TransportError, sync_once,
};
use serde_json::Value;
use uuid::Uuid;
use wire::{
    EnrolAnswer, EnrolRequest, Organisation, Outcome, PullAnswer, PushAnswer, PushRequest, PushResult, RecordsWriter,
    digest, encode_pull_answer, encode_push_answer,
};

use crate::app::{App, Author};
use crate::campus::Campus;
use crate::document::{Document, Fields, field};
use crate::dto::change::FormChange;
use crate::dto::form::ItemView;
use crate::error::CommandError;
use crate::form::answer::{GivenAnswer, answer};
use crate::form::holder::{Holder, ItemEntry};
use crate::form::pending::settle_due;
use crate::form::place::Place;
use crate::form::view::{FormContext, item_view, missing};
use crate::load::load;
use crate::names::Names;
use crate::template;

const KIND: &str = "patrol_run";
const EPOCH: &str = "e0000000-0000-4000-8000-000000000001";

/// The run that all visits here belong to.
pub(super) const RUN: RecordId = RecordId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001));

/// A visit of the run.
pub(super) struct Visit(Place);

impl Visit {
    pub(super) fn load(app: &App, record: RecordId, name: PlaceName) -> Result<Self, CommandError> {
        let reading = load(app, KIND, record)?;
        let document = domain::reading::read(KIND, &reading.record.state);
        let reference: TemplateRef = "T01@1".parse().expect("a reference");
        Ok(Self(Place {
            record,
            kind: KIND,
            version: reading.version,
            corrected: apply(KIND, &document),
            template: template::load(app, &reference)?,
            part: reference.part(),
            campus: Campus::load(app, reading.record.scope)?,
            stage: Stage::Open,
            area: Some(format!("点位 {name}")),
            source: FindingSource::Patrol,
            day: Some("2026-08-31".to_owned()),
            open_elsewhere: Vec::new(),
            previous: BTreeMap::new(),
            state: reading.record.state,
            document,
            name,
        }))
    }
}

impl Holder for Visit {
    fn place(&self) -> &Place {
        &self.0
    }

    fn anew(&self, app: &App) -> Result<Self, CommandError> {
        Self::load(app, self.0.record, self.0.name.clone())
    }

    fn check_open(&self, _app: &App, _written: &[ItemEntry]) -> Result<(), CommandError> {
        Ok(())
    }

    fn along(&self, app: &App) -> Result<Fields, CommandError> {
        Ok(app.by().map(|by| field(format!("people/{by}"), 5)).into_iter().collect())
    }
}

/// Reads the places of runs, as `places.rs` reads those of the kinds that there are.
pub(super) fn places(app: &App, record: RecordId, name: &PlaceName) -> Result<Option<Place>, CommandError> {
    match name {
        PlaceName::Visit(_) => Ok(Some(Visit::load(app, record, name.clone())?.0)),
        _ => Ok(None),
    }
}

struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A tablet in somebody's hands.
pub(super) struct Tablet {
    pub(super) app: App,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

impl Tablet {
    /// A tablet that nobody has enrolled, on which the run was begun.
    pub(super) fn new(by: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let clock = Arc::new(TestClock(AtomicU64::new(1_788_229_800_000)));
        let ports = Ports { clock: clock.clone(), entropy: Arc::new(OsEntropy) };
        let store = Store::open(folder.path(), ports, "1").expect("a new store");
        let app = App::new(Arc::new(store), Author::Fixed(Some(Arc::from(by))));
        let run = Save { id: Some(RUN), kind: KIND.to_owned(), set: vec![field("walk", "1")], ..Save::default() };
        app.store().save(run).expect("the run begins");
        Self { app, clock, _folder: folder }
    }

    pub(super) fn visit(&self, checkpoint: &str) -> Visit {
        Visit::load(&self.app, RUN, PlaceName::Visit(checkpoint.to_owned())).expect("the visit is read")
    }

    #[track_caller]
    pub(super) fn answer(&self, checkpoint: &str, item: &str, result: Value) -> FormChange {
        let given = GivenAnswer { item: item.to_owned(), result, seen: None, note: None, is_late: false, sure: false };
        answer(&self.app, &self.visit(checkpoint), given).expect("the answer is taken")
    }

    /// An item as a screen shows it.
    pub(super) fn item(&self, checkpoint: &str, code: &str) -> ItemView {
        let visit = self.visit(checkpoint);
        let place = visit.place();
        let names = Names::new(&self.app);
        let around = FormContext::of(&self.app, &names, place).expect("the store reads");
        let form = place.form();
        let item = place.item(code).expect("the visit asks it");
        item_view(place, &form, item, &missing(&form), &around)
    }

    /// Lets the time of an undo go by, and what is due be done.
    pub(super) fn after_the_undo(&self) {
        self.clock.0.fetch_add(5_000, Ordering::Relaxed);
        settle_due(&self.app, places).expect("what is due is done");
    }

    /// The finding of an item at a checkpoint.
    pub(super) fn finding(&self, checkpoint: &str, item: &str) -> Option<Document> {
        let id = RecordId(domain::id::visit_finding_id(RUN.0, checkpoint, item));
        self.app.store().find_one(id).expect("the store reads").map(|found| found.doc)
    }

    /// What the run holds.
    pub(super) fn run(&self) -> Document {
        self.app.store().find_one(RUN).expect("the store reads").expect("the run is here").doc
    }

    pub(super) fn enrol(&self, hub: &Hub) {
        replica::enrol(self.app.store(), hub, "https://office.example", "CODE", "平板").expect("it is enrolled");
    }

    pub(super) fn sync(&self, hub: &Hub) {
        sync_once(self.app.store(), hub).expect("an exchange without faults");
    }
}

/// A server that takes and gives everything.
#[derive(Default)]
pub(super) struct Hub(Mutex<BTreeMap<RecordId, Record>>);

impl Transport for Hub {
    fn enrol(&self, _request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        Ok(EnrolAnswer {
            token: "token".to_owned(),
            device: Uuid::from_u128(0xd000),
            organisation: Organisation { id: Uuid::from_u128(0x0a00), name: "园".to_owned() },
            scopes: None,
            epoch: EPOCH.into(),
            role: Some("tablet".into()),
        })
    }

    fn push(&self, _token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let request = PushRequest::decode(body).expect("a push is of the right shape");
        let mut held = self.0.lock().expect("nobody panicked");
        let mut results = Vec::new();
        for sent in &request.records {
            let record = sent.record.as_ref().expect("a store sends valid records");
            results.push(PushResult { id: record.id.to_string(), outcome: Outcome::Merged, problem: None });
            held.entry(record.id)
                .and_modify(|known| known.state.merge(&record.state))
                .or_insert_with(|| record.clone());
        }
        let body = encode_push_answer(EPOCH, request.head.number, digest(body), &results, RecordsWriter::new());
        Ok(PushAnswer::decode(&body).expect("an answer of the right shape"))
    }

    fn pull(&self, _token: &str, _ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        let mut writer = RecordsWriter::new();
        self.0.lock().expect("nobody panicked").values().for_each(|record| writer.push(record));
        let body = encode_pull_answer(EPOCH, writer, "cursor", false);
        Ok(PullAnswer::decode(&body).expect("an answer of the right shape"))
    }

    fn blob_state(&self, _token: &str, _id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn send_blob(&self, _: &str, _: BlobId, _: u64, _: u64, _: &[u8]) -> Result<u64, TransportError> {
        Err(TransportError::not_offered())
    }

    fn get_blob(&self, _token: &str, _id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn live(&self, _token: &str, _stop: &AtomicBool, _on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        Err(TransportError::not_offered())
    }
}
