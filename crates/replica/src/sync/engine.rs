//! One exchange: step after step until nothing is owed either way.

use std::sync::atomic::Ordering;

use serde_json::Value;
use wire::{Problem, ProblemType};

use super::bell::Bell;
use super::plan::{Facts, Step, next_step};
use super::problem;
use super::road::{self, Road};
use super::uploads::BlobsOnTheWay;
use super::{PullAsk, SyncError, SyncLock, Transport, TransportError};
use crate::store::{Frozen, Incoming, PushBounds, Settled};
use crate::{Store, StoreError, SyncReport};

/// Records in one push.
const PUSH_RECORDS: u64 = 200;
/// Records in one page.
const PAGE_RECORDS: u64 = 500;
/// New replica ids and new feeds in one exchange before it gives up; more means that something is wrong.
const MAX_ALARMS: u32 = 8;
/// Records that are refused alone as malformed, before any has passed, in one exchange; more would only be refused as well.
const MAX_GARBLED: usize = 3;

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
    pub(super) road: Road,
    /// How often in a row something on the way has refused the push for its size.
    refusals: u32,
    /// The smallest that something on the way has refused for its size, where nothing smaller could be sent.
    pub(super) too_large: Option<usize>,
    /// What the server said of pushes that are no record's fault.
    garbled: Vec<Problem>,
}

/// Runs one exchange to its end, and notes in the store how it went.
///
/// # Errors
/// [`SyncError`]; everything saved is still there, and the next exchange goes on where this one stopped.
pub fn sync_once(store: &Store, transport: &dyn Transport) -> Result<SyncOutcome, SyncError> {
    exchange(store, transport, &mut Road::default(), None)
}

/// As [`sync_once`]; the feed is read again when the bell tells that it has moved, and a closed bell ends the exchange after
/// the step it is at. What is learnt of the road is for the next exchange as well.
pub(super) fn exchange(
    store: &Store,
    transport: &dyn Transport,
    road: &mut Road,
    bell: Option<&Bell>,
) -> Result<SyncOutcome, SyncError> {
    let taken = SyncLock::try_take(store).map_err(SyncError::from);
    let _lock = taken.inspect_err(|error| note(store, error))?.ok_or(SyncError::Busy)?;
    let mut syncer = Syncer::new(store, transport).inspect_err(|error| note(store, error))?;
    syncer.bell = bell;
    syncer.road = road.hopeful();
    let result = syncer.run();
    *road = syncer.road;
    match (keep_report(store, &syncer.outcome, &result), result) {
        (Err(error), Ok(_)) => {
            let error = error.into();
            note(store, &error);
            Err(error)
        }
        // What stopped the exchange is told rather than what kept it from being stored.
        (Err(_), Err(error)) => {
            note(store, &error);
            Err(error)
        }
        (Ok(()), result) => result,
    }
}

fn records_in(frozen: &Frozen) -> usize {
    wire::PushRequest::decode(&frozen.body).map_or(1, |request| request.records.len())
}

fn keep_report(
    store: &Store,
    outcome: &SyncOutcome,
    result: &Result<SyncOutcome, SyncError>,
) -> Result<(), StoreError> {
    let last_success_at = match result {
        Ok(_) => Some(store.now_ms()),
        Err(_) => store.sync_report()?.last_success_at,
    };
    store.set_sync_report(&SyncReport {
        pushed: outcome.pushed,
        pulled: outcome.pulled,
        blobs_sent: outcome.blobs_sent,
        blobs_fetched: outcome.blobs_fetched,
        last_success_at,
        last_problem: result.as_ref().err().map(SyncError::problem),
    })
}

/// Notes an error whose report the store does not take; a store that is enrolled nowhere has no exchange to tell of.
fn note(store: &Store, error: &SyncError) {
    if !matches!(error, SyncError::NotEnrolled) {
        store.note_trouble(&error.problem());
    }
}

