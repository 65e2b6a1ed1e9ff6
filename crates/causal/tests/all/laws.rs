//! The laws under the names that the crate's documentation gives them, over random histories.

mod deletion;
mod fork;
mod history;
mod merge;
mod rename;
mod save;
mod seen;
mod state;
mod value;
