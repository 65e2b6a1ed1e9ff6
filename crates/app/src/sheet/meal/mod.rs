//! The papers of meals: 日管控, and the ledgers of the kitchen against each other.
//!
//! Both follow from the cards of the days, and write nothing that nobody looked at: what is missing is a gap with its name, and what
//! was only not heard of says so.

mod daily;
mod filled;
mod kind;
mod ledgers;
mod make;
mod words;

pub(crate) use kind::MealPaper;
pub(in crate::sheet) use kind::sees_all;
pub(in crate::sheet) use make::sheet;
