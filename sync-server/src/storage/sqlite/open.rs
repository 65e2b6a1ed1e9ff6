//! Opening a store: the right file, the right version, the right settings.

use std::fs::File;
use std::path::Path;
use std::sync::LazyLock;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::connect::{configure, connect};
use super::{SqliteStorage, blobs, checksums};
use crate::storage::{Result, StorageError};

/// Stands in the header of each of our files: "RNDS".
const APPLICATION_ID: i32 = 0x524E_4453;
/// Append only: a released migration is never changed.
static STEPS: LazyLock<[M<'static>; 6]> = LazyLock::new(|| {
    [
        M::up(include_str!("migrations/0001_store.sql")),
        M::up_with_hook(include_str!("migrations/0002_blobs.sql"), |txn| Ok(blobs::fill_references(txn)?)),
        M::up(include_str!("migrations/0003_given_passwords.sql")),
        M::up_with_hook(include_str!("migrations/0004_checked_states.sql"), |txn| Ok(checksums::add(txn)?)),
        M::up(include_str!("migrations/0005_heartbeat.sql")),
        M::up(include_str!("migrations/0006_owes.sql")),
    ]
});

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| Migrations::from_slice(&*STEPS));

/// Opens the store in the file `path`, and brings an older one up to date.
///
/// # Errors
/// [`StorageError::Missing`], [`StorageError::Foreign`], [`StorageError::Newer`], [`StorageError::Corrupt`] by what the
/// file is; [`StorageError::Engine`] when it cannot be read or written.
pub fn open(path: &Path) -> Result<SqliteStorage> {
    let (mut connection, _) = connect_checked(path)?;
    prepare(&mut connection)?;
    Ok(SqliteStorage::new(Some(path.to_owned()), connection))
}

/// Opens the store in the file `path` for use beside a server, which may be of another release.
///
/// # Errors
/// As [`open`]; and [`StorageError::Older`] when it is not up to date.
pub fn open_as_it_is(path: &Path) -> Result<SqliteStorage> {
    let (connection, found) = connect_checked(path)?;
    if found < known_version() {
        return Err(StorageError::Older { found, known: known_version(), by: "serve" });
    }
    connection.pragma_update(None, "journal_mode", "wal")?;
    Ok(SqliteStorage::new(Some(path.to_owned()), connection))
}

/// A connection to a store that this release knows, and its version.
fn connect_checked(path: &Path) -> Result<(Connection, i64)> {
    if !path.is_file() {
        return Err(StorageError::Missing(path.display().to_string()));
    }
    let connection = connect(path)?;
    let found = check_header(&connection, &path.display().to_string())?;
    Ok((connection, found))
}

/// Makes the store in the file `path`, or opens the one that is there.
///
/// # Errors
/// As [`open`]
pub fn create(path: &Path) -> Result<SqliteStorage> {
    make_private(path)?;
    let mut connection = Connection::open(path)?;
    configure(&connection)?;
    let things: i64 = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if things > 0 {
        check_header(&connection, &path.display().to_string())?;
    }
    prepare(&mut connection)?;
    Ok(SqliteStorage::new(Some(path.to_owned()), connection))
}

/// Makes the file if it is not there, for its owner's eyes only, whatever the folder allows; the log files follow it.
fn make_private(path: &Path) -> Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

impl SqliteStorage {
    /// An empty store in memory.
    ///
    /// # Errors
    /// [`StorageError::Engine`] when there is no memory for it.
    pub fn in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        configure(&connection)?;
        prepare(&mut connection)?;
        Ok(Self::new(None, connection))
    }
}

/// Refuses what is not ours before anything is changed in it; gives its version.
fn check_header(connection: &Connection, name: &str) -> Result<i64> {
    if application_id(connection)? != APPLICATION_ID {
        return Err(StorageError::Foreign(name.to_owned()));
    }
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = known_version();
    if found > known {
        return Err(StorageError::Newer { found, known });
    }
    Ok(found)
}

fn known_version() -> i64 {
    i64::try_from(STEPS.len()).expect("there are few migrations")
}

fn application_id(connection: &Connection) -> Result<i32> {
    Ok(connection.pragma_query_value(None, "application_id", |row| row.get(0))?)
}

