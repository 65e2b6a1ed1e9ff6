//! Everything a screen can ask, as commands over a replica.
//!
//! Each command is declared once, in `commands`, with typed arguments and answers; the window, the browser and the
//! command line are doors to the same [`App::dispatch`].

mod app;
mod background;
mod begin;
mod called;
mod campus;
mod child;
mod command;
mod commands;
mod conflict;
mod contact;
mod dispatch;
mod document;
mod drafts;
mod dto;
mod entry;
mod envelope;
mod erasure;
mod error;
mod exports;
mod finding;
mod form;
mod fresh;
mod hand;
mod hearing;
mod import;
mod inspection;
mod invitation;
mod load;
mod locking;
mod master;
mod meal;
mod names;
mod patrol;
mod people;
mod photo;
mod picture;
mod pin;
mod places;
mod plan;
mod qr;
mod raising;
mod retention;
mod route;
mod session;
mod sheet;
mod showing;
mod sight;
mod signature;
mod template;
mod time;
mod titles;
mod today;
mod voucher;
mod words;

pub use app::{App, KnownDevice};
pub use background::{Background, News, Telling};
pub use begin::Beginning;
pub use command::{Access, Audience, Command, decode_arguments, schemas};
pub use dispatch::all_commands;
pub use dto::door::{Account, Door, DoorKind, OrganisationRef};
pub use dto::person::PersonRef;
pub use error::CommandError;
pub use exports::SheetFile;
pub use hearing::Hearing;
pub use import::MAX_IMPORT_BYTES;
pub use invitation::Invitation;
pub use picture::{
    KeptPhoto, MAX_PHOTO_BYTES, clean as clean_photo, sniff as photo_type, too_large as photo_too_large,
};
pub use showing::BlobSight;
pub use time::parse_time;
pub use titles::Language;
pub use wire::ProblemType;
pub use words::{PersonState, RecordSight, Words};
