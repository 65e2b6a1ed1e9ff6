//! Group commit: what waits to be written for one organisation is committed in one transaction.
//!
//! As many threads write as the store has room for, each for another organisation.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;
use uuid::Uuid;

use super::again::again;
use super::error::HubError;
use super::lines::Lines;
use super::{Random, random_uuid};
use crate::storage::{Result, Storage, StorageError, WriteTxn};

/// The writing threads; they end when this is dropped, after all that was handed to them.
pub(super) struct Writer {
    lines: Arc<Lines<Box<dyn Job>>>,
    threads: Vec<JoinHandle<()>>,
}

/// One caller's part of a transaction.
trait Job: Send {
    /// Makes the changes; called again in a further transaction when this one fails.
    ///
    /// `start` names the places of the feed that this transaction writes.
    fn run(&mut self, txn: &mut dyn WriteTxn, start: Uuid) -> Result<()>;
    /// Answers the caller, after the commit.
    fn finish(self: Box<Self>, result: std::result::Result<(), HubError>);
}

struct Call<T, F> {
    run: F,
    value: Option<T>,
    reply: oneshot::Sender<std::result::Result<T, HubError>>,
}

impl<T, F> Job for Call<T, F>
where
    T: Send,
    F: FnMut(&mut dyn WriteTxn, Uuid) -> Result<T> + Send,
{
    fn run(&mut self, txn: &mut dyn WriteTxn, start: Uuid) -> Result<()> {
        self.value = Some((self.run)(txn, start)?);
        Ok(())
    }

    fn finish(self: Box<Self>, result: std::result::Result<(), HubError>) {
        let Self { value, reply, .. } = *self;
        let answer = result.and_then(|()| value.ok_or(HubError::Stopped));
        // A caller that has gone away does not need the answer.
        let _ = reply.send(answer);
    }
}

impl Writer {
    /// Starts the threads, which say after each transaction whether the store has taken it.
    pub(super) fn start(
        storage: Arc<dyn Storage>,
        random: Arc<dyn Random>,
        ended: impl Fn(bool) + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let mut writer = Self { lines: Arc::default(), threads: Vec::new() };
        let ended = Arc::new(ended);
        for _ in 0..storage.writers() {
            let (lines, storage, random, ended) =
                (writer.lines.clone(), storage.clone(), random.clone(), ended.clone());
            let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
                while let Some(batch) = lines.take() {
                    let (organisation, jobs, line) = batch.split();
                    if jobs.is_empty() {
                        // They were taken along by the batch before, after which the bell rang.
                        lines.give_back(organisation, line);
                        continue;
                    }
                    // Whatever panics here takes its batch with it, whose callers learn that; the thread goes on.
                    let work = AssertUnwindSafe(|| commit(&*storage, &*random, organisation, jobs));
                    let taken = catch_unwind(work);
                    lines.give_back(organisation, line);
                    ended(taken.unwrap_or(true));
                }
            })?;
            writer.threads.push(thread);
        }
        Ok(writer)
    }

    /// Runs `run` inside the next transaction of an organisation, and gives its value after the commit.
    pub(super) async fn call<T: Send + 'static>(
        &self,
        organisation: Uuid,
        mut run: impl FnMut(&mut dyn WriteTxn) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        self.call_moving(organisation, move |txn, _| run(txn)).await
    }

    /// As [`Writer::call`], for what moves a feed: `run` also gets the name of the places that the transaction writes.
    pub(super) async fn call_moving<T: Send + 'static>(
        &self,
        organisation: Uuid,
        run: impl FnMut(&mut dyn WriteTxn, Uuid) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        let (reply, answer) = oneshot::channel();
        let entrance = self.lines.entrance(organisation);
        entrance.send(Box::new(Call { run, value: None, reply })).await.map_err(|_| HubError::Stopped)?;
        self.lines.ring(organisation);
        answer.await.unwrap_or(Err(HubError::Stopped))
    }

    /// As [`Writer::call`], for threads that may block.
    pub(super) fn call_blocking<T: Send + 'static>(
        &self,
        organisation: Uuid,
        mut run: impl FnMut(&mut dyn WriteTxn) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        self.call_moving_blocking(organisation, move |txn, _| run(txn))
    }

    /// As [`Writer::call_moving`], for threads that may block.
    pub(super) fn call_moving_blocking<T: Send + 'static>(
        &self,
        organisation: Uuid,
        run: impl FnMut(&mut dyn WriteTxn, Uuid) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        let (reply, answer) = oneshot::channel();
        let entrance = self.lines.entrance(organisation);
        entrance.blocking_send(Box::new(Call { run, value: None, reply })).map_err(|_| HubError::Stopped)?;
        self.lines.ring(organisation);
        answer.blocking_recv().unwrap_or(Err(HubError::Stopped))
    }

    /// Hands over a change that nobody waits for, and that may be lost; it is when there is much to do.
    pub(super) fn mention(
        &self,
        organisation: Uuid,
        mut run: impl FnMut(&mut dyn WriteTxn) -> Result<()> + Send + 'static,
    ) {
        let run = move |txn: &mut dyn WriteTxn, _| run(txn);
        let (reply, _) = oneshot::channel();
        // A full line has more important things in it.
        if self.lines.entrance(organisation).try_send(Box::new(Call { run, value: None, reply })).is_ok() {
            self.lines.ring(organisation);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.lines.close();
        for thread in self.threads.drain(..) {
            // The threads catch what their jobs throw; there is nothing to tell anyone here.
            let _ = thread.join();
        }
    }
}