/// Takes what the last answer said of the time.
///
/// What cannot be written now is told again by the next answer, and is no trouble of the exchange.
pub(super) fn hear_time(store: &Store, transport: &dyn Transport) {
    let heard = transport.take_heard_time().map(|heard| store.hear_server_time(heard.as_of_now()));
    if let Some(Err(error)) = heard {
        tracing::debug!(%error, "what the server says of the time was not stored");
    }
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
            road: Road::default(),
            refusals: 0,
            too_large: None,
            garbled: Vec::new(),
        })
    }

    /// Takes steps until none is left.
    ///
    /// # Errors
    /// [`SyncError`]
    pub fn run(&mut self) -> Result<SyncOutcome, SyncError> {
        let is_closed = |bell: &Bell| bell.is_closed.load(Ordering::Acquire);
        self.store.take_up_again(&problem::PASSING)?;
        while !self.bell.is_some_and(is_closed) && self.step()? {}
        if let Some(bytes) = self.too_large {
            return Err(SyncError::RoadLimit { bytes });
        }
        match self.garbled.pop() {
            // Others passed in the same exchange, so it was these records after all.
            Some(told) if self.outcome.pushed > 0 => self.store.reject_passing(&problem::PASSING, &told)?,
            Some(told) => return Err(SyncError::RoadGarbles(Box::new(told))),
            None => {}
        }
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
        let stepped = self.take_step();
        hear_time(self.store, self.transport);
        stepped
    }

    fn take_step(&mut self) -> Result<bool, SyncError> {
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
                let bounds = PushBounds {
                    records: self.push_records,
                    bytes: self.road.push_bytes(),
                    smallest_first: self.road.is_narrow(),
                };
                // What is damaged leaves the queue without having been sent.
                if self.store.freeze(bounds)?.is_none() && self.store.sendable()? == facts.sendable {
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
                self.refusals = 0;
                return match self.store.settle(frozen, answer)? {
                    Settled::Stored { taken } => {
                        self.outcome.pushed += taken;
                        self.push_records = (self.push_records * 2).min(PUSH_RECORDS);
                        Ok(())
                    }
                    Settled::Forked => self.alarm(),
                };
            }
            Err(TransportError::Refused(problem)) => problem,
            Err(TransportError::InItsPlace { status: road::TOO_LARGE }) => return self.too_large_for_the_road(frozen),
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

    /// Something on the way refused the push for its size: once may be a mistake, twice is a limit, and a smaller push may pass.
    ///
    /// A record that does not pass alone is set aside until the next exchange, so that everything else goes on.
    /// Should the server have had the push all the same, the push under the same number tells, and is an alarm like any other.
    fn too_large_for_the_road(&mut self, frozen: &Frozen) -> Result<(), SyncError> {
        self.refusals += 1;
        if self.refusals < 2 {
            return Ok(());
        }
        self.refusals = 0;
        let bytes = frozen.body.len();
        if records_in(frozen) <= 1 {
            self.too_large = Some(self.too_large.map_or(bytes, |least| least.min(bytes)));
            return Ok(self.store.reject_in_flight(frozen, &problem::road_limit(bytes))?);
        }
        self.road.refused_push(bytes);
        Ok(self.store.thaw()?)
    }

    /// The server refused the push whole: a smaller one may pass, and what does not pass alone is rejected alone.
    ///
    /// A message of the wrong shape is no record's fault, for the server judges records one by one: where none has passed yet,
    /// something on the way may be changing them all.
    fn split(&mut self, frozen: &Frozen, problem: &Problem) -> Result<(), SyncError> {
        let carried = records_in(frozen);
        if carried <= 1 {
            let is_proven = self.outcome.pushed > 0 || problem.kind() == Some(ProblemType::LimitExceeded);
            if is_proven {
                return Ok(self.store.reject_in_flight(frozen, problem)?);
            }
            self.store.reject_in_flight(frozen, &problem::garbled(problem))?;
            self.garbled.push(problem.clone());
            let is_hopeless = self.garbled.len() >= MAX_GARBLED;
            return if is_hopeless { Err(SyncError::RoadGarbles(Box::new(problem.clone()))) } else { Ok(()) };
        }
        self.push_records = (u64::try_from(carried).unwrap_or(2) / 2).max(1);
        Ok(self.store.thaw()?)
    }

    fn pull(&mut self) -> Result<(), SyncError> {
        let cursor = self.store.identity()?.cursor;
        let (owes, _) = self.store.queue_counts()?;
        let ask = PullAsk { after: cursor.as_deref(), limit: PAGE_RECORDS, owes };
        let page = match self.transport.pull(&self.token, ask) {
            Ok(page) => page,
            Err(TransportError::Refused(problem)) if problem.kind() == Some(ProblemType::EpochChanged) => {
                return self.go_back(&problem);
            }
            Err(error) => return Err(error.into()),
        };
        if page.more && cursor.as_deref() == Some(page.cursor.as_str()) {
            return Err(SyncError::Stuck("the server's cursor does not move"));
        }
        let epoch = page.epoch.clone();
        match self.store.apply_page(page)? {
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
                self.store.server_went_back(Some(&epoch))?;
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
