//! Which file imports which.

pub mod modules;
pub mod rust;
pub mod scripts;
mod tokens;
