//! Deriving anew, a few records at a time, what an earlier version of the app has derived by other rules.
//!
//! So a new version opens a large store at once. Meanwhile lists take those records the slow way (`older.rs`).
//! Several processes may do it at the same time, and one of an earlier version may still write: what it writes is older again,
//! which a trigger notes.

use std::sync::{Mutex, TryLockError};

use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::derive::{self, DERIVATION, Derived, is_behind, is_corrected};
use super::records::Row;
use super::search;
use super::txn::Txn;

/// Records in one transaction: a save waits no longer for it than for another save.
const BATCH: i64 = 50;
/// Words of corrections and of registers were indexed by no version that derived by a smaller number.
const WORDS_OF_ROWS: i64 = 2;

/// Deriving everything anew that is behind, slice by slice in idle moments.
#[derive(Default)]
pub(super) struct Deriving {
    /// The last row that was looked at.
    after: i64,
    is_done: bool,
}

impl Deriving {
    /// One slice, unless somebody is writing; whether there is more to do.
    pub(super) fn slice(&mut self, writer: &Mutex<Connection>) -> bool {
        if self.is_done {
            return false;
        }
        let result = match writer.try_lock() {
            Ok(mut connection) => self.go_on(&mut connection),
            // A panic while the lock was held rolled its transaction back.
            Err(TryLockError::Poisoned(poisoned)) => self.go_on(&mut poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => Ok(()),
        };
        if let Err(error) = result {
            // The next start goes on; lists are right without it.
            tracing::warn!(%error, "what is beside the records could not be derived anew");
            self.is_done = true;
        }
        !self.is_done
    }

    fn go_on(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        if !is_behind(connection, DERIVATION)? {
            self.is_done = true;
            return Ok(());
        }
        let Some(txn) = Txn::begin_if_idle(connection)? else { return Ok(()) };
        // At the end it is looked once more from the beginning: another process may have written what is older.
        self.after = match batch(&txn, self.after)? {
            Some(last) => last,
            None => {
                end(&txn)?;
                0
            }
        };
        txn.commit()?;
        Ok(())
    }
}

/// Derives the next few anew; gives the last of them, and none at the end.
fn batch(txn: &Transaction<'_>, after: i64) -> Result<Option<i64>, StoreError> {
    let rows: Vec<(i64, i64)> = txn
        .prepare_cached("SELECT row, derived FROM record WHERE row > ?1 AND derived < ?2 ORDER BY row LIMIT ?3")?
        .query_map([after, DERIVATION, BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (row, number) in &rows {
        match Row::load_whole(txn, *row)? {
            Some(held) => {
                Derived::of(&held.record).update(txn, *row)?;
                let has_new_words =
                    is_corrected(&held.record) || domain::register::register(&held.record.kind).is_some();
                if has_new_words && *number < WORDS_OF_ROWS {
                    search::wait(txn, *row)?;
                }
            }
            None => keep_damaged(txn, *row)?,
        }
    }
    Ok(rows.last().map(|(row, _)| *row))
}

/// A damaged state derives to nothing: what was derived from it while it was whole stays, and the rest follows from the document
/// that it had.
fn keep_damaged(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    let sql = "SELECT kind, doc FROM record WHERE row = ?1";
    let (kind, doc): (String, String) = txn.query_row(sql, [row], |held| Ok((held.get(0)?, held.get(1)?)))?;
    let document = serde_json::from_str(&doc).unwrap_or_default();
    let sql = "UPDATE record SET derived = ?2, marks = ?3, kin = ?4 WHERE row = ?1";
    let (marks, kin) = (derive::marks(&kind, &document), derive::kin(&kind, &document));
    txn.prepare_cached(sql)?.execute(params![row, DERIVATION, marks, kin])?;
    Ok(())
}

/// Notes that nothing is behind any more, unless something is.
fn end(txn: &Transaction<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE identity SET derived = ?1 WHERE NOT EXISTS (SELECT 1 FROM record WHERE derived < ?1)";
    txn.execute(sql, [DERIVATION])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::listing::Listing;
    use crate::{Ports, Save, Store};

    /// A store with forms of one checklist that an earlier version has derived, and one that it can no longer read.
    fn behind(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
        for number in 0..3 * BATCH {
            let set = vec![
                ("template".to_owned(), serde_json::json!("T01@1").into()),
                ("note".to_owned(), serde_json::json!(format!("第{number}次")).into()),
            ];
            store.save(Save { kind: "inspection".into(), set, ..Save::default() }).expect("a save");
        }
        let older = "UPDATE record SET derived = 0, template = NULL; UPDATE record SET state = x'' WHERE row = 7";
        store.writer.lock().expect("nobody panicked").execute_batch(older).expect("older");
        store
    }

    fn count(store: &Store) -> u64 {
        let listing = Listing { kind: "inspection", template: Some("T01@1"), ..Listing::default() };
        store.count(&listing).expect("the store reads")
    }

    fn is_behind_now(store: &Store) -> bool {
        is_behind(&store.read(), DERIVATION).expect("the store reads")
    }

    #[test]
    fn lists_are_the_same_before_and_after_all_is_derived_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = behind(&folder);
        assert!(is_behind_now(&store));
        // The one that cannot be read may be of the checklist, so it is not hidden.
        assert_eq!(count(&store), 150);
        let mut deriving = Deriving::default();
        while deriving.slice(&store.writer) {}
        assert!(!is_behind_now(&store));
        assert_eq!(count(&store), 149);
    }

    #[test]
    fn what_is_cut_short_is_gone_on_with_when_the_store_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = behind(&folder);
        assert!(Deriving::default().slice(&store.writer), "there is more to do");
        assert!(is_behind_now(&store));
        drop(store);
        let store = Store::open(folder.path(), Ports::system(), "2").expect("it opens at once");
        assert!(is_behind_now(&store));
        let mut deriving = Deriving::default();
        while deriving.slice(&store.writer) {}
        assert!(!is_behind_now(&store));
    }

    #[test]
    fn a_finding_hangs_on_its_patrol_run_before_and_after_it_is_derived_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
        let run = causal::RecordId(uuid::Uuid::from_u128(9));
        let set = vec![("patrol_run".to_owned(), serde_json::json!(run.0).into())];
        store.save(Save { kind: "finding".into(), set, ..Save::default() }).expect("a save");
        // An earlier version knew of inspections alone.
        let older = "UPDATE record SET derived = 2, parent = NULL";
        store.writer.lock().expect("nobody panicked").execute_batch(older).expect("older");
        let of_run = || {
            let listing = Listing { kind: "finding", parent: Some(run), ..Listing::default() };
            store.count(&listing).expect("the store reads")
        };
        assert_eq!(of_run(), 1);
        let mut deriving = Deriving::default();
        while deriving.slice(&store.writer) {}
        assert!(!is_behind_now(&store));
        assert_eq!(of_run(), 1);
    }

