//! The place of the one server on a database whose photos lie in a folder.

use std::sync::Arc;

use wire::ProblemType;

use super::error::CommandError;
use crate::service::{Clock, SystemClock};
use crate::storage::Storage;
use crate::storage::postgres::PostgresStorage;

/// How far the clock of the database may be from this machine's before somebody is told.
const SKEW_MS: u64 = 5_000;

/// Taken until dropped; a server that was killed leaves it to the next one with the same data folder.
pub(super) struct Place(Arc<PostgresStorage>);

impl Place {
    /// Takes the place, unless another server has it.
    pub(super) fn take(database: Arc<PostgresStorage>) -> Result<Self, CommandError> {
        tell_of_clock(&database)?;
        let place = Self(database);
        // First its own sign, then the look for others: of two that begin at once, none goes on without the other.
        let machine = SystemClock::default().now_ms();
        place.0.beat(machine, 0)?;
        match place.0.other_servers()?.first() {
            None => Ok(place),
            Some(other) => {
                let detail = format!("server {other} is using this database; photos in a folder are for one server");
                Err(CommandError::problem(ProblemType::StoreInUse, detail))
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = self.0.sign_off() {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the database still takes this server for a running one"
            );
        }
    }
}

/// Which servers live is told by the database's clock, and what people read by the server's.
fn tell_of_clock(database: &PostgresStorage) -> Result<(), CommandError> {
    let (machine, there) = (SystemClock::default().now_ms(), database.now_ms()?);
    let skew = machine.abs_diff(u64::try_from(there).unwrap_or(0));
    if skew > SKEW_MS {
        tracing::warn!(skew_ms = skew, "the clocks of the database and of this machine differ");
    }
    Ok(())
}
