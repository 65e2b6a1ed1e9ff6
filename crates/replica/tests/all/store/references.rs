//! Which records name which blobs is known exactly, whatever is saved, merged, deleted and purged.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use causal::{Dot, Record, RecordId, Seen, Stamp, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use replica::{BlobId, BlobPlace, BlobState, Ports, Save, Store, StoreError};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Page, Peer, Script, Tablet, blank, id, scratch_folder};

const RECORDS: [u128; 3] = [1, 2, 3];
const FIELDS: [&str; 2] = ["photos/a", "photos/b"];
/// Everybody who writes elsewhere, in one world that the tablet hears of now and then.
const PEERS: u128 = 2;

fn blob(number: u8) -> BlobId {
    BlobId::of(&[number])
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Act {
    /// The tablet saves a value, having seen all or nothing.
    Save { record: usize, field: usize, value: Value, has_seen: bool },
    /// The tablet deletes a record, or keeps it.
    Delete { record: usize, keeps: bool },
    /// Somebody else saves a value, having seen what they made themselves.
    Elsewhere { peer: u128, record: usize, field: usize, value: Value },
    /// Somebody purges a record elsewhere.
    Purge { peer: u128, record: usize },
    /// The tablet reads what one of them has made.
    Pull { peer: u128 },
    /// The store is closed and opened again, by another version of the app.
    Reopen,
}

fn value() -> impl Strategy<Value = Value> {
    let number = 0u8..5;
    prop_oneof![
        Just(json!(null)),
        Just(json!("a text with \"blob\" in it")),
        number.clone().prop_map(|n| json!({ "blob": blob(n) })),
        (number.clone(), number.clone()).prop_map(|(n, thumb)| json!({ "blob": blob(n), "thumb": blob(thumb) })),
        (number.clone(), number).prop_map(|(a, b)| json!([{ "x": { "blob": blob(a) } }, [{ "blob": blob(b) }]])),
    ]
    .prop_map(|tree| Value::from_json(&tree))
}

fn act() -> impl Strategy<Value = Act> {
    let place = (0..RECORDS.len(), 0..FIELDS.len());
    prop_oneof![
        4 => (place.clone(), value(), any::<bool>()).prop_map(|((record, field), value, has_seen)| Act::Save {
            record, field, value, has_seen
        }),
        1 => (0..RECORDS.len(), any::<bool>()).prop_map(|(record, keeps)| Act::Delete { record, keeps }),
        4 => (0..PEERS, place, value()).prop_map(|(peer, (record, field), value)| Act::Elsewhere {
            peer, record, field, value
        }),
        1 => (0..PEERS, 0..RECORDS.len()).prop_map(|(peer, record)| Act::Purge { peer, record }),
        3 => (0..PEERS).prop_map(|peer| Act::Pull { peer }),
        1 => Just(Act::Reopen),
    ]
}

/// Somebody else, with their own copies.
struct Other {
    peer: Peer,
    records: Vec<Record>,
}

fn do_act(tablet: &mut Tablet, others: &mut [Other], step: usize, act: Act) {
    match act {
        Act::Save { record, field, value, has_seen } => {
            let record = id(RECORDS[record]);
            let seen = tablet.store().get(record).expect("the store reads").map(|reading| reading.version);
            let set = vec![(FIELDS[field].to_owned(), value)];
            let seen = seen.filter(|_| has_seen);
            let save = Save { id: Some(record), kind: "inspection".into(), seen, set, ..Save::default() };
            tablet.store().save(save).expect("a save");
        }
        Act::Delete { record, keeps } => {
            let record = id(RECORDS[record]);
            let Some(reading) = tablet.store().get(record).expect("the store reads") else { return };
            let store = tablet.store();
            let done = if keeps {
                store.keep(record, &reading.version, None)
            } else {
                store.delete(record, &reading.version, None)
            };
            done.expect("it is decided");
        }
        Act::Elsewhere { peer, record, field, value } => {
            let other = &mut others[peer as usize];
            other.peer.counter += 1;
            let held = &mut other.records[record];
            let seen = Seen::from(held.state.version().clone());
            let stamp = Stamp { at: 1, by: None };
            let set = [(Arc::from(FIELDS[field]), value)];
            held.state
                .save(Dot::new(other.peer.replica, other.peer.counter), stamp, &seen, set)
                .expect("a new counter");
        }
        Act::Purge { peer, record } => others[peer as usize].records[record].state.purge(),
        Act::Pull { peer } => {
            let script = Script::new();
            let sent = others[peer as usize].records.iter().filter(|record| !record.state.is_new()).cloned();
            let page = Page::of(sent, &format!("after {step}"));
            script.judges(|sent| Ok(crate::support::Answer::to(sent))).page(page.and_more()).loses_a_pull();
            tablet.sync(&script).expect_err("the rest is lost");
        }
        Act::Reopen => tablet.reopen(&step.to_string()),
    }
}

type References = BTreeSet<(RecordId, BlobId, bool)>;

/// What the states that the store holds name.
fn named(tablet: &Tablet) -> References {
    let mut named = References::new();
    for record in RECORDS.map(id) {
        let Some(reading) = tablet.store().get(record).expect("the store reads") else { continue };
        named.extend(wire::blob_refs(&reading.record.state).into_iter().map(|(blob, thumb)| (record, blob, thumb)));
    }
    named
}

/// What the store has noted, and the blobs that it holds for small pictures.
fn noted(tablet: &Tablet) -> (References, BTreeSet<BlobId>) {
    let connection = Connection::open(tablet.file()).expect("the file opens");
    let sql = "SELECT r.id, b.id, n.thumb FROM blob_reference n JOIN record r ON r.row = n.record JOIN blob b ON b.row = n.blob";
    let mut statement = connection.prepare(sql).expect("the tables are there");
    let rows = statement.query_map([], |row| Ok((RecordId(row.get::<_, Uuid>(0)?), BlobId(row.get(1)?), row.get(2)?)));
    let noted = rows.expect("it reads").collect::<Result<_, _>>().expect("it reads");
    let mut statement = connection.prepare("SELECT id FROM blob WHERE thumb = 1").expect("the table is there");
    let thumbs = statement.query_map([], |row| Ok(BlobId(row.get(0)?))).expect("it reads");
    (noted, thumbs.collect::<Result<_, _>>().expect("it reads"))
}

#[track_caller]
fn check_exact(tablet: &Tablet) {
    let (noted, thumbs) = noted(tablet);
    assert_eq!(noted, named(tablet));
    assert_eq!(thumbs, noted.iter().filter(|(_, _, thumb)| *thumb).map(|(_, blob, _)| *blob).collect());
    let owed: BTreeSet<BlobId> =
        tablet.store().owed_blobs(100).expect("the store reads").iter().map(|owed| owed.id).collect();
    let here = (0..5).map(blob).filter(|blob| tablet.store().has_blob(*blob).expect("it is found out"));
    let expected = here.filter(|blob| noted.iter().any(|(_, named, _)| named == blob)).collect();
    assert_eq!(owed, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn references_are_those_of_the_live_values(acts in vec(act(), 1..25)) {
        let mut tablet = Tablet::enrolled();
        for number in 0..3 {
            tablet.store().put_blob(&[number]).expect("it is put");
        }
        let mut others: Vec<Other> = (0..PEERS)
            .map(|peer| Other { peer: Peer::new(peer), records: RECORDS.map(|record| blank(id(record))).into() })
            .collect();
        for (step, act) in acts.into_iter().enumerate() {
            do_act(&mut tablet, &mut others, step, act);
            check_exact(&tablet);
        }
    }
}

#[test]
fn the_references_of_a_store_that_was_made_before_there_were_any_are_read_when_it_opens() {
    let mut tablet = Tablet::enrolled();
    let photo = tablet.store().put_blob(&[1]).expect("it is put");
    let set = vec![("photos/a".to_owned(), Value::from(json!({ "blob": photo, "thumb": blob(2) })))];
    let save = Save { id: Some(id(1)), kind: "inspection".into(), set, ..Save::default() };
    tablet.store().save(save).expect("a save");
    tablet.tamper(
        "DROP TABLE blob_reference; DROP TABLE blob; DROP TABLE damaged_state; DROP TABLE search_waiting; DROP TABLE draft;
         DROP TRIGGER pending_finding_of_before; DROP TABLE pending_finding;
         DELETE FROM meta WHERE key = 'blob_references';
         DROP TRIGGER mark_inserted; DROP TRIGGER mark_updated; DROP TRIGGER mark_deleted; DROP TABLE mark;
         DROP INDEX record_by_kin; ALTER TABLE record DROP COLUMN marks; ALTER TABLE record DROP COLUMN kin;
         DROP TRIGGER record_inserted_older; DROP TRIGGER record_updated_older; DROP INDEX record_by_template;
         DROP INDEX record_by_parent; DROP INDEX record_by_about; DROP INDEX record_by_place; DROP INDEX record_by_day;
         DROP TABLE tally; DROP TABLE held;
         DROP INDEX record_by_uncounted; ALTER TABLE record DROP COLUMN uncounted;
         CREATE INDEX record_by_day ON record (kind, day, id) WHERE hidden = 0 AND day IS NOT NULL;
         CREATE INDEX record_by_inspection ON record (inspection, id) WHERE hidden = 0 AND inspection IS NOT NULL;
         ALTER TABLE record DROP COLUMN parent; ALTER TABLE record DROP COLUMN about; ALTER TABLE record DROP COLUMN place;
         ALTER TABLE record DROP COLUMN derived; ALTER TABLE record DROP COLUMN template;
         ALTER TABLE identity DROP COLUMN derived;
         PRAGMA user_version = 1;",
    );
    tablet.reopen("1");
    check_exact_without_bytes(&tablet);
    assert_eq!(tablet.store().blob_state(photo).expect("the store reads"), BlobState::Awaited);
    tablet.store().read_blob(photo).expect("it reads").expect("the file is there");
    assert_eq!(tablet.store().blob_state(photo).expect("the store reads"), BlobState::Owed);
    check_exact(&tablet);
}

#[track_caller]
fn check_exact_without_bytes(tablet: &Tablet) {
    let (noted, _) = noted(tablet);
    assert_eq!(noted.len(), 2);
    assert_eq!(noted, named(tablet));
}

/// A place whose disk is full, or broken.
struct NoPlace(io::ErrorKind);

impl BlobPlace for NoPlace {
    fn put(&self, _bytes: &[u8]) -> io::Result<BlobId> {
        Err(self.0.into())
    }

    fn read(&self, _id: BlobId) -> io::Result<Option<Vec<u8>>> {
        Err(self.0.into())
    }

    fn has(&self, _id: BlobId) -> io::Result<bool> {
        Ok(false)
    }

    fn remove(&self, _id: BlobId) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_full_disk_is_told_by_name_and_nothing_is_noted() {
    let folder = scratch_folder();
    let file = folder.path().join("store.sqlite3");
    let open = |kind| Store::open_with_blobs(&file, Ports::system(), "1", Arc::new(NoPlace(kind)));
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
        let store = open(kind).expect("the store opens");
        let error = store.put_blob(b"photo").expect_err("there is no room");
        assert!(matches!(error, StoreError::DiskFull(_)), "{error:?}");
        assert_eq!(store.blob_state(BlobId::of(b"photo")).expect("the store reads"), BlobState::Unknown);
    }
    let store = open(io::ErrorKind::PermissionDenied).expect("the store opens");
    assert!(matches!(store.put_blob(b"photo").expect_err("it is broken"), StoreError::Blob(_)));
    assert!(matches!(store.read_blob(BlobId::of(b"photo")).expect_err("it is broken"), StoreError::Blob(_)));
}

#[test]
fn a_store_in_the_servers_own_place_owes_and_wants_nothing() {
    let folder = scratch_folder();
    let place = Arc::new(replica::FileBlobs::new(folder.path().join("hub")));
    let file = folder.path().join("store.sqlite3");
    let store = Store::open_with_blobs(&file, Ports::system(), "1", place.clone()).expect("the store opens");
    let photo = store.put_blob(b"photo").expect("it is put");
    let theirs = place.put(b"theirs").expect("another device has sent it");
    let set =
        vec![("photos/a".to_owned(), Value::from(json!([{ "blob": photo, "thumb": blob(1) }, { "blob": theirs }])))];
    store.save(Save { kind: "inspection".into(), set, ..Save::default() }).expect("a save");
    for (blob, expected) in [(photo, BlobState::Sent), (theirs, BlobState::Sent), (blob(1), BlobState::Awaited)] {
        assert_eq!(store.blob_state(blob).expect("the store reads"), expected);
    }
    assert_eq!(store.blob_counts().expect("the store reads"), replica::BlobCounts::default());
    assert!(store.wanted_blobs(9).expect("the store reads").is_empty());
}
