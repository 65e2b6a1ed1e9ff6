//! The hub's place for photos as that of a replica in the same process, so that no photo is kept twice.

use std::io::{Error, ErrorKind, Result};

use replica::{BlobId, BlobPlace};

use crate::service::{Hub, HubError};
use crate::storage::{DeviceRow, StorageError};

/// The blobs of a hub that one device, such as the office, may read; what it puts there is acknowledged at once.
#[derive(Clone)]
pub struct HubBlobs {
    hub: Hub,
    device: DeviceRow,
}

impl HubBlobs {
    /// The blobs of `hub` for `device`; the calls block, so they are not for the threads of an async runtime.
    pub fn new(hub: Hub, device: DeviceRow) -> Self {
        Self { hub, device }
    }
}

impl BlobPlace for HubBlobs {
    fn put(&self, bytes: &[u8]) -> Result<BlobId> {
        let put = self.hub.put_blob(&self.device, bytes).map_err(failed)?;
        put.map_err(|refusal| Error::new(ErrorKind::InvalidInput, format!("the hub does not take it: {refusal:?}")))
    }

    fn read(&self, id: BlobId) -> Result<Option<Vec<u8>>> {
        self.hub.read_blob(&self.device, id).map_err(failed)
    }

    fn has(&self, id: BlobId) -> Result<bool> {
        Ok(self.hub.blob_size(&self.device, id).map_err(failed)?.is_some())
    }

    /// The hub removes what it keeps, where it purges.
    fn remove(&self, _id: BlobId) -> Result<()> {
        Ok(())
    }
}

fn failed(error: HubError) -> Error {
    let is_full = matches!(&error, HubError::Storage(cause) if matches!(**cause, StorageError::Full(_)));
    Error::new(if is_full { ErrorKind::StorageFull } else { ErrorKind::Other }, error)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::blobs::MemoryBlobs;
    use crate::service::{OsRandom, SystemClock};
    use crate::storage::sqlite::SqliteStorage;
    use crate::storage::{OrganisationRow, Preset, Storage};

    #[test]
    fn what_the_office_puts_it_has() {
        let storage = SqliteStorage::in_memory().expect("a store");
        let id = Uuid::from_u128(1);
        let organisation = OrganisationRow {
            id,
            name: "学校".to_owned(),
            preset: Preset::School,
            epoch: id,
            last_seq: 0,
            refill_from: None,
        };
        let mut txn = storage.write(id).expect("a transaction");
        txn.insert_organisation(&organisation).expect("an organisation");
        txn.commit().expect("a commit");
        let (blobs, clock) = (Arc::new(MemoryBlobs::default()), Arc::new(SystemClock::default()));
        let hub = Hub::start(Arc::new(storage), blobs, clock, Arc::new(OsRandom)).expect("a hub");
        let office = hub.office_device(id).expect("works").expect("an office");
        let place = HubBlobs::new(hub, office);
        let photo = place.put(b"photo").expect("room");
        assert_eq!(place.read(photo).expect("works").as_deref(), Some(&b"photo"[..]));
        assert!(place.has(photo).expect("works"));
        let nothing = BlobId::of(b"nothing");
        assert!(!place.has(nothing).expect("works") && place.read(nothing).expect("works").is_none());
        let too_large = place.put(&vec![0; wire::MAX_BLOB_BYTES + 1]).expect_err("is refused");
        assert_eq!(too_large.kind(), ErrorKind::InvalidInput);
    }
}
