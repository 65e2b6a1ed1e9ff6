//! Which release the tables are of, and making them.

use tokio_postgres::Row;

use super::link::Link;
use crate::storage::{Result, StorageError};

/// Stands beside our version, so that nobody takes another program's tables for ours.
const PROGRAM: &str = "rounds-server";
/// Append only: a released migration is never changed, and only adds while older servers may run.
const STEPS: &[&str] = &[include_str!("migrations/0001_store.sql")];
/// The oldest release that may work on the tables after the last step.
const OLDEST: i32 = 1;
/// What all who migrate one database take first; the number means nothing.
const MIGRATING: &str = "select pg_advisory_xact_lock(5921540078)";
/// The command that brings tables up to date.
const MIGRATE: &str = "migrate";

/// What stands in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing of ours.
    Nothing,
    /// Tables of this version, on which releases from `oldest` on may work.
    Version { version: i32, oldest: i32 },
}

/// The version that this release makes.
pub(super) fn known() -> i32 {
    i32::try_from(STEPS.len()).expect("there are few migrations")
}

/// Looks at what is there.
pub(super) fn look(link: &Link, name: &str) -> Result<Found> {
    let rows = link.query("select nspname::text from pg_namespace where nspname = 'rounds'", &[])?;
    if rows.is_empty() {
        return Ok(Found::Nothing);
    }
    let marked =
        link.query("select 1 from pg_tables where schemaname = 'rounds' and tablename = 'schema_version'", &[])?;
    if marked.is_empty() {
        return Err(StorageError::Foreign(name.to_owned()));
    }
    let rows = link.query("select version, oldest from rounds.schema_version where program = $1", &[&PROGRAM])?;
    let read = |row: &Row| Some(Found::Version { version: row.try_get(0).ok()?, oldest: row.try_get(1).ok()? });
    rows.first().and_then(read).ok_or_else(|| StorageError::Foreign(name.to_owned()))
}

/// Makes sure that this release may work on what is there.
pub(super) fn check(found: Found, name: &str) -> Result<()> {
    let (known, number) = (known(), i64::from);
    match found {
        Found::Nothing => Err(StorageError::Missing(name.to_owned())),
        Found::Version { version, oldest } if oldest > known => {
            Err(StorageError::Newer { found: number(version), known: number(known) })
        }
        Found::Version { version, .. } if version < known => {
            Err(StorageError::Older { found: number(version), known: number(known), by: MIGRATE })
        }
        Found::Version { .. } => Ok(()),
    }
}

/// Makes the tables, or brings them up to date; the version that was there.
///
/// All of it is one transaction, and of two that migrate at once the second finds nothing to do.
pub(super) fn migrate(link: &Link, name: &str) -> Result<Option<i32>> {
    link.batch(&format!(
        "begin isolation level read committed read write; set local lock_timeout = '5s'; {MIGRATING}"
    ))?;
    let migrated = step(link, name);
    match &migrated {
        Ok(_) => link.batch("commit")?,
        // A connection that fails here as well is undone by its end.
        Err(_) => _ = link.batch("rollback"),
    }
    migrated
}

fn step(link: &Link, name: &str) -> Result<Option<i32>> {
    let before = match look(link, name)? {
        Found::Nothing => {
            link.batch(
                "create schema rounds;
                 create table rounds.schema_version (
                     one int primary key default 1 check (one = 1), program text not null, version int not null,
                     oldest int not null)",
            )?;
            link.execute(
                "insert into rounds.schema_version (program, version, oldest) values ($1, 0, 0)",
                &[&PROGRAM],
            )?;
            None
        }
        Found::Version { version, oldest } if oldest > known() => {
            return Err(StorageError::Newer { found: version.into(), known: known().into() });
        }
        Found::Version { version, .. } => Some(version),
    };
    let done = usize::try_from(before.unwrap_or(0)).unwrap_or(usize::MAX);
    let left = STEPS.get(done..).unwrap_or_default();
    left.iter().try_for_each(|step| link.batch(step))?;
    if !left.is_empty() {
        link.execute("update rounds.schema_version set version = $1, oldest = $2", &[&known(), &OLDEST])?;
    }
    Ok(before)
}
