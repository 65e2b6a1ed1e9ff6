//! What is new for a device, and hearing that something is.

use tokio::sync::watch;
use uuid::Uuid;

use super::cursor::Cursor;
use super::error::HubError;
use super::hub::Hub;
use crate::storage::{ReadTxn, Result as StorageResult};

/// What is new for one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The device is not served any more.
    NotServed,
    /// Nothing that it may read, up to this place.
    Nothing {
        /// The end of the feed.
        place: u64,
    },
    /// Records that it may read.
    Moved {
        /// The end of the feed.
        place: u64,
        /// Its cursor.
        cursor: String,
    },
}

/// Where somebody who listens has read up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenFrom {
    /// This place of the feed.
    Place(u64),
    /// A place of another feed, or of a past that this feed never had.
    AnotherFeed,
    /// What was given is no cursor of ours.
    NotACursor,
}

impl Hub {
    /// Shows the end of an organisation's feed, and each move of it: by this process at once, by others within half a
    /// second. Once the hub is told to stop listening, the channel is closed.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn subscribe(&self, organisation: Uuid) -> Result<watch::Receiver<u64>, HubError> {
        let row = self.read(|txn| txn.organisation(organisation))?;
        self.0.watcher.feed(organisation, row.map_or(0, |row| row.last_seq)).map_err(|_| HubError::Stopped)
    }

    /// Changes whenever anything was committed; closed as [`Hub::subscribe`] says.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn changes(&self) -> Result<watch::Receiver<u64>, HubError> {
        self.0.watcher.changes().map_err(|_| HubError::Stopped)
    }

    /// Ends all listening, for good: the server is going to stop.
    pub fn stop_listening(&self) {
        self.0.watcher.stop();
    }

    /// What `device` may read after the place `after` of its feed.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn news(&self, device: Uuid, after: u64) -> Result<News, HubError> {
        self.read(|txn| news(txn, device, after))
    }

    /// The place of a cursor of the feed of `organisation`; the end of the feed when none is given.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn place_of(&self, organisation: Uuid, cursor: Option<&str>) -> Result<ListenFrom, HubError> {
        self.read(|txn| {
            let Some(row) = txn.organisation(organisation)? else { return Ok(ListenFrom::AnotherFeed) };
            let Some(cursor) = cursor else { return Ok(ListenFrom::Place(row.last_seq)) };
            Ok(match Cursor::decode(cursor) {
                Some(cursor) if cursor.holds(txn, &row)? => ListenFrom::Place(cursor.seq),
                Some(_) => ListenFrom::AnotherFeed,
                None => ListenFrom::NotACursor,
            })
        })
    }
}

fn news(txn: &dyn ReadTxn, device: Uuid, after: u64) -> StorageResult<News> {
    let device = txn.device(device)?.filter(|device| device.revoked_at.is_none());
    let Some(device) = device else { return Ok(News::NotServed) };
    let Some(organisation) = txn.organisation(device.organisation)? else { return Ok(News::NotServed) };
    let place = organisation.last_seq;
    let is_news = place > after
        && match device.scopes.as_deref() {
            None => true,
            scopes => txn.has_news(organisation.id, after, scopes)?,
        };
    if !is_news {
        return Ok(News::Nothing { place });
    }
    Ok(News::Moved { place, cursor: Cursor::at(txn, &organisation, place)?.encode() })
}
