//! Everything a screen can ask, as commands over a replica.
//!
//! Each command is declared once, in `commands`, with typed arguments and answers; the window, the browser and the
//! command line are doors to the same [`App::dispatch`].

mod app;
mod background;
mod campus;
mod command;
mod commands;
mod conflict;
mod document;
mod dto;
mod error;
mod finding;
mod inspection;
mod invitation;
mod master;
mod people;
mod photo;
mod pin;
mod plan;
mod session;
mod template;
mod time;
mod titles;

pub use app::App;
pub use background::{Background, News};
pub use command::{Access, Audience, Command, all as all_commands};
pub use dto::door::{Account, Door, DoorKind, OrganisationRef};
pub use error::CommandError;
pub use time::parse_time;
