//! What a replica promises, in one binary: its queue, its alarms, its refill of a server, and its file.

mod alarms;
mod clock;
mod owed;
mod photos;
mod queue;
mod relay;
mod store;
mod support;
