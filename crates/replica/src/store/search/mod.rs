//! Search as one types: Chinese words, their pinyin and its initials, Latin words and numbers.
//!
//! A record is found by what stands in it and by what a list shows as its title; names of other records in that title are
//! found by what those records are called now.
//! Found are, in this order: people, places and other master data by their names; other records by their titles; the rest; and
//! among each the newest first. Each of the three is read from its newest end and no further than is asked for, so a word that
//! stands everywhere costs no more than a rare one.
//! (SQLite's own rank, BM25, reads every entry of a word before it says anything of the first.)

mod cut;
mod entry;
mod find;
mod pinyin;
mod query;
mod rules;
mod spelled;
mod token;
mod words;

pub(super) use self::entry::{enter, index, remove, wait};
pub(super) use self::find::{expression, find};
pub(super) use self::query::Query;
#[cfg(test)]
pub(super) use self::rules::WORDS;
pub(super) use self::rules::follow_rules;
pub use self::spelled::is_spelled;
pub(super) use self::words::Words;
