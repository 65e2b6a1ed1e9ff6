//! Running a transaction again when somebody was in its way, or its connection was lost before it could commit.

use std::time::Duration;

use super::Random;
use crate::storage::{Result, Storage, StorageError, WriteTxn};

/// So often a transaction is run at most.
const TRIES: u32 = 5;
/// The longest pause before the second try; it doubles with each further one.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs `work` until it gives something else than [`StorageError::Busy`], a few times at most.
///
/// `of` finds the store's error in one of the caller's.
pub(super) fn again<T, E>(
    random: &dyn Random,
    of: impl Fn(&E) -> &StorageError,
    mut work: impl FnMut() -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut tried = 1;
    loop {
        match work() {
            Err(error) if of(&error).is_busy() && tried < TRIES => {
                tracing::info!(error = of(&error) as &dyn std::error::Error, tried, "a transaction is run again");
                // Two that were in each other's way should not meet again.
                std::thread::sleep(pause(random, tried));
                tried += 1;
            }
            done => return done,
        }
    }
}

fn pause(random: &dyn Random, tried: u32) -> Duration {
    let mut share = [0; 1];
    random.fill(&mut share);
    PAUSE * 2_u32.pow(tried - 1) * (u32::from(share[0]) + 1) / 256
}

/// Changes an organisation beside a server, and commits unless `change` refuses; run again while the store is busy.
///
/// # Errors
/// [`StorageError`]; then nothing has changed, unless it is [`StorageError::Unknown`].
pub fn change_store<T, R>(
    storage: &dyn Storage,
    random: &dyn Random,
    organisation: uuid::Uuid,
    mut change: impl FnMut(&mut dyn WriteTxn) -> Result<std::result::Result<T, R>>,
) -> Result<std::result::Result<T, R>> {
    again(
        random,
        |error| error,
        || {
            let mut txn = storage.write(organisation)?;
            let made = change(&mut *txn)?;
            if made.is_ok() {
                txn.commit()?;
            }
            Ok(made)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::OsRandom;

    fn tries_of(mut outcomes: Vec<Result<u32>>) -> (Result<u32>, usize) {
        outcomes.reverse();
        let all = outcomes.len();
        let done = again(&OsRandom, |error| error, || outcomes.pop().expect("no further try"));
        (done, all - outcomes.len())
    }

    fn busy() -> Result<u32> {
        Err(StorageError::Busy("a deadlock".into()))
    }

    #[test]
    fn a_busy_store_is_asked_again_a_few_times_and_another_fault_is_told_at_once() {
        assert!(matches!(tries_of(vec![busy(), busy(), Ok(7)]), (Ok(7), 3)));
        let (done, tried) = tries_of((0..9).map(|_| busy()).collect());
        assert!(done.expect_err("it stays busy").is_busy());
        assert_eq!(tried, 5);
        let (done, tried) = tries_of(vec![Err(StorageError::Full("no room".into())), Ok(7)]);
        assert!(matches!(done, Err(StorageError::Full(_))));
        assert_eq!(tried, 1);
    }
}
