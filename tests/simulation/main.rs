//! Whole school weeks in seconds: tablets, a server, lost messages, clones and backups, decided by a seed.
//!
//! What is checked is the promise: every value that anybody saved is live, or was replaced by somebody who had seen it,
//! on every tablet.

mod ledger;
mod random_weeks;
mod rows;
mod silent_server;
mod twins;
mod world;
