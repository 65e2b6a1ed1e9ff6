//! One connection, and what it has learnt.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, SimpleQueryMessage, Statement};

use super::error::is_lost;
use super::target::Target;
use super::wait::wait;
use crate::storage::{Result, StorageError};

/// How long an answer is waited for; the database gives up before.
const PATIENCE: Duration = Duration::from_secs(45);
/// Releases that the statements are written for.
const RELEASES: std::ops::Range<i32> = 140_000..180_000;

/// Values for a statement.
pub(super) type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A connection to the primary; its transactions are durable.
pub(super) struct Link {
    client: Client,
    statements: RefCell<HashMap<String, Statement>>,
    /// Whether nothing can be said over it any more.
    is_lost: Cell<bool>,
}

impl Link {
    /// Connects, and refuses a database that would lose or hide what was committed.
    pub(super) fn open(target: &Target) -> Result<Self> {
        let link = Self { client: target.connect()?, statements: RefCell::default(), is_lost: Cell::new(false) };
        let rows = link.query(
            "select pg_is_in_recovery(), current_setting('fsync') = 'on', current_setting('server_version_num')::int,
                 current_setting('server_encoding') = 'UTF8', current_setting('synchronous_commit')",
            &[],
        )?;
        let row = rows.first().ok_or_else(|| StorageError::Engine("the database says nothing of itself".into()))?;
        let unfit = |why: String| Err(StorageError::Unfit(why));
        if row.try_get(0)? {
            return unfit("it is a read-only replica; give the address of the primary".to_owned());
        }
        if !row.try_get::<_, bool>(1)? {
            return unfit("it is set up with fsync=off, and would lose what it has taken".to_owned());
        }
        let release = row.try_get(2)?;
        if !RELEASES.contains(&release) {
            return unfit(format!("it is PostgreSQL {}, and 14 to 17 are known to work", release / 10_000));
        }
        if !row.try_get::<_, bool>(3)? {
            return unfit("it was made with another encoding than UTF8".to_owned());
        }
        if ["off", "local"].contains(&row.try_get::<_, &str>(4)?) {
            link.batch("set synchronous_commit = on")?;
        }
        link.batch("set search_path = rounds; set client_min_messages = warning; set bytea_output = hex")?;
        Ok(link)
    }

    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.get() || self.client.is_closed()
    }

    /// Gives the connection up, since it is not known what it is doing.
    pub(super) fn give_up(&self) {
        self.is_lost.set(true);
    }

    fn wait<T>(&self, work: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>) -> Result<T> {
        match wait(work, PATIENCE) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => {
                if is_lost(&error) {
                    self.give_up();
                }
                Err(error.into())
            }
            None => {
                self.give_up();
                Err(StorageError::Busy("the database does not answer".into()))
            }
        }
    }

    fn statement(&self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.statements.borrow().get(sql) {
            return Ok(known.clone());
        }
        let statement = self.wait(self.client.prepare(sql))?;
        self.statements.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// The rows that a statement gives.
    pub(super) fn query(&self, sql: &str, params: Params<'_>) -> Result<Vec<Row>> {
        let statement = self.statement(sql)?;
        self.wait(self.client.query(&statement, params))
    }

    /// How many rows a statement changes.
    pub(super) fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64> {
        let statement = self.statement(sql)?;
        self.wait(self.client.execute(&statement, params))
    }

    /// Runs statements without values, in one go.
    pub(super) fn batch(&self, sql: &str) -> Result<()> {
        self.wait(self.client.batch_execute(sql))
    }

    /// As [`Link::batch`]; the first value of the last row that they give.
    pub(super) fn batch_value(&self, sql: &str) -> Result<Option<String>> {
        let messages = self.wait(self.client.simple_query(sql))?;
        let rows = messages.iter().rev().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).map(str::to_owned)),
            _ => None,
        });
        Ok(rows.flatten())
    }
}
