//! Files that are not opened are left as they are.

use std::path::{Path, PathBuf};

use replica::{Ports, Store, StoreError};
use rusqlite::Connection;

use crate::support::{Tablet, id, scratch_folder};

/// Opens a store over a file with these bytes, which must be refused and left alone.
#[track_caller]
fn check_refused(bytes: &[u8], is_expected: fn(&StoreError) -> bool) {
    let folder = scratch_folder();
    let file = folder.path().join("rounds.sqlite3");
    std::fs::write(&file, bytes).expect("the file is written");
    for _ in 0..2 {
        let error = Store::open(folder.path(), Ports::system(), "1").err().expect("it must be refused");
        assert!(is_expected(&error), "{error:?}");
        assert!(std::fs::read(&file).expect("the file reads") == bytes, "the file was touched: {error}");
    }
}

/// The bytes of a file that `change` was made to by its own connection.
fn changed(file: &Path, change: &str) -> Vec<u8> {
    let connection = Connection::open(file).expect("the file opens");
    connection.execute_batch(change).expect("the file takes it");
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("it is written");
    drop(connection);
    std::fs::read(file).expect("the file reads")
}

/// A store with records, closed.
fn a_store() -> (tempfile::TempDir, PathBuf) {
    let folder = scratch_folder();
    let store = Store::open(folder.path(), Ports::system(), "1").expect("the store opens");
    for number in 0..50 {
        let set = vec![("note".to_owned(), crate::support::text(&"厨房".repeat(200)))];
        let save = replica::Save { id: Some(id(number)), kind: "inspection".into(), set, ..Default::default() };
        store.save(save).expect("a save");
    }
    drop(store);
    let file = folder.path().join("rounds.sqlite3");
    (folder, file)
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let (_folder, file) = a_store();
    let bytes = changed(&file, "CREATE TABLE tomorrow (a); PRAGMA user_version = 99;");
    check_refused(&bytes, |error| matches!(error, StoreError::Newer));
}

#[test]
fn the_file_of_another_program_is_refused_and_left_alone() {
    let folder = scratch_folder();
    let file = folder.path().join("other.sqlite3");
    let bytes = changed(&file, "CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('a');");
    check_refused(&bytes, |error| matches!(error, StoreError::NotAStore));
    let bytes = changed(&file, "PRAGMA application_id = 77; PRAGMA user_version = 1;");
    check_refused(&bytes, |error| matches!(error, StoreError::NotAStore));
    let bytes = changed(&file, "DROP TABLE song;");
    check_refused(&bytes, |error| matches!(error, StoreError::NotAStore));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    check_refused("会议记录\n".repeat(500).as_bytes(), |error| matches!(error, StoreError::NotAStore));
    check_refused(&[0xff; 8_192], |error| matches!(error, StoreError::NotAStore));
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    let (_folder, file) = a_store();
    let whole = changed(&file, "");
    let mut scrambled = whole.clone();
    scrambled[100..4_096].fill(0x5a);
    check_refused(&scrambled, |error| matches!(error, StoreError::Damaged(_)));
    let cut = &whole[..whole.len() / 3];
    check_refused(cut, |error| matches!(error, StoreError::Damaged(_)));
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = scratch_folder();
    std::fs::write(folder.path().join("rounds.sqlite3"), b"").expect("the file is written");
    let tablet = Tablet::in_folder(folder);
    tablet.save(id(1), "a");
    assert!(tablet.holds(id(1)));
}

#[test]
fn a_damaged_record_is_an_error_and_no_panic() {
    let tablet = Tablet::new();
    tablet.save(id(1), "a");
    tablet.tamper("UPDATE record SET state = x'0199ff'");
    assert!(matches!(tablet.store().get(id(1)), Err(StoreError::Damaged(_))));
}

#[test]
fn a_new_store_may_be_opened_by_several_windows_at_once() {
    for _ in 0..40 {
        let folder = scratch_folder();
        let ready = std::sync::Barrier::new(4);
        let open = || {
            ready.wait();
            let store = Store::open(folder.path(), Ports::system(), "1").expect("every window opens it");
            store.identity().expect("the store reads").replica
        };
        let replicas: Vec<_> = std::thread::scope(|scope| {
            let windows: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            windows.into_iter().map(|window| window.join().expect("no window fails")).collect()
        });
        assert!(replicas.iter().all(|replica| *replica == replicas[0]), "two windows are two replicas");
    }
}

#[test]
fn a_store_whose_making_was_cut_short_is_taken_up_again() {
    let folder = scratch_folder();
    // The first thing that is written, and nothing after it.
    let connection = Connection::open(folder.path().join("rounds.sqlite3")).expect("a new file");
    connection.execute_batch("PRAGMA application_id = 0x524e4454;").expect("it takes it");
    drop(connection);
    let tablet = Tablet::in_folder(folder);
    tablet.save(id(1), "a");
    assert!(tablet.holds(id(1)));
}

