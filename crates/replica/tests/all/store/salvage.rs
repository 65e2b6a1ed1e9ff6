//! What a damaged store still holds is saved into a new one.

use std::path::Path;

use replica::{Beside, BlobId, Draft, DraftKey, PendingFinding, SalvageReport, StoreError, salvage};

use crate::support::{Script, Tablet, id, scratch_folder};

const RECORDS: u128 = 300;

/// A tablet with many records, of which all but the last ten are sent.
fn a_full_tablet() -> Tablet {
    let tablet = Tablet::enrolled();
    (1..=RECORDS - 10).for_each(|number| drop(tablet.save(id(number), &format!("{number} {}", "厨房".repeat(60)))));
    let script = Script::new();
    script.judges(|sent| Ok(crate::support::Answer::to(sent))).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    (RECORDS - 9..=RECORDS).for_each(|number| drop(tablet.save(id(number), &format!("{number} 未发送"))));
    tablet.store().set_device_setting("person", &"王老师").expect("a setting");
    tablet.store().keep_draft(&draft()).expect("a draft");
    let beside = Beside { waiting: vec![owed()], ..Beside::default() };
    tablet.store().save_beside(vec![], |_| beside).expect("a finding that is owed");
    tablet
}

/// A finding that waits for the undo of its answer to end.
fn owed() -> PendingFinding {
    PendingFinding { record: id(1), place: "visits/3/".into(), item: "T01.06".into(), due: 100, failed_again: true }
}

/// What somebody had begun.
fn draft() -> Draft {
    let set = serde_json::json!({ "description": "半句话" });
    Draft {
        key: DraftKey { person: "p".into(), form: "report".into(), record: None },
        declared: 1,
        seen: None,
        base: serde_json::Map::new(),
        set: set.as_object().cloned().expect("an object"),
        at: 5,
    }
}

fn save(from: &Path, to: &Path, tablet: &Tablet) -> SalvageReport {
    salvage(from, to, tablet.ports(), "1").expect("what is whole is saved")
}

#[test]
fn a_whole_store_is_saved_whole_and_what_is_unsent_goes_first() {
    let tablet = a_full_tablet();
    let photo = tablet.store().put_blob(b"photo").expect("it is put");
    let (ports, old) = (tablet.ports(), tablet.replica());
    let folder = tablet.leave();
    let to = scratch_folder();
    let salvaged = salvage(folder.path(), to.path(), ports, "1").expect("all is whole");
    let expected = SalvageReport { records: 300, unsent: 10, photos: 1, is_enrolled: true, ..SalvageReport::default() };
    assert_eq!(salvaged, expected);
    let saved = Tablet::in_folder(to);
    assert_ne!(saved.replica(), old, "it is another replica");
    let queue = saved.queue();
    let mut first = queue[..10].to_vec();
    first.sort();
    assert_eq!((first, queue.len()), ((RECORDS - 9..=RECORDS).map(id).collect(), 300));
    assert_eq!(saved.store().read_blob(photo).expect("it reads").as_deref(), Some(&b"photo"[..]));
    let person: Option<String> = saved.store().device_setting("person").expect("the store reads");
    assert_eq!(person.as_deref(), Some("王老师"));
    assert_eq!(saved.store().draft(&draft().key).expect("the store reads"), Some(draft()));
    let pending = saved.store().due_findings(100, u64::MAX).expect("the store reads");
    assert_eq!(pending.iter().map(|held| &held.pending).collect::<Vec<_>>(), [&owed()]);
    assert!(saved.identity().pull_first);
    assert_eq!(saved.notes(id(300)), ["300 未发送"]);
}

#[test]
fn pages_that_are_overwritten_take_only_their_own_records_with_them() {
    let tablet = a_full_tablet();
    tablet.store().fold_log().expect("nobody is in the way");
    let whole = std::fs::read(tablet.file()).expect("the file reads");
    let pages = whole.len() / 4_096;
    for damage in [0, pages / 3, pages / 2, pages - 1] {
        let (from, to) = (scratch_folder(), scratch_folder());
        let mut bytes = whole.clone();
        bytes[damage * 4_096..(damage + 1) * 4_096].fill(0x5A);
        std::fs::write(from.path().join("rounds.sqlite3"), &bytes).expect("a damaged file");
        let salvaged = save(from.path(), to.path(), &tablet);
        assert!(salvaged.records >= RECORDS as u64 - 10, "page {damage} of {pages}: {salvaged:?}");
        let saved = Tablet::in_folder(to);
        let whole_records = (1..=RECORDS).filter(|number| saved.holds(id(*number))).count();
        assert_eq!(whole_records as u64, salvaged.records);
    }
}

