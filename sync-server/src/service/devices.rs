//! Devices as the office sees them: who there is, when they last called, and who may come in.

use uuid::Uuid;

use super::enrol::{Invitation, invite};
use super::error::HubError;
use super::hub::Hub;
use crate::storage::{AccountRow, DeviceRow, ReadTxn, Result as StorageResult, WriteTxn};

impl Hub {
    /// Notes that a device called; at most once a minute, and nobody waits for it.
    pub(super) fn note_seen(&self, device: &DeviceRow) {
        let (id, of, now_ms) = (device.id, device.organisation, self.0.clock.now_ms());
        if self.0.last_seen.is_news(device, now_ms) {
            self.0.writer.mention(of, move |txn| txn.put_last_seen(id, now_ms));
        }
    }

    /// Notes what a device says that it owes; nobody waits for it.
    pub(crate) fn note_owes(&self, device: &DeviceRow, owes: u64) {
        let (id, of, now_ms) = (device.id, device.organisation, self.0.clock.now_ms());
        if self.0.owing.is_news(device, owes, now_ms) {
            self.0.writer.mention(of, move |txn| txn.put_owes(id, owes, now_ms));
        }
    }

    /// The enrolled devices of an organisation, oldest first; without the office itself.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn devices(&self, organisation: Uuid) -> Result<Vec<DeviceRow>, HubError> {
        let mut devices = self.read(|txn| txn.devices(organisation))?;
        devices.retain(|device| device.token_hash.is_some());
        Ok(devices)
    }

    /// Takes a device's access away, from its next request on; whether the organisation has such a device.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn revoke_device(&self, organisation: Uuid, id: Uuid) -> Result<bool, HubError> {
        let clock = self.0.clock.clone();
        self.write_blocking(organisation, move |txn| {
            let found = txn.device(id)?;
            let Some(device) = found.filter(|one| one.organisation == organisation && one.token_hash.is_some()) else {
                return Ok(false);
            };
            if device.revoked_at.is_none() {
                txn.revoke_device(id, clock.now_ms())?;
            }
            Ok(true)
        })
    }

    /// Makes a code that enrols one device of an organisation.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn make_enrol_code(&self, organisation: Uuid, invitation: Invitation) -> Result<String, HubError> {
        let random = self.0.random.clone();
        self.write_blocking(organisation, move |txn| invite(txn, &*random, organisation, &invitation))
    }

    /// The accounts of an organisation, by name.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn accounts(&self, organisation: Uuid) -> Result<Vec<AccountRow>, HubError> {
        self.read(|txn| txn.accounts(organisation))
    }

    /// The time by the server's clock, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> u64 {
        self.0.clock.now_ms()
    }

    /// Reads one committed moment of the store; for threads that may block.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn read_store<T>(&self, read: impl FnOnce(&dyn ReadTxn) -> StorageResult<T>) -> Result<T, HubError> {
        self.read(read)
    }

    /// Changes the rows of an organisation, accounts among them, and gives the value after the commit; for threads that may
    /// block.
    ///
    /// `change` is run again when what was to be committed with it fails.
    ///
    /// # Errors
    /// [`HubError`]; then nothing has changed, unless it is [`HubError::Unknown`].
    pub fn write_blocking<T: Send + 'static>(
        &self,
        organisation: Uuid,
        change: impl FnMut(&mut dyn WriteTxn) -> StorageResult<T> + Send + 'static,
    ) -> Result<T, HubError> {
        self.0.writer.call_blocking(organisation, change)
    }
}