    #[test]
    fn what_counts_of_a_walk_is_the_same_before_and_after_it_is_derived_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
        let visit = serde_json::json!({
            "n": 1, "how": "hand", "result": "正常", "arrived": 7,
            "clock": {"state": "server", "boot": uuid::Uuid::nil(), "steady_ms": 5},
        });
        let set = vec![
            ("business_date".to_owned(), serde_json::json!("2026-09-01").into()),
            ("visits/a/v/1".to_owned(), visit.into()),
        ];
        store.save(Save { kind: "patrol_run".into(), set, ..Save::default() }).expect("a save");
        let of_day = || {
            let days = Some(("2026-09-01", "2026-09-01"));
            store.tallies(&Listing { days, limit: 10, ..Listing::default() }).expect("the store reads")
        };
        let written = of_day();
        assert_eq!(written.len(), 1);
        assert_eq!(written[0].tally.visits[0].checkpoint, "a");
        // An earlier version knew nothing of tallies.
        let older = "UPDATE record SET derived = 4; DELETE FROM tally";
        store.writer.lock().expect("nobody panicked").execute_batch(older).expect("older");
        assert_eq!(of_day(), written, "read from the body");
        let mut deriving = Deriving::default();
        while deriving.slice(&store.writer) {}
        assert!(!is_behind_now(&store));
        assert_eq!(of_day(), written);
    }

    #[test]
    fn it_waits_for_whoever_writes() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = behind(&folder);
        let writing = store.writer.lock().expect("nobody panicked");
        assert!(Deriving::default().slice(&store.writer), "it is not done");
        drop(writing);
        assert!(is_behind_now(&store));
    }

    #[test]
    fn what_a_process_of_an_earlier_version_writes_is_older_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
        let save = Save { kind: "meal".into(), set: vec![("note".into(), causal::Value::null())], ..Save::default() };
        store.save(save).expect("a save");
        assert!(!is_behind_now(&store));
        let write = |sql: &str| {
            let connection = store.writer.lock().expect("nobody panicked");
            connection.execute_batch("UPDATE identity SET derived = 1").expect("all is derived anew");
            connection.execute_batch(sql).expect("an earlier version writes");
        };
        write("INSERT INTO record (id, kind, state, doc, own) VALUES (x'00', 'meal', x'', '{}', 0)");
        assert!(is_behind_now(&store));
        write("UPDATE record SET derived = 0 WHERE row = 1");
        assert!(is_behind_now(&store));
    }
}