#[test]
fn a_record_with_a_flipped_bit_is_named_and_the_others_are_saved() {
    let tablet = a_full_tablet();
    tablet.tamper(
        "UPDATE record SET state = CAST(substr(state, 1, 40) || x'00' || substr(state, 42) AS BLOB) WHERE row = 7",
    );
    let (ports, to) = (tablet.ports(), scratch_folder());
    let folder = tablet.leave();
    let salvaged = salvage(folder.path(), to.path(), ports, "1").expect("the others are whole");
    assert_eq!((salvaged.records, salvaged.damaged), (299, vec![id(7).to_string()]));
}

#[test]
fn what_stands_in_the_log_alone_is_saved_too() {
    let tablet = a_full_tablet();
    let (from, to) = (scratch_folder(), scratch_folder());
    // A kill leaves the log; here the file it belongs to is damaged besides.
    for name in ["rounds.sqlite3", "rounds.sqlite3-wal"] {
        let source = tablet.file().with_file_name(name);
        std::fs::copy(source, from.path().join(name)).expect("a copy");
    }
    let file = from.path().join("rounds.sqlite3");
    let mut bytes = std::fs::read(&file).expect("the file reads");
    bytes[..100].fill(0);
    std::fs::write(&file, bytes).expect("a damaged head");
    let salvaged = save(from.path(), to.path(), &tablet);
    assert_eq!((salvaged.records, salvaged.unsent), (300, 10));
    assert!(salvaged.is_enrolled);
}

#[test]
fn a_damaged_photo_is_counted_and_a_folder_that_is_not_empty_is_refused() {
    let tablet = a_full_tablet();
    let photo: BlobId = tablet.store().put_blob(b"photo").expect("it is put");
    std::fs::write(tablet.blob_file(photo), b"phota").expect("damage");
    let ports = tablet.ports();
    let (folder, to) = (tablet.leave(), scratch_folder());
    let salvaged = salvage(folder.path(), to.path(), ports.clone(), "1").expect("the records are whole");
    assert_eq!((salvaged.photos, salvaged.damaged_photos), (0, 1));
    let again = salvage(folder.path(), to.path(), ports.clone(), "1").expect_err("there is a store already");
    assert!(matches!(again, StoreError::NotEmpty(_)), "{again:?}");
    let nothing = salvage(&folder.path().join("elsewhere"), scratch_folder().path(), ports, "1");
    assert!(matches!(nothing, Err(StoreError::Folder(_))));
}

#[test]
fn one_damaged_record_keeps_nobody_from_the_others() {
    let mut tablet = Tablet::enrolled();
    (1..=3).for_each(|number| drop(tablet.save(id(number), "a")));
    tablet.tamper("UPDATE record SET state = x'02000000000000' WHERE row = 1");
    tablet.reopen("2");
    let script = Script::new();
    script.takes().echo("1");
    assert_eq!(tablet.sync(&script).expect("an exchange without faults").pushed, 2);
    assert_eq!(tablet.rejected(), [id(1)]);
    let why = tablet.store().queue(1).expect("the store reads")[0].rejected.clone().expect("it says why");
    assert_eq!(why.urn, "urn:rounds:problem:damaged-record");
}

#[test]
fn a_damaged_record_is_healed_by_what_the_server_has_of_it() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "厨房");
    let whole = tablet.record(id(1));
    tablet.tamper("UPDATE record SET state = x'02000000000000'");
    assert!(matches!(tablet.store().get(id(1)), Err(StoreError::Damaged(_))));
    let script = Script::new();
    script.page(crate::support::Page::of([whole.clone()], "2"));
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.record(id(1)), whole);
    assert_eq!(tablet.column::<i64>("SELECT count(*) FROM damaged_state"), 1, "the damaged bytes are kept aside");
    assert!(tablet.queue().is_empty());
}
