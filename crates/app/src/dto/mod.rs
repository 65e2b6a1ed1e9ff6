//! Shapes of answers that several commands share.

pub(crate) mod change;
pub(crate) mod child;
pub(crate) mod digest;
pub(crate) mod door;
pub(crate) mod entry;
pub(crate) mod field;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod gate;
pub(crate) mod key_area;
pub(crate) mod meal;
pub(crate) mod millis;
pub(crate) mod nothing;
pub(crate) mod page;
pub(crate) mod patrol;
pub mod person;
pub(crate) mod photo;
pub(crate) mod phrase;
pub(crate) mod plan;
pub(crate) mod register;
pub(crate) mod route;
pub(crate) mod sheet;
pub(crate) mod today;
pub(crate) mod value;
