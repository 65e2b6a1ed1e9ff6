//! The hub in process: what the HTTP door and the office call.

use std::future::Future;
use std::sync::Arc;

use causal::RecordId;
use tokio::sync::broadcast;
use uuid::Uuid;
use wire::{BlobId, Digest, EnrolAnswer, EnrolRequest, PushHead, PushRequest, ShapeError};

use super::access::authenticate;
use super::alarms::Alarms;
use super::error::HubError;
use super::health::Health;
use super::history::HistoryPart;
use super::last_seen::{LastSeen, Owing};
use super::pull::PullOutcome;
use super::push::{Moment, PushRefusal, answer_by_head, apply_push};
use super::watcher::Watcher;
use super::writer::Writer;
use super::{Clock, Random, Refusal, enrol, history, pull, random_uuid};
use crate::blobs::BlobStore;
use crate::storage::{DeviceRow, ReadTxn, Result as StorageResult, Role, Storage, WriteTxn};

/// Blobs that may have become whole before a listener has heard of the first of them.
const ARRIVALS: usize = 256;

/// A push that has the right shape.
#[derive(Clone, Debug)]
pub struct PreparedPush {
    request: Arc<PushRequest>,
    digest: Digest,
}

impl PreparedPush {
    /// Reads the body of a push, before content encoding.
    ///
    /// # Errors
    /// [`ShapeError`] when it is no push at all.
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        Ok(Self { request: Arc::new(PushRequest::decode(body)?), digest: wire::digest(body) })
    }

    /// Its epoch and its place in the chain.
    pub fn head(&self) -> &PushHead {
        &self.request.head
    }
}

/// One server's hub over one store; clones share it.
///
/// Its writes are committed in groups by threads of its own, which end after the last clone is dropped.
/// The calls that are not futures block.
#[derive(Clone)]
pub struct Hub(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) storage: Arc<dyn Storage>,
    pub(super) blobs: Arc<dyn BlobStore>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    pub(super) writer: Writer,
    pub(super) watcher: Arc<Watcher>,
    pub(super) last_seen: LastSeen,
    pub(super) owing: Owing,
    pub(super) health: Arc<Health>,
    pub(super) alarms: Alarms,
    /// Which blobs have become whole, by organisation.
    pub(super) arrivals: broadcast::Sender<(Uuid, BlobId)>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Its thread would otherwise look at the store for half a second more.
        self.watcher.stop();
    }
}

impl Hub {
    /// Starts a hub over `storage`, with the bytes of photos in `blobs`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        storage: Arc<dyn Storage>,
        blobs: Arc<dyn BlobStore>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> std::io::Result<Self> {
        let watcher = Watcher::new(storage.clone());
        let health = Arc::new(Health::default());
        let (committed, noted) = (watcher.clone(), health.clone());
        let writer = Writer::start(storage.clone(), random.clone(), move |is_taken| {
            committed.look();
            noted.note_write(is_taken);
        })?;
        let (last_seen, owing) = (LastSeen::default(), Owing::default());
        let (arrivals, _) = broadcast::channel(ARRIVALS);
        let alarms = Alarms::default();
        Ok(Self(Arc::new(Inner {
            storage,
            blobs,
            clock,
            random,
            writer,
            watcher,
            last_seen,
            owing,
            health,
            alarms,
            arrivals,
        })))
    }

