//! The rules of the protocol, on a store in memory, without HTTP.

mod blobs;
mod chain;
mod enrolment;
mod feed;
mod forks;
mod histories;
mod laws;
mod limits;
mod purging;
mod refill;
mod rights;
mod support;
