//! A network that loses what the test wants lost.

use std::sync::atomic::{AtomicU8, Ordering};

use replica::{Transport, TransportError};
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

    fn pull(&self, token: &str, after: Option<&str>, limit: u64) -> Result<PullAnswer, TransportError> {
        self.carry(|inner| inner.pull(token, after, limit))
    }
}
