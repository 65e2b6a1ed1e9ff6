//! The rules of a school patrol: templates and scores, findings and their states, roles, settings, days, and how
//! records are read.
//!
//! Everything here is a pure function of its arguments: there is no file, no network, no clock and no randomness.
//! What comes from outside is parsed once and never panics; what does not fit is shown raw and left out of scores.

pub mod answer;
pub mod calendar;
pub mod canonical;
pub mod causality;
pub mod checked_time;
pub mod child;
pub mod correction;
pub mod decimal;
pub mod director;
pub mod due;
pub mod field;
pub mod finding;
pub mod form;
pub mod gate;
pub mod heard;
pub mod id;
pub mod inspection;
pub mod kind;
pub mod meal;
pub mod paper;
pub mod patrol;
pub mod permission;
pub mod reading;
pub mod register;
pub mod retention;
pub mod role;
pub mod route;
pub mod schedule;
pub mod served;
pub mod setting;
pub mod severity;
pub mod sheet;
pub mod sight;
pub mod signature;
pub mod sleeps;
pub mod template;
pub mod text;
pub mod time;
