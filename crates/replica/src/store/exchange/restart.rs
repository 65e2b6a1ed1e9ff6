//! Starting over: a twin, a server that went back, another enrolment.

use causal::ReplicaId;
use rusqlite::Transaction;

use super::leave::leave;
use crate::ports::new_uuid_v4;
use crate::store::report::{load_enrolment, store_enrolment};
use crate::store::{Enrolment, Store, StoreError, blobs, identity, outbox};

impl Store {
    /// Takes a new replica id: another store uses this one's.
    pub(crate) fn fork(&self) -> Result<(), StoreError> {
        let now = self.now_ms();
        self.write(|txn| identity::take_new_id(txn, ReplicaId(new_uuid_v4(&*self.ports().entropy)), now))
    }

    /// Starts over with a server that went back in time: a new id, the whole feed, and everything queued for relay.
    ///
    /// What the server turns out to hold leaves the queue again as the pages come in.
    pub(crate) fn server_went_back(&self, epoch: Option<&str>) -> Result<(), StoreError> {
        let now = self.now_ms();
        self.write(|txn| {
            identity::take_new_id(txn, ReplicaId(new_uuid_v4(&*self.ports().entropy)), now)?;
            self.start_feed_over(txn, epoch, now)
        })
    }

    /// Becomes the device that the server has enrolled; `replica` is the id that the enrolment named.
    ///
    /// What it serves no longer leaves the store in the same transaction, as far as the server has it.
    ///
    /// # Errors
    /// [`StoreError::OtherOrganisation`] when the store holds another organisation's records; nothing has changed then.
    pub(crate) fn complete_enrolment(
        &self,
        enrolment: &Enrolment,
        epoch: &str,
        replica: ReplicaId,
    ) -> Result<(), StoreError> {
        let now = self.now_ms();
        let has_left = self.write(|txn| {
            let before = load_enrolment(txn)?;
            if let Some(before) = before.as_ref().filter(|before| before.organisation.id != enrolment.organisation.id) {
                return Err(StoreError::OtherOrganisation(before.organisation.name.clone()));
            }
            let known = identity::load(txn)?;
            if known.replica != replica {
                identity::take_new_id(txn, replica, now)?;
            }
            match known.epoch {
                Some(held) if held != epoch => self.start_feed_over(txn, Some(epoch), now)?,
                Some(_) => {}
                None => drop(txn.execute("UPDATE identity SET epoch = ?1", [epoch])?),
            }
            if before.is_none_or(|before| before.scopes == enrolment.scopes) {
                outbox::relay_unechoed(txn, now)?;
            } else {
                txn.execute("UPDATE identity SET cursor = NULL, reached_end = 0", [])?;
            }
            // Another device may not be shown what this one was.
            txn.execute("DELETE FROM unechoed", [])?;
            outbox::retry_rejected(txn)?;
            store_enrolment(txn, enrolment)?;
            enrolment.scopes.as_deref().map_or(Ok(false), |scopes| leave(txn, scopes))
        })?;
        if has_left {
            self.clear_behind();
        }
        // A copy of the file alone, taken after a kill, then still knows whose it is.
        if let Err(error) = self.fold_log() {
            tracing::debug!(%error, "the log is folded later");
        }
        Ok(())
    }

    fn start_feed_over(&self, txn: &Transaction<'_>, epoch: Option<&str>, now: u64) -> Result<(), StoreError> {
        txn.execute(
            "UPDATE identity SET epoch = coalesce(?1, epoch), cursor = NULL, pull_first = 1, reached_end = 0",
            [epoch],
        )?;
        txn.execute("DELETE FROM unechoed", [])?;
        outbox::relay_everything(txn, now)?;
        if self.owes_blobs { blobs::owe_again(txn, now) } else { Ok(()) }
    }
}
