//! The papers of patrols: 巡查记录, 每日防火巡查记录, the sheet of a day and the grids of a month, all of the same runs.
//!
//! What was due is read from the routes as they were on each day, what was walked from the runs; nothing is written of an absence, and
//! where a device cannot know that something is missing its words say so.

mod book;
mod day;
mod faults;
mod fire;
mod kind;
mod make;
mod month;
mod month_by_point;
mod points;
mod walk;
mod words;

pub(crate) use kind::PatrolPaper;
pub(in crate::sheet) use make::sheet;