fn prepare(connection: &mut Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    if application_id(connection)? != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    MIGRATIONS.to_latest(connection)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use causal::{Dot, ReplicaId, Stamp, State, Value};
    use serde_json::json;
    use uuid::Uuid;
    use wire::BlobId;

    use super::*;
    use crate::storage::Storage;
    use crate::storage::changes::{self, FieldChange};

    fn refusal(prepare: impl FnOnce(&Path)) -> StorageError {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        prepare(&path);
        open(&path).expect_err("the file is no good")
    }

    #[test]
    fn the_migrations_are_valid() {
        MIGRATIONS.validate().expect("they run in order on an empty file");
    }

    #[test]
    fn an_older_store_finds_the_blobs_that_its_records_name_and_who_has_begun() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        let mut db = Connection::open(&path).expect("a database");
        db.pragma_update(None, "application_id", APPLICATION_ID).expect("a header");
        MIGRATIONS.to_version(&mut db, 1).expect("the first release");
        let (a, b) = (BlobId([0xAA; 32]), BlobId([0xBB; 32]));
        let photo = |blob: BlobId| Value::from_json(&json!([{"blob": blob.to_string()}]));
        let dot = Dot::new(ReplicaId(Uuid::from_u128(9)), 1);
        let state = State::from_parts(
            [dot].into_iter().collect(),
            [(dot, Stamp { at: 5, by: None })].into(),
            [("photos".into(), [(dot, photo(a))].into())].into(),
        );
        let state = wire::encode_state(&state.expect("a state"));
        let change = FieldChange { name: "photos".into(), stamp: None, values: vec![photo(b)] };
        let changes = changes::encode(&vec![change]);
        let (used, new, record) = ([1; 16], [2; 16], [3; 16]);
        for (organisation, last_seq) in [(used, 2), (new, 0)] {
            let sql = "insert into organisation (id, name, preset, epoch, last_seq) values (?1, 'x', 'school', ?1, ?2)";
            db.execute(sql, (organisation, last_seq)).expect("an organisation");
            let sql = "insert into account values (?, 'admin', 'hash', 'logi', 4)";
            db.execute(sql, [organisation]).expect("an account");
        }
        let sql = "insert into record (organisation, id, kind, seq, state) values (?, ?, 'finding', 2, ?)";
        db.execute(sql, (used, record, state)).expect("a record");
        let sql = "insert into journal (organisation, seq, record, received_at, is_refill, changes)
             values (?, ?, ?, 5, 0, ?)";
        db.execute(sql, (used, 1, record, changes)).expect("a change");
        // One that does not read keeps nobody from the others.
        db.execute(sql, (used, 2, record, [0xFF; 9])).expect("a change");
        drop(db);

        let store = open(&path).expect("it is brought up to date");
        let txn = store.read().expect("a transaction");
        let [used, new] = [used, new].map(Uuid::from_bytes);
        let found: Vec<BlobId> =
            txn.blob_references(used).expect("works").into_iter().map(|reference| reference.blob).collect();
        assert_eq!(found, [a, b]);
        let must_begin = |organisation| txn.accounts(organisation).expect("works")[0].must_begin;
        assert!(!must_begin(used) && must_begin(new), "whoever works already need not begin");
    }

    #[test]
    fn nobody_who_works_with_an_older_store_must_change_a_password() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        let mut db = Connection::open(&path).expect("a database");
        db.pragma_update(None, "application_id", APPLICATION_ID).expect("a header");
        MIGRATIONS.to_version(&mut db, 2).expect("the release before");
        let organisation = [1; 16];
        let sql = "insert into organisation (id, name, preset, epoch, last_seq) values (?1, 'x', 'school', ?1, 2)";
        db.execute(sql, [organisation]).expect("an organisation");
        let sql = "insert into account values (?1, 'admin', 'hash', 'logi', 4, ?1, 0)";
        db.execute(sql, [organisation]).expect("an account");
        drop(db);

        let store = open(&path).expect("it is brought up to date");
        let txn = store.read().expect("a transaction");
        let accounts = txn.accounts(Uuid::from_bytes(organisation)).expect("works");
        let [account] = &accounts[..] else { panic!("one account, not {accounts:?}") };
        assert_eq!((&*account.name, account.person), ("admin", Some(Uuid::from_bytes(organisation))));
        assert!(!account.must_begin && !account.must_change_password);
    }

    #[test]
    fn an_older_store_gets_checksums_and_keeps_what_does_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        let mut db = Connection::open(&path).expect("a database");
        db.pragma_update(None, "application_id", APPLICATION_ID).expect("a header");
        MIGRATIONS.to_version(&mut db, 3).expect("the release before");
        let sql = "insert into organisation (id, name, preset, epoch, last_seq) values (?1, 'x', 'school', ?1, 2)";
        db.execute(sql, [[1; 16]]).expect("an organisation");
        let dot = Dot::new(ReplicaId(Uuid::from_u128(9)), 1);
        let state = State::from_parts(
            [dot].into_iter().collect(),
            [(dot, Stamp { at: 5, by: None })].into(),
            [("value".into(), [(dot, Value::from_json(&json!("75.0")))].into())].into(),
        );
        let today = wire::encode_state(&state.expect("a state"));
        // The layout of before has neither the one nor the other byte.
        let yesterday = [&[1], &today[5..]].concat();
        let sql = "insert into record (organisation, id, kind, seq, state) values (?, ?, 'finding', ?, ?)";
        db.execute(sql, ([1; 16], [2; 16], 1, &yesterday)).expect("a record");
        db.execute(sql, ([1; 16], [3; 16], 2, [1, 0xFF])).expect("a damaged one");
        drop(db);

        drop(open(&path).expect("it is brought up to date"));
        let db = Connection::open(&path).expect("the file");
        let states: Vec<Vec<u8>> = db
            .prepare("select state from record order by seq")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .expect("they read");
        assert_eq!(states, [today.clone(), vec![1, 0xFF]]);

        let mut flipped = today;
        let at = flipped.windows(4).position(|bytes| bytes == b"75.0").expect("the value stands there");
        flipped[at] ^= 1;
        db.execute("update record set state = ? where seq = 1", [flipped]).expect("a flipped bit");
        drop(db);
        let store = open(&path).expect("a store");
        let txn = store.read().expect("a transaction");
        let found = txn.verify().expect("it is looked through");
        assert!(found.iter().any(|line| line.contains("checksum")), "{found:?}");
        let read = txn.record(Uuid::from_bytes([1; 16]), causal::RecordId(Uuid::from_bytes([2; 16])));
        assert!(matches!(read, Err(StorageError::DamagedRow(_))), "it is never given out");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_store_is_for_its_owner_alone_in_whatever_folder() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("an open folder");
        let path = folder.path().join("rounds.sqlite3");
        let _store = create(&path).expect("a store");
        for file in std::fs::read_dir(folder.path()).expect("the folder") {
            let file = file.expect("a file");
            assert_eq!(file.metadata().expect("its mode").mode() & 0o777, 0o600, "{file:?}");
        }
    }

    #[test]
    fn a_missing_store_is_not_made_by_opening_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        assert!(matches!(open(&path), Err(StorageError::Missing(_))));
        assert!(!path.exists());
    }

    #[test]
    fn a_file_of_a_newer_release_is_refused() {
        let refused = refusal(|path| {
            drop(create(path).expect("a store"));
            let db = Connection::open(path).expect("a database");
            db.pragma_update(None, "user_version", 9_999).expect("a newer version");
        });
        assert!(matches!(refused, StorageError::Newer { found: 9_999, .. }), "{refused:?}");
    }

    #[test]
    fn an_older_store_is_left_as_it_is_beside_a_server() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        drop(create(&path).expect("a store"));
        drop(open_as_it_is(&path).expect("it is up to date"));
        let db = Connection::open(&path).expect("the file");
        db.pragma_update(None, "user_version", 0).expect("an older version");
        drop(db);
        let before = std::fs::read(&path).expect("the file");
        let refused = open_as_it_is(&path).expect_err("it is older");
        assert!(matches!(refused, StorageError::Older { found: 0, .. }), "{refused:?}");
        assert_eq!(std::fs::read(&path).expect("the file"), before);
    }

    #[test]
    fn another_programs_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        let db = Connection::open(&path).expect("a database");
        db.execute_batch("create table recipe (id integer)").expect("a table");
        drop(db);
        let before = std::fs::read(&path).expect("the file");
        assert!(matches!(open(&path), Err(StorageError::Foreign(_))));
        assert!(matches!(create(&path), Err(StorageError::Foreign(_))));
        assert_eq!(std::fs::read(&path).expect("the file"), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_refused() {
        let refused = refusal(|path| std::fs::write(path, vec![0x5A; 8192]).expect("a file"));
        assert!(matches!(refused, StorageError::Corrupt(_)), "{refused:?}");
    }

    #[test]
    fn a_store_opens_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rounds.sqlite3");
        drop(create(&path).expect("a store"));
        drop(open(&path).expect("the same store"));
        drop(create(&path).expect("the same store"));
    }
}