/// Why a batch was not committed.
enum Failure {
    /// One of its jobs failed; the others may do better alone.
    Job(StorageError),
    /// The store failed.
    Store(StorageError),
}

impl Failure {
    fn error(&self) -> &StorageError {
        match self {
            Self::Job(error) | Self::Store(error) => error,
        }
    }
}

/// Commits a batch; if one of its jobs fails, each of them alone, so that it harms no other.
///
/// Says whether the store takes what is written: a job that fails by itself is no fault of the store.
fn commit(storage: &dyn Storage, random: &dyn Random, organisation: Uuid, mut batch: Vec<Box<dyn Job>>) -> bool {
    let attempted = again(random, Failure::error, || attempt(storage, random, organisation, &mut batch));
    let error = match attempted {
        Ok(()) => {
            batch.into_iter().for_each(|job| job.finish(Ok(())));
            return true;
        }
        Err(Failure::Job(error)) if batch.len() > 1 => {
            tracing::warn!(error = &error as &dyn std::error::Error, "writes are tried again one by one");
            let mut takes = true;
            for job in batch {
                takes &= commit(storage, random, organisation, vec![job]);
            }
            return takes;
        }
        Err(Failure::Job(error) | Failure::Store(error)) => error,
    };
    tracing::error!(error = &error as &dyn std::error::Error, writes = batch.len(), "a write failed");
    let is_taken = !error.is_of_the_disk();
    let error = HubError::from(error);
    batch.into_iter().for_each(|job| job.finish(Err(error.clone())));
    is_taken
}

