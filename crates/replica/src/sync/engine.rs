//! One exchange: step after step until nothing is owed either way.

use std::sync::atomic::Ordering;

use serde_json::Value;
use wire::{Problem, ProblemType};

use super::bell::Bell;
use super::plan::{Facts, Step, next_step};
use super::uploads::BlobsOnTheWay;
use super::{SyncError, SyncLock, Transport, TransportError};
use crate::store::{Frozen, Incoming, Settled};
use crate::{Store, SyncReport};

/// Records in one push.
const PUSH_RECORDS: u64 = 200;
/// Records in one page.
const PAGE_RECORDS: u64 = 500;
/// New replica ids and new feeds in one exchange before it gives up; more means that something is wrong.
const MAX_ALARMS: u32 = 8;

/// What one exchange has moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncOutcome {
    /// Records that were sent and taken.
    pub pushed: u64,
    /// Records that arrived and changed the store.
    pub pulled: u64,
    /// Blobs that were owed and that the server has now.
    pub blobs_sent: u64,
    /// Bytes of blobs that were sent, also of those that are not there as a whole yet.
    pub blob_bytes_sent: u64,
    /// Blobs that did not get through; they are tried again later.
    pub blobs_failed: u64,
    /// Small pictures that arrived.
    pub blobs_fetched: u64,
}

/// An exchange, one step at a time; a test may stop it between any two.
pub struct Syncer<'a> {
    pub(super) store: &'a Store,
    pub(super) transport: &'a dyn Transport,
    pub(super) token: String,
    pub(super) outcome: SyncOutcome,
    pub(super) blobs: BlobsOnTheWay,
    /// Tells when the feed has moved, and when nobody wants the exchange any more.
    bell: Option<&'a Bell>,
    reached_end: bool,
    push_records: u64,
    alarms: u32,
}

/// Runs one exchange to its end, and notes in the store how it went.
///
/// # Errors
/// [`SyncError`]; everything saved is still there, and the next exchange goes on where this one stopped.
pub fn sync_once(store: &Store, transport: &dyn Transport) -> Result<SyncOutcome, SyncError> {
    exchange(store, transport, None)
}

/// As [`sync_once`]; the feed is read again when the bell tells that it has moved, and a closed bell ends the exchange after
/// the step it is at.
pub(super) fn exchange(
    store: &Store,
    transport: &dyn Transport,
    bell: Option<&Bell>,
) -> Result<SyncOutcome, SyncError> {
    let _lock = SyncLock::try_take(store)?.ok_or(SyncError::Busy)?;
    let mut syncer = Syncer::new(store, transport)?;
    syncer.bell = bell;
    let result = syncer.run();
    let before = store.sync_report()?;
    let report = SyncReport {
        pushed: syncer.outcome.pushed,
        pulled: syncer.outcome.pulled,
        blobs_sent: syncer.outcome.blobs_sent,
        blobs_fetched: syncer.outcome.blobs_fetched,
        last_success_at: if result.is_ok() { Some(store.ports().clock.now_ms()) } else { before.last_success_at },
        last_problem: result.as_ref().err().map(SyncError::problem),
    };
    store.set_sync_report(&report)?;
    result
}

impl<'a> Syncer<'a> {
    /// An exchange of an enrolled store.
    ///
    /// # Errors
    /// [`SyncError::NotEnrolled`]
    pub fn new(store: &'a Store, transport: &'a dyn Transport) -> Result<Self, SyncError> {
        let token = store.enrolment()?.ok_or(SyncError::NotEnrolled)?.token;
        Ok(Self {
            store,
            transport,
            token,
            outcome: SyncOutcome::default(),
            blobs: BlobsOnTheWay::default(),
            bell: None,
            reached_end: false,
            push_records: PUSH_RECORDS,
            alarms: 0,
        })
    }

    /// Takes steps until none is left.
    ///
    /// # Errors
    /// [`SyncError`]
    pub fn run(&mut self) -> Result<SyncOutcome, SyncError> {
        let is_closed = |bell: &Bell| bell.is_closed.load(Ordering::Acquire);
        while !self.bell.is_some_and(is_closed) && self.step()? {}
        Ok(self.outcome)
    }

