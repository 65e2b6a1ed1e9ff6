//! `GET /v1/pull`

use causal::Record;
use serde::{Deserialize, Serialize};

use crate::RecordsWriter;
use crate::decode::{ShapeError, parse};
use crate::push::valid_records;
use crate::raw::{Object, RawRecord, Text};

/// Records in a page when the reader does not say.
pub const DEFAULT_PULL_LIMIT: u64 = 200;
/// The most records a reader may ask for in one page.
pub const MAX_PULL_LIMIT: u64 = 1_000;

/// One page of the feed.
#[derive(Debug)]
pub struct PullAnswer {
    /// The server's epoch.
    pub epoch: String,
    /// The newest states after the reader's cursor, oldest change first.
    pub records: Vec<Record>,
    /// Where the next page starts; opaque.
    pub cursor: String,
    /// Whether there is a next page now.
    pub more: bool,
}

#[derive(Deserialize)]
struct RawPage<'a> {
    epoch: String,
    #[serde(borrow)]
    replicas: Vec<Text<'a>>,
    #[serde(borrow)]
    records: Vec<Object<RawRecord<'a>>>,
    cursor: String,
    more: bool,
}

#[derive(Serialize)]
struct PageHead<'a> {
    epoch: &'a str,
}

#[derive(Serialize)]
struct PageEnd<'a> {
    cursor: &'a str,
    more: bool,
}

impl PullAnswer {
    /// Reads the body of a page.
    ///
    /// # Errors
    /// [`ShapeError`], also when one of its records is not valid.
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let raw: RawPage<'_> = parse(body)?;
        let records = valid_records(&raw.replicas, &raw.records)?;
        Ok(Self { epoch: raw.epoch, records, cursor: raw.cursor, more: raw.more })
    }
}

/// The body of a page.
pub fn encode_pull_answer(epoch: &str, records: RecordsWriter, cursor: &str, more: bool) -> Vec<u8> {
    records.message(&PageHead { epoch }, &PageEnd { cursor, more })
}
