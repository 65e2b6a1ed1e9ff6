//! A form at a place with a prefix, and nothing about inspections: the visits of a patrol run.

mod one_tablet;
mod tablet;
mod two_tablets;
