//! The tags of a campus, and which point each of them means.

use causal::RecordId;
use domain::reading::{conflicts, read};
use domain::route::{LABEL_PREFIX, norm};
use replica::{Listing, Reading};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::TAG;
use crate::app::App;
use crate::document::{Document, text};
use crate::dto::route::{TagOld, TagRow};
use crate::error::CommandError;
use crate::load::load_seen;
use crate::names::Names;

/// More are no campus's: a page is read at a time, so a large one is slower and never cut.
const PAGE: u64 = 1_000;

/// A tag that is here.
pub(crate) struct StoredTag {
    /// Its record.
    pub(crate) id: Uuid,
    /// Its campus.
    pub(crate) scope: Option<Uuid>,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// The point at which it hangs.
    pub(crate) checkpoint: Option<Uuid>,
    /// Its number among the labels of its point.
    pub(crate) label: Option<u64>,
    document: Document,
    is_disputed: bool,
}

impl StoredTag {
    /// The tag `id`, as far as the person who works sees it.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`, about the argument `id`.
    pub(crate) fn seen(app: &App, id: Uuid) -> Result<Self, CommandError> {
        load_seen(app, TAG, RecordId(id)).map(Self::of)
    }

    fn of(reading: Reading) -> Self {
        let record = &reading.record;
        let document = read(TAG, &record.state);
        let disputed = conflicts(TAG, &record.state);
        Self {
            id: record.id.0,
            scope: record.scope,
            version: reading.version.clone(),
            checkpoint: text(&document, "checkpoint").and_then(|id| Uuid::parse_str(id).ok()),
            label: document.get("label").and_then(Value::as_u64),
            is_disputed: disputed.iter().any(|conflict| conflict.field == "checkpoint"),
            document,
        }
    }

    /// Whether it is no longer used.
    pub(crate) fn is_old(&self) -> bool {
        self.old().is_some()
    }

    /// The tag that hangs in its place, where it was replaced.
    pub(crate) fn next(&self) -> Option<Uuid> {
        self.old()?.get("next")?.as_str().and_then(|id| Uuid::parse_str(id).ok())
    }

    fn old(&self) -> Option<&Map<String, Value>> {
        self.document.get("old")?.as_object()
    }

    /// How readers spell it.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        let entries = self.document.iter().filter(|(name, _)| name.starts_with("spellings/"));
        entries.filter_map(|(_, value)| value.as_str())
    }

    /// The text of a label that was printed here: the spelling that begins as ours do.
    pub(crate) fn label_text(&self) -> Option<&str> {
        self.spellings().find(|spelling| spelling.starts_with(LABEL_PREFIX))
    }

    /// Whether two tablets gave it to two points, and nobody has chosen yet.
    pub(crate) fn is_disputed(&self) -> bool {
        self.is_disputed
    }

    /// The tag as screens show it.
    pub(crate) fn view(&self, names: &Names<'_>) -> TagRow {
        let old = self.old().map(|old| TagOld {
            by: old.get("by").and_then(Value::as_str).map(|by| names.person(by)),
            at: old.get("at").and_then(Value::as_i64),
            next: self.next(),
        });
        TagRow {
            id: self.id,
            checkpoint: self.checkpoint,
            checkpoint_name: self.checkpoint.and_then(|id| names.name(&id.to_string())),
            spellings: self.spellings().map(str::to_owned).collect(),
            label: self.label,
            old,
            is_disputed: self.is_disputed,
            version: self.version.clone(),
        }
    }
}

/// A tag as it is compared, from what a person or a reader typed.
///
/// # Errors
/// `bad-arguments`, about `argument`, when it is none.
pub(crate) fn checked_norm(argument: &str, text: &str) -> Result<String, CommandError> {
    norm(text).map_err(|error| CommandError::bad_argument(argument, error))
}

/// Every tag of a campus, in the order in which they were made.
pub(crate) fn tags_of(app: &App, campus: Option<Uuid>) -> Result<Vec<StoredTag>, CommandError> {
    let mut tags = Vec::new();
    let mut after = None;
    loop {
        let listing = Listing { kind: TAG, scopes: campus.as_slice(), after, limit: PAGE, ..Listing::default() };
        let page = app.store().find(&listing)?;
        for found in &page {
            if let Some(reading) = app.store().get(found.id)? {
                tags.push(StoredTag::of(reading));
            }
        }
        match page.last().filter(|_| u64::try_from(page.len()) == Ok(PAGE)) {
            Some(last) => after = Some(last.position()),
            None => return Ok(tags),
        }
    }
}