    /// The device that holds `token`.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn authenticate(&self, token: &str) -> Result<Result<DeviceRow, Refusal>, HubError> {
        let found = self.read(|txn| authenticate(txn, token))?;
        if let Ok(device) = &found {
            self.note_seen(device);
        }
        Ok(found)
    }

    /// What a push of `device` is answered by its head alone: a refusal, the kept answer, or nothing yet.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn answer_by_head(
        &self,
        device: &DeviceRow,
        head: &PushHead,
        digest: Digest,
    ) -> Result<Result<Option<Vec<u8>>, PushRefusal>, HubError> {
        let judged = self.read(|txn| answer_by_head(txn, device.id, head, digest))?;
        if matches!(judged, Err(PushRefusal::OutOfOrder { expected }) if expected < head.number) {
            self.note_went_back(device.organisation);
        }
        Ok(judged)
    }

    /// Applies a push of `device`, and gives the body of the answer once it is durable.
    ///
    /// # Errors
    /// [`HubError`]; then nothing has changed, unless it is [`HubError::Unknown`]: the same push again is answered either way.
    pub fn push(
        &self,
        device: &DeviceRow,
        push: PreparedPush,
    ) -> impl Future<Output = Result<Result<Vec<u8>, PushRefusal>, HubError>> + Send + '_ {
        self.0.writer.call_moving(device.organisation, self.applying(device.id, push))
    }

    /// As [`Hub::push`], for threads that may block.
    ///
    /// # Errors
    /// As [`Hub::push`]
    pub fn push_blocking(
        &self,
        device: &DeviceRow,
        push: PreparedPush,
    ) -> Result<Result<Vec<u8>, PushRefusal>, HubError> {
        self.0.writer.call_moving_blocking(device.organisation, self.applying(device.id, push))
    }

    fn applying(
        &self,
        device: Uuid,
        push: PreparedPush,
    ) -> impl FnMut(&mut dyn WriteTxn, Uuid) -> StorageResult<Result<Vec<u8>, PushRefusal>> + Send + 'static {
        let clock = self.0.clock.clone();
        move |txn, start| {
            let moment = Moment { start, now_ms: clock.now_ms() };
            apply_push(txn, moment, device, &push.request, push.digest)
        }
    }

    /// One page of the feed for `device`: see `GET /v1/pull`.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn pull(&self, device: &DeviceRow, after: Option<&str>, limit: u64) -> Result<PullOutcome, HubError> {
        let pulled = self.read(|txn| pull::pull(txn, device, after, limit))?;
        if let PullOutcome::EpochChanged { went_back: true, .. } = pulled {
            self.note_went_back(device.organisation);
        }
        Ok(pulled)
    }

    /// A part of the history of a record for `device`; nothing when it may not read it.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn history(&self, device: &DeviceRow, id: RecordId, part: HistoryPart) -> Result<Option<Vec<u8>>, HubError> {
        self.read(|txn| history::history(txn, device, id, part))
    }

    /// Where a code leads that would enrol a device now.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn organisation_of_code(&self, code: &str) -> Result<Option<Uuid>, HubError> {
        let code = self.read(|txn| enrol::good_code(txn, self.0.clock.now_ms(), code))?;
        Ok(code.map(|code| code.organisation))
    }

    /// Makes the device that a code of this organisation was given for; nothing when the code is wrong, used or expired.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn enrol(
        &self,
        organisation: Uuid,
        request: EnrolRequest,
    ) -> impl Future<Output = Result<Option<EnrolAnswer>, HubError>> + Send + '_ {
        self.0.writer.call(organisation, self.enrolling(request))
    }

    /// As [`Hub::enrol`], for threads that may block, wherever the code leads.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn enrol_blocking(&self, request: EnrolRequest) -> Result<Option<EnrolAnswer>, HubError> {
        match self.organisation_of_code(&request.code)? {
            None => Ok(None),
            Some(organisation) => self.0.writer.call_blocking(organisation, self.enrolling(request)),
        }
    }

    /// Looks the code up once more: somebody else may have used it meanwhile.
    fn enrolling(
        &self,
        request: EnrolRequest,
    ) -> impl FnMut(&mut dyn WriteTxn) -> StorageResult<Option<EnrolAnswer>> + Send + 'static {
        let (clock, random) = (self.0.clock.clone(), self.0.random.clone());
        move |txn| enrol::enrol(txn, &*random, clock.now_ms(), &request)
    }

    /// What a device that is there already would be told at its enrolment, but for the token, which stays empty.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn membership(&self, device: &DeviceRow) -> Result<EnrolAnswer, HubError> {
        self.read(|txn| enrol::membership(txn, device, String::new()))
    }

    /// The office of an organisation as a device: role `office`, all scopes, no token, reached only in process.
    ///
    /// It is made on first use, and is the same one ever after. Nothing when there is no such organisation.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn office_device(&self, organisation: Uuid) -> Result<Option<DeviceRow>, HubError> {
        let (clock, random) = (self.0.clock.clone(), self.0.random.clone());
        self.0.writer.call_blocking(organisation, move |txn| {
            if txn.organisation(organisation)?.is_none() {
                return Ok(None);
            }
            let known = txn.devices(organisation)?.into_iter().find(|device| device.token_hash.is_none());
            if known.is_some() {
                return Ok(known);
            }
            let device = DeviceRow {
                id: random_uuid(&*random),
                organisation,
                name: "office".to_owned(),
                role: Role::Office,
                scopes: None,
                token_hash: None,
                created_at: clock.now_ms(),
                revoked_at: None,
                last_seen_at: None,
                owes: None,
                owed_none_at: None,
            };
            txn.insert_device(&device)?;
            Ok(Some(device))
        })
    }

    pub(super) fn read<T>(&self, read: impl FnOnce(&dyn ReadTxn) -> StorageResult<T>) -> Result<T, HubError> {
        let txn = self.0.storage.read()?;
        Ok(read(&*txn)?)
    }
}
