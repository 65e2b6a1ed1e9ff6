//! The laws under the names that the crate's documentation gives them, over random histories.

mod value;
