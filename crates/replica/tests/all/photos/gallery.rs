//! A server in memory that keeps records and blobs, and does with single calls what the test wants.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use causal::{Record, RecordId};
use replica::{BlobId, BlobProgress, PullAsk, Transport, TransportError};
use wire::{
    EnrolAnswer, EnrolRequest, Outcome, Problem, ProblemType, PullAnswer, PushAnswer, PushRequest, PushResult, digest,
};

use crate::support::EPOCH;

/// One call about a blob, by its name and what it asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    Push,
    Ask(BlobId),
    Send(BlobId, u64, usize),
    Get(BlobId),
}

/// Which call about a blob is lost, and whether the server has carried it out.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    pub at: usize,
    pub carried_out: bool,
}

#[derive(Default)]
pub struct State {
    pub epoch: Option<&'static str>,
    pub records: BTreeMap<RecordId, (u64, Record)>,
    pub rejects: Option<RecordId>,
    sequence: u64,
    pub unfinished: HashMap<BlobId, Vec<u8>>,
    pub complete: HashMap<BlobId, Vec<u8>>,
    pub calls: Vec<Call>,
    pub cut: Option<Cut>,
    blob_calls: usize,
    /// What the next parts are refused with.
    pub refusals: VecDeque<Problem>,
    /// A blob that is always refused so.
    pub bad: Option<(BlobId, ProblemType)>,
    pub has_no_blobs: bool,
    pub has_no_live: bool,
    /// The network is gone.
    pub is_away: bool,
    /// Something on the way lets no larger body through.
    pub road_limit: Option<usize>,
    /// How many bodies it has refused so.
    pub refused_by_road: usize,
    /// How many it had refused when the first push came through.
    pub refused_before_any: Option<usize>,
    /// Something on the way makes nonsense of pushes.
    pub is_garbled: bool,
    enrolments: VecDeque<EnrolAnswer>,
}

#[derive(Default)]
pub struct Gallery {
    state: Mutex<State>,
    moved: Condvar,
}

impl Gallery {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn enrols(&self, answer: EnrolAnswer) {
        self.state().enrolments.push_back(answer);
    }

    /// The calls since the last time, without those about records.
    pub fn blob_calls(&self) -> Vec<Call> {
        let calls = std::mem::take(&mut self.state().calls);
        calls.into_iter().filter(|call| *call != Call::Push).collect()
    }

    pub fn has(&self, id: BlobId) -> bool {
        self.state().complete.contains_key(&id)
    }

    /// Carries out a call about a blob, unless it is lost.
    fn carry<T>(
        &self,
        call: Call,
        answer: impl FnOnce(&mut State) -> Result<T, TransportError>,
    ) -> Result<T, TransportError> {
        let mut state = self.state();
        if state.is_away {
            return lost();
        }
        state.calls.push(call);
        if state.has_no_blobs {
            return Err(TransportError::not_offered());
        }
        let at = state.blob_calls;
        state.blob_calls += 1;
        let cut = state.cut.filter(|cut| cut.at == at);
        if cut.is_some_and(|cut| !cut.carried_out) {
            return lost();
        }
        let answer = answer(&mut state);
        if cut.is_some() { lost() } else { answer }
    }
}

pub fn lost<T>() -> Result<T, TransportError> {
    Err(TransportError::NoAnswer("lost".into()))
}

fn refused<T>(problem: Problem) -> Result<T, TransportError> {
    Err(TransportError::Refused(Box::new(problem)))
}

impl State {
    /// What lies on the way to the server.
    fn travel(&mut self, bytes: usize) -> Result<(), TransportError> {
        if self.road_limit.is_some_and(|limit| bytes > limit) {
            self.refused_by_road += 1;
            return Err(TransportError::InItsPlace { status: 413 });
        }
        Ok(())
    }

