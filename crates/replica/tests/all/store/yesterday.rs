//! Yesterday's file opens today, with everything in it.
//!
//! `tests/fixtures/v1.sqlite3` was written by the first layout, `v2.sqlite3` by the second, and so on.
//! `ROUNDS_WRITE_FIXTURE=1 cargo test -p replica yesterday` writes that of today's layout; do that only while no store of it
//! is in anybody's hands.

use std::path::{Path, PathBuf};

use causal::Dot;
use replica::StoreError;
use rusqlite::Connection;
use wire::{Problem, ProblemType};

use crate::support::{Answer, EPOCH, NOTE, Page, Peer, Script, Tablet, id, scratch_folder};

/// The layouts that were ever in somebody's hands, today's the last.
const LAYOUTS: [u32; 4] = [1, 2, 6, 7];

fn fixture(layout: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/v{layout}.sqlite3"))
}

/// A store with one of everything: see the test for what.
fn write_fixture() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "厨房地面积水");
    tablet.save_and_sync(id(2), "acknowledged");
    let base = tablet.record(id(2));
    tablet.save(id(2), "mine");
    let deleted = tablet.save(id(3), "deleted");
    tablet.store().delete(id(3), &deleted.version, None).expect("deleted");
    tablet.save(id(4), "rejected");
    let theirs = Peer::new(1).writes(&base, NOTE, "theirs");
    let script = Script::new();
    script.refuses(Problem::new(ProblemType::ReplicaForked)).page(Page::of([theirs], "cursor"));
    script.push(|sent| Answer::to(sent).knowing(id(2)).knowing(id(3)).rejecting(id(4), ProblemType::NotAllowed));
    tablet.sync(&script).expect("an exchange without faults");
    tablet.save(id(5), "frozen");
    script.loses_a_push();
    tablet.sync(&script).expect_err("the answer is lost");
    tablet.save(id(6), "waiting");
    tablet.store().set_device_setting("person", &"王老师").expect("a setting");
    let file = tablet.file();
    drop(tablet.another_window());
    let connection = Connection::open(&file).expect("the file opens");
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all of it is in the file");
    std::fs::copy(file, fixture(LAYOUTS[LAYOUTS.len() - 1])).expect("the fixture is written");
}

fn copies_of_the_fixtures() -> impl Iterator<Item = Tablet> {
    LAYOUTS.into_iter().map(copy_of_the_fixture)
}

fn copy_of_the_fixture(layout: u32) -> Tablet {
    if std::env::var_os("ROUNDS_WRITE_FIXTURE").is_some() {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(write_fixture);
    }
    let folder = scratch_folder();
    std::fs::copy(fixture(layout), folder.path().join("rounds.sqlite3")).expect("the fixture is there");
    Tablet::in_folder(folder)
}

#[test]
fn yesterdays_file_opens_with_everything_in_it() {
    for mut tablet in copies_of_the_fixtures() {
        for version in ["1", "2"] {
            let tablet_rejected = tablet.rejected();
            assert_eq!(tablet_rejected, if version == "1" { vec![id(4)] } else { vec![] });
            let identity = tablet.identity();
            assert_eq!((identity.counter, identity.push_number, identity.pull_first), (8, 1, false));
            assert_eq!((identity.epoch.as_deref(), identity.cursor.as_deref()), (Some(EPOCH), Some("cursor")));
            let enrolment = tablet.store().enrolment().expect("the store reads").expect("it is enrolled");
            assert_eq!((enrolment.token.as_str(), enrolment.organisation.name.as_str()), ("token-1", "园 1"));
            let person: Option<String> = tablet.store().device_setting("person").expect("the store reads");
            assert_eq!(person.as_deref(), Some("王老师"));
            assert_eq!(tablet.notes(id(1)), ["厨房地面积水"]);
            assert_eq!(tablet.notes(id(2)), ["mine", "theirs"]);
            assert!(tablet.state(id(3)).is_deleted());
            let listed = tablet.store().list("inspection", None, 10).expect("the store reads");
            let listed: Vec<_> = listed.iter().map(|reading| reading.record.id).collect();
            assert_eq!(listed, [id(1), id(2), id(4), id(5), id(6)]);
            let found = tablet.store().search("积水", &[], 10).expect("the store searches");
            assert_eq!(found.records.iter().map(|found| found.id).collect::<Vec<_>>(), [id(1)]);
            assert_eq!(tablet.store().asking_count().expect("the store reads"), 1);
            assert_eq!(tablet.queue(), [id(4), id(5), id(6)]);
            tablet.reopen("2");
        }
    }
}