fn attempt(
    storage: &dyn Storage,
    random: &dyn Random,
    organisation: Uuid,
    batch: &mut [Box<dyn Job>],
) -> std::result::Result<(), Failure> {
    // A store whose files go back under a running server writes the same places again: each transaction has its own name
    // for them, so that a cursor to the lost ones does not hold.
    let start = random_uuid(random);
    let work = AssertUnwindSafe(|| {
        let mut txn = storage.write(organisation).map_err(Failure::Store)?;
        for job in batch.iter_mut() {
            job.run(&mut *txn, start).map_err(Failure::Job)?;
        }
        txn.commit().map_err(Failure::Store)
    });
    // The transaction is undone while the panic passes, and each job begins anew: no half-done work is left.
    catch_unwind(work).unwrap_or_else(|_| Err(Failure::Job(StorageError::Engine("a write panicked".into()))))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Waker};

    use super::*;
    use crate::service::OsRandom;
    use crate::storage::ReadTxn;
    use crate::storage::sqlite::SqliteStorage;

    const ORG: Uuid = Uuid::from_u128(1);

    /// Adds one to a number in the store, as a write whose loss or repetition would show.
    fn add_one(txn: &mut dyn WriteTxn) -> Result<i64> {
        let next = txn.clock_offset_ms()? + 1;
        txn.set_clock_offset_ms(next)?;
        Ok(next)
    }

    fn number(storage: &dyn Storage) -> i64 {
        storage.read().expect("a transaction").clock_offset_ms().expect("works")
    }

    /// Hands a call over, without waiting for its answer.
    fn hand_over<T>(calling: &mut Pin<Box<impl Future<Output = T>>>) {
        let mut context = Context::from_waker(Waker::noop());
        assert!(calling.as_mut().poll(&mut context).is_pending());
    }

    /// Hands over writes while the store is held, so that they wait together, and gives what became of each.
    fn together(kinds: &'static [&'static str]) -> (Vec<bool>, i64) {
        let storage = Arc::new(SqliteStorage::in_memory().expect("a store"));
        let writer = Writer::start(storage.clone(), Arc::new(OsRandom), |_| ()).expect("a thread");
        let held = storage.write(ORG).expect("a transaction");
        let call = |kind: &'static str| {
            let mut calling = Box::pin(writer.call(ORG, move |txn| {
                let next = add_one(txn)?;
                match kind {
                    "fails" => Err(StorageError::DamagedRow("row".to_owned())),
                    "panics" => panic!("on purpose"),
                    _ => Ok(next),
                }
            }));
            hand_over(&mut calling);
            calling
        };
        let calling: Vec<_> = kinds.iter().copied().map(call).collect();
        drop(held);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let answers = calling.into_iter().map(|one| runtime.block_on(one).is_ok()).collect();
        (answers, number(&*storage))
    }

    #[test]
    fn writes_that_wait_together_are_each_done_once() {
        assert_eq!(together(&["good"; 8]), (vec![true; 8], 8));
    }

    #[test]
    fn a_write_that_fails_harms_no_other_and_leaves_no_trace() {
        let kinds = &["good", "good", "fails", "good", "panics", "good"];
        assert_eq!(together(kinds), (vec![true, true, false, true, false, true], 4));
    }

    struct Unwritable(SqliteStorage);

    impl Storage for Unwritable {
        fn read(&self) -> Result<Box<dyn ReadTxn + '_>> {
            self.0.read()
        }

        fn write(&self, _organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>> {
            Err(StorageError::Full("the disk is full".into()))
        }

        fn revision(&self) -> Result<i64> {
            self.0.revision()
        }

        fn beat(&self, at: u64, bytes: usize) -> Result<()> {
            self.0.beat(at, bytes)
        }

        fn fold_log(&self) -> Result<()> {
            self.0.fold_log()
        }
    }

    #[test]
    fn a_store_that_cannot_be_written_fails_its_callers_and_the_thread_goes_on() {
        let storage = Arc::new(Unwritable(SqliteStorage::in_memory().expect("a store")));
        let writer = Writer::start(storage.clone(), Arc::new(OsRandom), |_| ()).expect("a thread");
        for _ in 0..2 {
            let failed = writer.call_blocking(ORG, add_one).expect_err("the disk is full");
            assert!(matches!(failed, HubError::Storage(_)), "{failed:?}");
        }
        assert_eq!(number(&*storage), 0);
    }

    /// A value whose loss panics: its caller has gone away when it is handed over.
    struct PanicsWhenDropped;

    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_after_the_commit_does_not_end_the_thread() {
        let storage = Arc::new(SqliteStorage::in_memory().expect("a store"));
        let writer = Writer::start(storage.clone(), Arc::new(OsRandom), |_| ()).expect("a thread");
        let held = storage.write(ORG).expect("a transaction");
        let mut calling = Box::pin(writer.call(ORG, |_| Ok(PanicsWhenDropped)));
        hand_over(&mut calling);
        drop(calling);
        drop(held);
        // The first may have been of the batch that panicked.
        assert!((0..2).any(|_| writer.call_blocking(ORG, add_one).is_ok()));
    }

    #[test]
    fn what_was_handed_over_is_done_before_the_thread_ends() {
        let storage = Arc::new(SqliteStorage::in_memory().expect("a store"));
        let writer = Writer::start(storage.clone(), Arc::new(OsRandom), |_| ()).expect("a thread");
        let held = storage.write(ORG).expect("a transaction");
        let mut calling = Box::pin(writer.call(ORG, add_one));
        hand_over(&mut calling);
        drop(calling);
        drop(held);
        drop(writer);
        assert_eq!(number(&*storage), 1);
    }
}