    fn take(&mut self, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Result<u64, TransportError> {
        if let Some(problem) = self.refusals.pop_front() {
            return refused(problem);
        }
        if let Some((_, problem)) = self.bad.filter(|(bad, _)| *bad == id) {
            return refused(Problem::new(problem));
        }
        let held = self.unfinished.entry(id).or_default();
        if held.len() as u64 != offset {
            return refused(Problem::new(ProblemType::OffsetMismatch).member("offset", held.len()));
        }
        held.extend(bytes);
        let there = held.len() as u64;
        assert!(there <= total, "more was sent than there is");
        if there == total {
            let whole = self.unfinished.remove(&id).unwrap_or_default();
            if BlobId::of(&whole) != id {
                return refused(Problem::new(ProblemType::DigestMismatch));
            }
            self.complete.insert(id, whole);
        }
        Ok(there)
    }
}

impl Transport for Gallery {
    fn enrol(&self, _request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        let answer = self.state().enrolments.pop_front();
        answer.ok_or_else(|| TransportError::Refused(Box::new(Problem::new(ProblemType::EnrolRefused))))
    }

    fn push(&self, _token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let request = PushRequest::decode(body).expect("a push is of the right shape");
        let mut state = self.state();
        if state.is_away {
            return lost();
        }
        state.travel(body.len())?;
        let refused_so_far = state.refused_by_road;
        state.refused_before_any.get_or_insert(refused_so_far);
        if state.is_garbled {
            return refused(Problem::new(ProblemType::BadRequest).detail("the body is not UTF-8"));
        }
        let epoch = state.epoch.unwrap_or(EPOCH);
        if request.head.epoch != epoch {
            return refused(Problem::new(ProblemType::EpochChanged).member("epoch", epoch));
        }
        state.calls.push(Call::Push);
        let mut results = Vec::new();
        for received in request.records {
            let mut record = received.record.expect("a store sends valid records");
            let is_rejected = state.rejects == Some(record.id);
            let outcome = if is_rejected { Outcome::Rejected } else { Outcome::Merged };
            let problem = is_rejected.then(|| Problem::new(ProblemType::NotAllowed));
            results.push(PushResult { id: record.id.to_string(), outcome, problem });
            if !is_rejected {
                if let Some((_, held)) = state.records.get(&record.id) {
                    record.state.merge(&held.state);
                }
                state.sequence += 1;
                let sequence = state.sequence;
                state.records.insert(record.id, (sequence, record));
            }
        }
        drop(state);
        self.moved.notify_all();
        let (number, digest) = (request.head.number, digest(body));
        Ok(PushAnswer { epoch: epoch.into(), number, digest, results, records: Vec::new() })
    }

    fn pull(&self, _token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        let state = self.state();
        if state.is_away {
            return lost();
        }
        let after: u64 = ask.after.map_or(0, |cursor| cursor.parse().expect("a cursor that was handed out"));
        let newer = state.records.values().filter(|(sequence, _)| *sequence > after);
        let records = newer.map(|(_, record)| record.clone()).collect();
        let epoch = state.epoch.unwrap_or(EPOCH).into();
        Ok(PullAnswer { epoch, records, cursor: state.sequence.to_string(), more: false })
    }

    fn blob_state(&self, _token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        self.carry(Call::Ask(id), |state| {
            if let Some(whole) = state.complete.get(&id) {
                return Ok(Some(BlobProgress { offset: whole.len() as u64, complete: true }));
            }
            let held = state.unfinished.get(&id);
            Ok(held.map(|held| BlobProgress { offset: held.len() as u64, complete: false }))
        })
    }

    fn send_blob(
        &self,
        _token: &str,
        id: BlobId,
        offset: u64,
        total: u64,
        bytes: &[u8],
    ) -> Result<u64, TransportError> {
        self.carry(Call::Send(id, offset, bytes.len()), |state| {
            state.travel(bytes.len())?;
            state.take(id, offset, total, bytes)
        })
    }

    fn get_blob(&self, _token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        self.carry(Call::Get(id), |state| Ok(state.complete.get(&id).cloned()))
    }

    fn live(&self, _token: &str, stop: &AtomicBool, on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        let mut state = self.state();
        if state.has_no_live {
            return Err(TransportError::not_offered());
        }
        let mut told = state.sequence;
        drop(state);
        on_change();
        while !stop.load(Ordering::Relaxed) {
            state = self.state();
            if state.sequence == told {
                let waited = self.moved.wait_timeout(state, Duration::from_millis(50));
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
            let has_moved = std::mem::replace(&mut told, state.sequence) != state.sequence;
            drop(state);
            if has_moved {
                on_change();
            }
        }
        Ok(())
    }
}
