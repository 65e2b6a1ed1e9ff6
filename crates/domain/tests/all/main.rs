//! What the rules promise, checked through the public API.

mod acts;
mod bad_values;
mod checked_time;
mod corrections;
mod fields;
mod findings;
mod forms;
mod frozen;
mod grids;
mod hooks;
mod kinds_seen;
mod language;
mod mistakes;
mod papers;
mod patrol;
mod places;
mod readings;
mod registers;
mod saves;
mod sheets;
mod sights;
mod support;
mod templates;
