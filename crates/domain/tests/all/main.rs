//! What the rules promise, checked through the public API.

mod acts;
mod checked_time;
mod corrections;
mod fields;
mod findings;
mod forms;
mod frozen;
mod language;
mod places;
mod readings;
mod registers;
mod saves;
mod sheets;
mod sights;
mod support;
mod templates;
