//! Shapes of answers that several commands share.

pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod millis;
pub(crate) mod page;
