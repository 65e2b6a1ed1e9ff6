//! The rules of the protocol, without HTTP: on a store in memory, or on a database where the tests are given one.

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
mod servers;
#[cfg(unix)]
mod shaken;
mod support;
