//! What a list asks for, and what it shows.

use std::cmp::Ordering;

use causal::RecordId;
use uuid::Uuid;

/// A record's read values, without its state: what a list shows.
#[derive(Clone, Debug)]
pub struct ListedRecord {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its campus.
    pub scope: Option<Uuid>,
    /// Its fields by their reading rules.
    pub doc: serde_json::Map<String, serde_json::Value>,
    /// Where it stands on its way, for kinds that have one: the code of an inspection's stage or a finding's state.
    pub stage: Option<String>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub due: Option<i64>,
    /// Who has to do it.
    pub assignee: Option<String>,
}

/// Which records of a kind a list wants.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    /// The kind.
    pub kind: &'a str,
    /// Only those of this campus, and those of the whole organisation.
    pub scope: Option<Uuid>,
    /// Only those of this business day, `YYYY-MM-DD` (the field `business_date`).
    pub day: Option<&'a str>,
    /// Only those of the business days from the one to the other, both included.
    pub days: Option<(&'a str, &'a str)>,
    /// Only those that belong to this inspection (the field `inspection`).
    pub inspection: Option<RecordId>,
    /// Only those whose field of this name reads as this text; the name is a plain word.
    pub field: Option<(&'static str, &'a str)>,
    /// Only those that were made by this checklist (the field `template`).
    pub template: Option<&'a str>,
    /// Only those that stand at one of these stages; all when empty.
    pub stages: &'a [&'a str],
    /// Only those that this person has to deal with.
    pub assignee: Option<&'a str>,
    /// Only those that are due at this instant or later, ms since 1970 UTC.
    pub due_from: Option<i64>,
    /// Only those that are due before this instant, ms since 1970 UTC.
    pub due_before: Option<i64>,
    /// In which order.
    pub order: Order,
    /// Those beyond this place, in the order of the list.
    pub after: Option<ListPosition>,
    /// At most so many.
    pub limit: u64,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Smallest id first, which is oldest first where ids are made by time.
    #[default]
    Id,
    /// Largest id first.
    NewestFirst,
    /// What is due first comes first; what has no time comes last.
    Due,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPosition {
    /// The id of its last record.
    pub id: RecordId,
    /// When that is due; only the order by due asks for it.
    pub due: Option<i64>,
}

impl Order {
    /// Which of two places comes first.
    pub(super) fn compare(self, a: ListPosition, b: ListPosition) -> Ordering {
        match self {
            Self::Id => a.id.cmp(&b.id),
            Self::NewestFirst => b.id.cmp(&a.id),
            Self::Due => (a.due.unwrap_or(i64::MAX), a.id).cmp(&(b.due.unwrap_or(i64::MAX), b.id)),
        }
    }
}

impl ListedRecord {
    /// Where it stands in a list.
    pub fn place(&self) -> ListPosition {
        ListPosition { id: self.id, due: self.due }
    }
}

impl From<RecordId> for ListPosition {
    fn from(id: RecordId) -> Self {
        Self { id, due: None }
    }
}
