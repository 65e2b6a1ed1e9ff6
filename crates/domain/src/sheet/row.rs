//! What a register's paper is made of: the rows of a period, and how they are said.

use chrono::NaiveDate;
use serde_json::Value;

use super::shape::Source;
use crate::field::{Document, Speech};
use crate::register::Register;
use crate::sight::{Gone, Sight};

/// A row as it was read from a store.
#[derive(Clone, Debug, Default)]
pub struct SourceRow {
    /// The record.
    pub id: String,
    /// Its fields as they count, those of its parts among them.
    pub document: Document,
    /// Its fields as they were written, where something was corrected or an act says what its author saw.
    pub original: Option<Document>,
    /// The parts that are not here, and why.
    pub gone: Vec<(String, Gone)>,
    /// What other rows say, for the fields that show it: the row before, and what hooks work out.
    pub earlier: Vec<(String, Value)>,
    /// The day that it belongs to.
    pub day: Option<NaiveDate>,
    /// The area that it belongs to.
    pub place: Option<String>,
    /// Whether it is void.
    pub is_void: bool,
    /// Whether it was written later than it should have been.
    pub is_late: bool,
    /// Whether people disagree about something in it.
    pub is_contested: bool,
}

/// What a sheet is made with.
pub struct Making<'a> {
    /// The register.
    pub register: &'a Register,
    /// How values are said.
    pub speech: Speech<'a>,
    /// The sheet's own sight: whoever gets the sheet gets this one.
    pub sight: &'a Sight,
    /// Where it comes from.
    pub source: Source,
    /// How many rows only a newer app can read.
    pub newer: usize,
}
