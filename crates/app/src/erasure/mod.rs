//! Erasing what is kept about a person who has left, or about a child: what goes, what stays and until when, and the record that says so.
//!
//! The record names what was to go by ids alone. It is relayed as any other, so a server that was put back from an older copy hears
//! of it again, and the office takes its targets away anew, every night.

mod child;
mod naming;
mod plan;

use causal::RecordId;
use replica::{Listing, Save, new_uuid_v7};
use serde_json::json;
use uuid::Uuid;

pub(crate) use child::{is_enrolled, whole as whole_child};
pub(crate) use naming::whole;
pub(crate) use plan::{Group, Plan};

use crate::app::App;
use crate::campus::Campus;
use crate::contact::Contact;
use crate::document::{Document, field, integer, text, texts};
use crate::error::CommandError;
use crate::people;

/// The kind of the record.
pub(crate) const KIND: &str = "erasure";
/// So many of them are looked through at once; a school has some dozens.
const MOST: u64 = 10_000;

/// Who is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A person who worked here.
    Person(Uuid),
    /// A child.
    Child(Uuid),
}

impl Subject {
    /// Who a record is, where it is one that can be erased.
    pub(crate) fn of(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "person" => Some(Self::Person(id)),
            child::KIND => Some(Self::Child(id)),
            _ => None,
        }
    }

    /// The record.
    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Person(id) | Self::Child(id) => id,
        }
    }

    /// The field of the record of an erasure that names it.
    fn field(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Child(_) => child::KIND,
        }
    }
}

/// One of them, as it is carried out.
pub(crate) struct Erasure {
    /// Who.
    pub(crate) of: Option<Subject>,
    /// What was to go at once; of a child only itself, since whatever names it goes with it.
    pub(crate) targets: Vec<RecordId>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}

impl Erasure {
    fn read(document: &Document) -> Self {
        let uuid = |text: &str| Uuid::parse_str(text).ok();
        let of = |kind: &str| Subject::of(kind, text(document, kind).and_then(uuid)?);
        Self {
            of: of("person").or_else(|| of(child::KIND)),
            targets: texts(document, "targets").filter_map(uuid).map(RecordId).collect(),
            at: integer(document, "at").unwrap_or_default(),
        }
    }
}

/// All of them that this store knows.
pub(crate) fn all(app: &App) -> Result<Vec<Erasure>, CommandError> {
    let found = app.store().find(&Listing { kind: KIND, limit: MOST, ..Listing::default() })?;
    Ok(found.iter().map(|found| Erasure::read(&found.doc)).collect())
}

/// When everything about somebody was erased last, ms since 1970 UTC.
pub(crate) fn last_of(app: &App, subject: Subject) -> Result<Option<i64>, CommandError> {
    let id = subject.id().to_string();
    let listing = Listing { kind: KIND, field: Some((subject.field(), &id)), limit: MOST, ..Listing::default() };
    Ok(app.store().find(&listing)?.iter().map(|found| Erasure::read(&found.doc).at).max())
}

/// Whether somebody works here, or does again: what was erased of them before is no reason to take away what is new.
pub(crate) fn works_here(app: &App, person: Uuid) -> Result<bool, CommandError> {
    let found = app.store().find_one(RecordId(person))?.filter(|found| found.kind == "person");
    Ok(found.is_some_and(|found| found.doc.get("active") != Some(&false.into())))
}

/// Whether anything that is kept still names a person, or was written by them.
pub(crate) fn is_named(app: &App, person: Uuid) -> Result<bool, CommandError> {
    naming::is_named(app, &person.to_string())
}

/// Writes down that a plan is carried out, and takes away what an earlier version kept with the name of a person.
///
/// # Errors
/// When it cannot be saved; then nothing goes.
pub(crate) fn write(
    app: &App,
    campus: &Campus,
    subject: Subject,
    plan: &Plan,
    basis: &str,
) -> Result<(), CommandError> {
    let targets: Vec<String> = plan.targets.iter().map(ToString::to_string).collect();
    let set = vec![
        field(subject.field(), subject.id().to_string()),
        field("targets", json!(targets)),
        field("basis", basis),
        field("by", json!(app.by().as_deref())),
        field("at", json!(app.time().now)),
    ];
    let (scope, emptied) = match subject {
        Subject::Person(person) => (people::scope_of(app, person)?, emptied(app, person)?),
        // It holds ids alone, so every device may hear what is to go.
        Subject::Child(_) => (campus.id, None),
    };
    let erasure = Save {
        id: Some(RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy))),
        kind: KIND.to_owned(),
        scope,
        set,
        by: app.by(),
        ..Save::default()
    };
    app.store().save_all([erasure].into_iter().chain(emptied).collect())?;
    Ok(())
}

/// What takes away what an earlier version kept with the name of a person.
fn emptied(app: &App, person: Uuid) -> Result<Option<Save>, CommandError> {
    let held = app.store().get(RecordId(person))?;
    let moved = Contact::of(app, person)?.moved();
    Ok(held.filter(|_| !moved.is_empty()).map(|held| Save {
        id: Some(RecordId(person)),
        kind: "person".to_owned(),
        seen: Some(held.version),
        set: moved.into_iter().map(|name| field(name, serde_json::Value::Null)).collect(),
        by: app.by(),
        ..Save::default()
    }))
}
