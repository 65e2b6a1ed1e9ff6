//! Group commit: one thread writes, and commits all that is waiting in one transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::{mpsc, oneshot};

use super::HubError;
use crate::storage::{Result, Storage, StorageError, WriteTxn};

/// Writes that wait at most; further callers wait for a place.
const QUEUE: usize = 64;

/// The writing thread; it ends when this is dropped, after all that was handed to it.
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

/// One caller's part of a transaction.
trait Job: Send {
    /// Makes the changes; called again in a transaction of its own when the shared one fails.
    fn run(&mut self, txn: &mut dyn WriteTxn) -> Result<()>;
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
    F: FnMut(&mut dyn WriteTxn) -> Result<T> + Send,
{
    fn run(&mut self, txn: &mut dyn WriteTxn) -> Result<()> {
        self.value = Some((self.run)(txn)?);
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
    /// Starts the thread.
    pub(super) fn start(storage: Arc<dyn Storage>) -> std::io::Result<Self> {
        let (queue, mut waiting) = mpsc::channel::<Box<dyn Job>>(QUEUE);
        let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            while let Some(first) = waiting.blocking_recv() {
                let mut batch = vec![first];
                while batch.len() < QUEUE
                    && let Ok(next) = waiting.try_recv()
                {
                    batch.push(next);
                }
                commit(&*storage, batch);
            }
        })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Runs `run` inside the next transaction, and gives its value after the commit.
    pub(super) async fn call<T: Send + 'static>(
        &self,
        run: impl FnMut(&mut dyn WriteTxn) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        let (reply, answer) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or(HubError::Stopped)?;
        queue.send(Box::new(Call { run, value: None, reply })).await.map_err(|_| HubError::Stopped)?;
        answer.await.unwrap_or(Err(HubError::Stopped))
    }

    /// As [`Writer::call`], for threads that may block.
    pub(super) fn call_blocking<T: Send + 'static>(
        &self,
        run: impl FnMut(&mut dyn WriteTxn) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, HubError> {
        let (reply, answer) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or(HubError::Stopped)?;
        queue.blocking_send(Box::new(Call { run, value: None, reply })).map_err(|_| HubError::Stopped)?;
        answer.blocking_recv().unwrap_or(Err(HubError::Stopped))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // The thread catches what its jobs throw; there is nothing to tell anyone here.
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

/// Commits a batch; if one of its jobs fails, each of them alone, so that it harms no other.
fn commit(storage: &dyn Storage, mut batch: Vec<Box<dyn Job>>) {
    let error = match attempt(storage, &mut batch) {
        Ok(()) => return batch.into_iter().for_each(|job| job.finish(Ok(()))),
        Err(Failure::Job(error)) if batch.len() > 1 => {
            tracing::warn!(error = &error as &dyn std::error::Error, "writes are tried again one by one");
            return batch.into_iter().for_each(|job| commit(storage, vec![job]));
        }
        Err(Failure::Job(error) | Failure::Store(error)) => error,
    };
    tracing::error!(error = &error as &dyn std::error::Error, writes = batch.len(), "a write failed");
    let error = HubError::Storage(Arc::new(error));
    batch.into_iter().for_each(|job| job.finish(Err(error.clone())));
}

fn attempt(storage: &dyn Storage, batch: &mut [Box<dyn Job>]) -> std::result::Result<(), Failure> {
    let work = AssertUnwindSafe(|| {
        let mut txn = storage.write().map_err(Failure::Store)?;
        for job in batch.iter_mut() {
            job.run(&mut *txn).map_err(Failure::Job)?;
        }
        txn.commit().map_err(Failure::Store)
    });
    // The transaction is undone while the panic passes, and each job begins anew: no half-done work is left.
    catch_unwind(work).unwrap_or_else(|_| Err(Failure::Job(StorageError::Engine("a write panicked".into()))))
}
