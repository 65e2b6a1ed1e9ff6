//! What the rules promise, checked through the public API.

mod acts;
mod bad_values;
mod checked_time;
mod corrections;
mod fields;
mod findings;
mod fold_laws;
mod forms;
mod frozen;
mod grids;
mod hooks;
mod keys;
mod kinds_seen;
mod language;
mod mistakes;
mod papers;
mod places;
mod readings;
mod registers;
mod row_laws;
mod saves;
mod sheet_laws;
mod sheets;
mod sights;
mod support;
mod templates;
