//! A network that loses what the test wants lost.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use replica::{BlobId, BlobProgress, PullAsk, Transport, TransportError};
use wire::{EnrolAnswer, EnrolRequest, PullAnswer, PushAnswer};

/// What the network does with the next calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It carries them.
    None,
    /// It loses the request: the server never hears of it.
    LostRequest,
    /// It loses the answer: the server has done what was asked.
    LostAnswer,
}

/// A transport that can be made to lose messages.
pub struct FaultyTransport<T> {
    inner: T,
    fault: AtomicU8,
}

impl<T: Transport> FaultyTransport<T> {
    /// A network that carries everything, until told otherwise.
    pub fn new(inner: T) -> Self {
        Self { inner, fault: AtomicU8::new(0) }
    }

    /// Tells the network what to do with the next calls.
    pub fn set(&self, fault: Fault) {
        self.fault.store(fault as u8, Ordering::Relaxed);
    }

    fn carry<A>(&self, call: impl FnOnce(&T) -> Result<A, TransportError>) -> Result<A, TransportError> {
        let fault = self.fault.load(Ordering::Relaxed);
        let lost = || Err(TransportError::NoAnswer("lost".into()));
        if fault == Fault::LostRequest as u8 {
            return lost();
        }
        let answer = call(&self.inner);
        if fault == Fault::LostAnswer as u8 { lost() } else { answer }
    }
}

impl<T: Transport> Transport for FaultyTransport<T> {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        self.carry(|inner| inner.enrol(request))
    }

    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        self.carry(|inner| inner.push(token, body))
    }

    fn pull(&self, token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        self.carry(|inner| inner.pull(token, ask))
    }

    fn blob_state(&self, token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        self.carry(|inner| inner.blob_state(token, id))
    }

    fn send_blob(&self, token: &str, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Result<u64, TransportError> {
        self.carry(|inner| inner.send_blob(token, id, offset, total, bytes))
    }

    fn get_blob(&self, token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        self.carry(|inner| inner.get_blob(token, id))
    }

    fn live(&self, token: &str, stop: &AtomicBool, on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        self.carry(|inner| inner.live(token, stop, on_change))
    }
}
