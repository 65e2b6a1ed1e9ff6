//! The time that a device may rely on.
//!
//! A tablet's wall clock is a guess: its battery dies in a drawer, and it starts in 2016.
//! Beside it stands a steady clock that nobody can set, which counts from each start of the machine, sleep included.
//! A time is *checked* while, since this start, the device's own server or a person has said what time it is, and both
//! clocks have moved alike since then.
//!
//! What is decided by a date is decided by checked time alone; an unchecked clock refuses nothing.

mod clock;
mod knowledge;
mod span;

pub use clock::{Boot, CheckedTime, ClockCorrection, ClockReading, ClockStamp, ClockState, Steady};
pub use knowledge::{ClockKnowledge, Contradiction, ServerTime, VouchError};
pub use span::{Moment, Span, span};
