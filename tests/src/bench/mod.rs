//! What the benchmarks share: records as a school has them, processor time, and the table that is printed.

mod cpu;
mod deliveries;
mod patrols;
mod registers;
mod school_years;
mod table;

pub use cpu::{of_children, of_process, of_this_thread};
pub use deliveries::Deliveries;
pub use patrols::Patrols;
pub use registers::{BARE, Registers};
pub use school_years::{NOW_MS, Years, inspection};
pub use table::{Aim, Row, Unit, share};