    /// Takes one step; false when nothing is left to do.
    ///
    /// # Errors
    /// [`SyncError`]
    pub fn step(&mut self) -> Result<bool, SyncError> {
        if self.bell.is_some_and(|bell| bell.has_moved.swap(false, Ordering::AcqRel)) {
            self.reached_end = false;
        }
        let in_flight = self.store.in_flight()?;
        let next_upload = self.next_upload()?;
        let next_download = self.next_download()?;
        let facts = Facts {
            in_flight: in_flight.is_some(),
            pull_first: self.store.identity()?.pull_first,
            sendable: self.store.sendable()?,
            reached_end: self.reached_end,
            uploading: self.is_uploading(),
            owes_blob: next_upload.is_some(),
            wants_blob: next_download.is_some(),
        };
        match next_step(facts) {
            Step::SendFrozen => in_flight.map_or(Ok(()), |frozen| self.send(&frozen))?,
            Step::Pull => self.pull()?,
            Step::Freeze => {
                if self.store.freeze(self.push_records)?.is_none() {
                    return Err(SyncError::Stuck("the queue has entries, and none can be frozen"));
                }
            }
            Step::AskBlob => next_upload.map_or(Ok(()), |upload| self.ask_blob(upload))?,
            Step::SendPart => self.send_part()?,
            Step::FetchBlob => next_download.map_or(Ok(()), |id| self.fetch_blob(id))?,
            Step::Done => return Ok(false),
        }
        Ok(true)
    }

    fn send(&mut self, frozen: &Frozen) -> Result<(), SyncError> {
        let problem = match self.transport.push(&self.token, &frozen.body) {
            Ok(answer) => {
                if answer.number != frozen.number || answer.digest != frozen.digest {
                    return Err(SyncError::Unreachable("the answer belongs to another push".into()));
                }
                return match self.store.settle(frozen, &answer)? {
                    Settled::Stored { taken } => {
                        self.outcome.pushed += taken;
                        self.push_records = (self.push_records * 2).min(PUSH_RECORDS);
                        Ok(())
                    }
                    Settled::Forked => self.alarm(),
                };
            }
            Err(TransportError::Refused(problem)) => problem,
            Err(error) => return Err(error.into()),
        };
        match problem.kind() {
            Some(ProblemType::EpochChanged) => self.go_back(&problem),
            Some(ProblemType::ReplicaForked) => self.take_new_id(),
            Some(ProblemType::PushOutOfOrder) => match problem.members.get("expected").and_then(Value::as_u64) {
                Some(expected) if expected < frozen.number => self.go_back(&problem),
                _ => self.take_new_id(),
            },
            Some(ProblemType::LimitExceeded | ProblemType::BadRequest | ProblemType::UnsupportedEncoding) => {
                self.split(frozen, &problem)
            }
            _ => Err(SyncError::Refused(problem)),
        }
    }

    /// The server refused the push whole: a smaller one may pass, and what does not pass alone is rejected alone.
    fn split(&mut self, frozen: &Frozen, problem: &Problem) -> Result<(), SyncError> {
        let carried = wire::PushRequest::decode(&frozen.body).map_or(1, |request| request.records.len());
        if carried <= 1 {
            return Ok(self.store.reject_in_flight(frozen, problem)?);
        }
        self.push_records = (u64::try_from(carried).unwrap_or(2) / 2).max(1);
        Ok(self.store.thaw()?)
    }

    fn pull(&mut self) -> Result<(), SyncError> {
        let cursor = self.store.identity()?.cursor;
        let page = match self.transport.pull(&self.token, cursor.as_deref(), PAGE_RECORDS) {
            Ok(page) => page,
            Err(TransportError::Refused(problem)) if problem.kind() == Some(ProblemType::EpochChanged) => {
                return self.go_back(&problem);
            }
            Err(error) => return Err(error.into()),
        };
        if page.more && cursor.as_deref() == Some(page.cursor.as_str()) {
            return Err(SyncError::Stuck("the server's cursor does not move"));
        }
        match self.store.apply_page(&page)? {
            Incoming::Stored { changed, more } => {
                self.outcome.pulled += changed;
                self.reached_end = !more;
                Ok(())
            }
            Incoming::Forked => self.alarm(),
            Incoming::WentBack => {
                self.store.server_went_back(None)?;
                self.alarm()
            }
            Incoming::OtherEpoch => {
                self.store.server_went_back(Some(&page.epoch))?;
                self.alarm()
            }
        }
    }

    fn go_back(&mut self, problem: &Problem) -> Result<(), SyncError> {
        self.store.server_went_back(problem.members.get("epoch").and_then(Value::as_str))?;
        self.alarm()
    }

    fn take_new_id(&mut self) -> Result<(), SyncError> {
        self.store.fork()?;
        self.alarm()
    }

    /// The exchange starts over under a new replica id.
    fn alarm(&mut self) -> Result<(), SyncError> {
        self.reached_end = false;
        self.alarms += 1;
        if self.alarms > MAX_ALARMS {
            return Err(SyncError::Stuck("the server keeps telling that this store has a twin or that it went back"));
        }
        Ok(())
    }
}