#[test]
fn the_stores_of_a_server_lie_in_one_folder_and_keep_out_of_each_others_way() {
    let folder = scratch_folder();
    let open = |name: &str| {
        let blobs = std::sync::Arc::new(replica::FileBlobs::new(folder.path().join("blobs")));
        Store::open_with_blobs(&folder.path().join(name), Ports::system(), "1", blobs).expect("the store opens")
    };
    let (one, other) = (open("one.sqlite3"), open("other.sqlite3"));
    let save = replica::Save {
        id: Some(id(1)),
        kind: "finding".into(),
        set: vec![("a".to_owned(), crate::support::text("x"))],
        ..Default::default()
    };
    one.save(save).expect("a save");
    assert!(other.get(id(1)).expect("it reads").is_none());
    let _syncing = replica::SyncLock::try_take(&one).expect("the lock opens").expect("nobody syncs");
    assert!(replica::SyncLock::try_take(&one).expect("the lock opens").is_none());
    assert!(replica::SyncLock::try_take(&other).expect("the lock opens").is_some());
    assert!(folder.path().join("one.sqlite3").is_file());
    drop(one);
    assert!(open("one.sqlite3").get(id(1)).expect("it reads").is_some());
}

/// The files in a folder, by name.
fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("the folder reads").map(|file| file.expect("a file").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_store_that_everybody_has_left_is_one_file() {
    let tablet = Tablet::new();
    let listening = tablet.store().subscribe();
    let other = tablet.another_window();
    tablet.save(id(1), "厨房");
    drop(other);
    let folder = tablet.leave();
    drop(listening);
    let names = files(folder.path());
    assert!(!names.iter().any(|name| name.contains("-wal") || name.contains("-shm")), "{names:?}");
    let copy = scratch_folder();
    std::fs::copy(folder.path().join("rounds.sqlite3"), copy.path().join("rounds.sqlite3")).expect("a copy");
    assert_eq!(Tablet::in_folder(copy).notes(id(1)), ["厨房"]);
}

#[test]
fn a_program_that_ends_with_its_threads_at_work_folds_the_log_first() {
    let tablet = Tablet::new();
    tablet.save(id(1), "厨房");
    tablet.store().fold_log().expect("nobody is in the way");
    let copy = scratch_folder();
    std::fs::copy(tablet.file(), copy.path().join("rounds.sqlite3")).expect("a copy of the file alone");
    assert_eq!(Tablet::in_folder(copy).notes(id(1)), ["厨房"]);
}

#[test]
fn a_folder_that_has_held_a_store_refuses_an_empty_one_and_says_what_to_do() {
    type Lose = fn(&Path);
    let loses: [Lose; 3] = [
        |file| std::fs::remove_file(file).expect("the file goes"),
        |file| std::fs::write(file, b"").expect("the file is emptied"),
        |file| std::fs::write(file, a_blank_file_that_has_kept_a_log()).expect("a blank file is in its place"),
    ];
    for lose in loses {
        let (folder, file) = a_store();
        lose(&file);
        let before = std::fs::read(&file).ok();
        let error = Store::open(folder.path(), Ports::system(), "1").err().expect("it must be refused");
        assert!(matches!(error, StoreError::Lost(_)), "{error:?}");
        assert!(error.to_string().contains("rounds.sqlite3-wal") && error.to_string().contains("another folder"));
        assert_eq!(std::fs::read(&file).ok(), before, "nothing is made in its place");
    }
}

/// What was left of a store when its log was lost.
fn a_blank_file_that_has_kept_a_log() -> Vec<u8> {
    let folder = scratch_folder();
    let file = folder.path().join("blank.sqlite3");
    let connection = Connection::open(&file).expect("a new file");
    connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a);").expect("it takes it");
    std::fs::read(&file).expect("the file without its log")
}

#[test]
fn a_blank_file_without_its_log_is_refused_in_any_folder() {
    let bytes = a_blank_file_that_has_kept_a_log();
    assert_eq!(bytes.len(), 4_096);
    check_refused(&bytes, |error| matches!(error, StoreError::Lost(_)));
}

#[test]
fn a_log_whose_file_is_gone_is_not_thrown_away() {
    let folder = scratch_folder();
    let log = folder.path().join("rounds.sqlite3-wal");
    std::fs::write(&log, [7; 5_000]).expect("a log");
    let error = Store::open(folder.path(), Ports::system(), "1").err().expect("it must be refused");
    assert!(matches!(error, StoreError::Lost(_)), "{error:?}");
    assert_eq!(std::fs::read(&log).expect("the log is there"), [7; 5_000]);
}

#[test]
fn a_flipped_bit_inside_a_value_is_noticed() {
    let tablet = Tablet::new();
    tablet.save(id(1), "75.0");
    let state: Vec<u8> = tablet.column("SELECT state FROM record");
    let at = state.windows(4).position(|bytes| bytes == b"75.0").expect("the value stands there");
    let mut flipped = state.clone();
    flipped[at] ^= 1;
    tablet.tamper(&format!("UPDATE record SET state = x'{}'", hex_of(&flipped)));
    let error = tablet.store().get(id(1)).expect_err("it is another value than was saved");
    assert!(matches!(&error, StoreError::Damaged(why) if why.contains("checksum")), "{error:?}");
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
