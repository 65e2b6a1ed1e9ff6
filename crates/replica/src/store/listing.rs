//! What a list asks for, and what it shows.

use std::cmp::Ordering;

use causal::RecordId;
use uuid::Uuid;

use super::visible::Visible;

/// A record's read values, without its state: what a list shows.
#[derive(Clone, Debug)]
pub struct ListedRecord {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its campus, or a compartment of one.
    pub scope: Option<Uuid>,
    /// Its fields by their reading rules, with the corrections that count.
    pub doc: serde_json::Map<String, serde_json::Value>,
    /// Where it stands on its way, for kinds that have one: the code of a stage.
    pub stage: Option<String>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub due: Option<i64>,
    /// Who has to do it.
    pub assignee: Option<String>,
    /// The business day that it belongs to, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// The area that it belongs to.
    pub place: Option<String>,
    /// Whether it holds a conflict that asks for a person's decision.
    pub is_asking: bool,
}

/// Whether a record is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    Here,
    /// It was, and was purged or deleted.
    Gone,
    /// It is not, and may never have been.
    Absent,
}

/// Which records of a kind a list wants.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    /// The kind.
    pub kind: &'a str,
    /// Only those of these campuses and compartments, and those of the whole organisation; all when empty.
    pub scopes: &'a [Uuid],
    /// Only those that somebody may see; all when left out.
    pub visible: Option<&'a Visible>,
    /// Only those of this business day, `YYYY-MM-DD`.
    pub day: Option<&'a str>,
    /// Only those of the business days from the one to the other, both included.
    pub days: Option<(&'a str, &'a str)>,
    /// Only those that hang on this record: an inspection, a shift.
    pub parent: Option<RecordId>,
    /// Only those that are about this: a meter, an asset, a person.
    pub about: Option<&'a str>,
    /// Only those whose field of this name reads as this text; the name is a plain word.
    pub field: Option<(&'static str, &'a str)>,
    /// Only those that were made by this checklist (the field `template`).
    pub template: Option<&'a str>,
    /// Only those that stand at one of these stages; all when empty.
    pub stages: &'a [&'a str],
    /// Only those that this person has to deal with.
    pub assignee: Option<&'a str>,
    /// Only those on which an act of this person does not count.
    pub uncounted: Option<&'a str>,
    /// Only those that are due at this instant or later, ms since 1970 UTC.
    pub due_from: Option<i64>,
    /// Only those that are due before this instant, ms since 1970 UTC.
    pub due_before: Option<i64>,
    /// Whether no more is asked for than what the hooks of a register read: documents may hold that alone, and stages and days beside
    /// it; for kinds with hooks.
    pub is_for_hooks: bool,
    /// Only those that a search for this finds.
    pub text: Option<&'a str>,
    /// In which order.
    pub order: Order,
    /// The field whose text [`Order::Text`] goes by; a plain word.
    pub by: Option<&'a str>,
    /// Those beyond this position, in the order of the list.
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
    /// The latest day first, and of one day the largest id; what has no day comes last.
    NewestDay,
    /// What is due first comes first; what has no time comes last.
    Due,
    /// By the text of the field [`Listing::by`]; what has none comes first.
    Text,
}

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPosition {
    /// The id of its last record.
    pub id: RecordId,
    /// When that is due; only the order by due asks for it.
    pub due: Option<i64>,
    /// Its business day; only the order by day asks for it.
    pub day: Option<String>,
    /// The text of its field; only the order by text asks for it.
    pub text: Option<String>,
}

impl Order {
    /// Which of two positions comes first.
    pub(super) fn compare(self, a: &ListPosition, b: &ListPosition) -> Ordering {
        match self {
            Self::Id => a.id.cmp(&b.id),
            Self::NewestFirst => b.id.cmp(&a.id),
            Self::NewestDay => (&b.day, b.id).cmp(&(&a.day, a.id)),
            Self::Text => {
                let text = |position: &ListPosition| position.text.clone().unwrap_or_default();
                (text(a), a.id).cmp(&(text(b), b.id))
            }
            Self::Due => (a.due.unwrap_or(i64::MAX), a.id).cmp(&(b.due.unwrap_or(i64::MAX), b.id)),
        }
    }
}

impl Listing<'_> {
    /// Where a record stands in this list.
    pub fn position_of(&self, found: &ListedRecord) -> ListPosition {
        let text = self.by.and_then(|by| found.doc.get(by)?.as_str()).map(str::to_owned);
        ListPosition { text, ..found.position() }
    }
}

impl ListedRecord {
    /// Where it stands in a list that is not by a text.
    pub fn position(&self) -> ListPosition {
        ListPosition { id: self.id, due: self.due, day: self.day.clone(), text: None }
    }
}

impl From<RecordId> for ListPosition {
    fn from(id: RecordId) -> Self {
        Self { id, due: None, day: None, text: None }
    }
}
