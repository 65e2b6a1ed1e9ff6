//! The commands as a tablet gives them: through `App::dispatch`, with a clock and ids that the test chooses.

mod bad_input;
mod cases;
mod clock;
mod conflicts;
mod deletions;
mod doors;
mod drafts;
mod enrolment;
mod entries;
mod findings;
mod follow_up;
mod forms;
mod golden;
mod kitchen;
mod licences;
mod outcomes;
mod people;
mod photos;
mod plan;
mod rights;
mod schema;
mod settings;
mod submits;
mod support;
mod today;
mod together;