#[test]
fn what_yesterdays_file_owes_goes_out() {
    for tablet in copies_of_the_fixtures() {
        let script = Script::new();
        script.takes().takes().echo("1");
        tablet.sync(&script).expect("an exchange without faults");
        let pushes = script.pushes();
        assert_eq!((pushes[0].ids(), pushes[0].number()), (vec![id(5)], 2));
        assert_eq!((pushes[1].ids(), pushes[1].number()), (vec![id(6)], 3));
        assert_eq!(tablet.queue(), [id(4)]);
        let saved = tablet.save(id(7), "next");
        assert_eq!(saved.dot, Dot::new(tablet.replica(), 9));
    }
}

/// A finding that waits, as versions before the table of them kept it.
fn waiting_of_before(item: &str, ready_at: u64, failed_again: bool) -> String {
    let record = id(5);
    let value =
        serde_json::json!({"inspection": record, "item": item, "ready_at": ready_at, "failed_again": failed_again});
    format!(
        "INSERT INTO meta (key, value) VALUES ('device/pending_finding/{record}/{item}/{ready_at:016}', '{value}')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
}

#[test]
fn a_finding_that_yesterdays_version_owed_is_owed_still_and_so_is_one_that_it_comes_to_owe() {
    let folder = scratch_folder();
    let file = folder.path().join("rounds.sqlite3");
    std::fs::copy(fixture(7), &file).expect("the fixture is there");
    let connection = Connection::open(&file).expect("the file opens");
    for sql in [waiting_of_before("T01.06", 100, true), waiting_of_before("T01.06", 200, false)] {
        connection.execute_batch(&sql).expect("yesterday's version writes");
    }
    connection.execute_batch("INSERT INTO meta VALUES ('device/pending_finding/x', '{\"item\": 5}')").expect("written");
    drop(connection);
    let tablet = Tablet::in_folder(folder);
    let due = |now: u64| -> Vec<(String, u64, bool)> {
        let held = tablet.store().due_findings(now, u64::MAX).expect("the store reads");
        held.into_iter().map(|held| (held.pending.item, held.pending.due, held.pending.failed_again)).collect()
    };
    assert_eq!(due(199), []);
    assert_eq!(due(200), [("T01.06".to_owned(), 200, true)]);
    // A process of yesterday's version that has the store open goes on writing as it did.
    tablet.tamper(&waiting_of_before("T01.07", 150, false));
    assert_eq!(due(150), [("T01.07".to_owned(), 150, false)]);
    assert_eq!(due(200).len(), 2);
}

#[test]
fn what_was_seen_in_yesterdays_file_is_read_through_its_change_of_id() {
    for tablet in copies_of_the_fixtures() {
        let old = tablet.state(id(1)).siblings(NOTE).map(|sibling| sibling.dot.replica).next().expect("a note");
        assert_ne!(old, tablet.replica());
        let seen = format!("{}:3", old.0.simple());
        tablet.save_seeing(id(2), Some(&seen), NOTE, "after");
        assert_eq!(tablet.notes(id(2)), ["after", "theirs"]);
    }
}

#[test]
fn a_layout_is_never_written_over_a_newer_one() {
    let tablet = copy_of_the_fixture(1);
    tablet.tamper("PRAGMA user_version = 99");
    let folder = tablet.file().parent().expect("a folder").to_owned();
    let error = replica::Store::open(&folder, tablet.ports(), "1").err().expect("it is newer than this build");
    assert!(matches!(error, StoreError::Newer), "{error:?}");
}
