//! The parts of a row: records of their own, with readers and a time of their own.

use causal::{RecordId, State};
use domain::register::{Part, Register, hold_scope, part_id};
use domain::sight::{Gone, Raw};
use replica::{Presence, Reading, Saved};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::error::CommandError;
use crate::locking::is_locked;

/// The parts of one row.
#[derive(Default)]
pub(crate) struct Parts(Vec<PartOfRow>);

/// One part of one row.
pub(crate) struct PartOfRow {
    /// Its declaration.
    pub(crate) part: &'static Part,
    /// The row that it is a part of.
    pub(crate) row: RecordId,
    /// The id of its record.
    pub(crate) id: RecordId,
    /// The kind of its record.
    pub(crate) kind: String,
    /// The scope of its record.
    pub(crate) scope: Option<Uuid>,
    reading: Option<Reading>,
    gone: Option<Gone>,
    /// Its fields.
    fields: Vec<&'static str>,
}

/// Stands before the version of a part in the version of its row.
const MARK: &str = "|";

impl Parts {
    /// The parts of the row `row` on a campus.
    pub(crate) fn load(
        app: &App,
        register: &'static Register,
        row: RecordId,
        campus: Option<Uuid>,
    ) -> Result<Self, CommandError> {
        register
            .parts
            .iter()
            .map(|part| PartOfRow::load(app, register, part, row, campus))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The fields of those that are here.
    pub(crate) fn read(&self) -> impl Iterator<Item = (String, Value)> + '_ {
        self.0.iter().filter_map(|part| Some(part.read(&part.reading.as_ref()?.record.state))).flatten()
    }

    /// Those that are gone, and why.
    pub(crate) fn gone(&self) -> impl Iterator<Item = (&str, Gone)> {
        self.0.iter().filter_map(|part| Some((part.part.name.as_str(), part.gone?)))
    }

    /// A row without those that are gone.
    pub(crate) fn raw<'r>(&'r self, register: &'r Register, document: &'r Document) -> Raw<'r> {
        self.gone().fold(Raw::new(register, document), |raw, (part, gone)| raw.without(part, gone))
    }

    /// The version of a row whose form had seen `seen`, after these saves of it and of its parts.
    pub(crate) fn version_after(&self, seen: &str, row: RecordId, saved: &[Saved]) -> String {
        let seen = versions(seen);
        let of = |id: RecordId, at: usize| {
            let new = saved.iter().find(|saved| saved.id == id).map(|saved| saved.version.as_str());
            new.unwrap_or_else(|| seen.get(at).copied().unwrap_or_default())
        };
        let parts = self.0.iter().enumerate().map(|(at, part)| of(part.id, at + 1));
        std::iter::once(of(row, 0)).chain(parts).collect::<Vec<_>>().join(MARK)
    }

    /// The version of a row with its parts.
    pub(super) fn version(&self, row: &str) -> String {
        let parts = self.0.iter().map(|part| part.reading.as_ref().map_or("", |reading| reading.version.as_str()));
        std::iter::once(row).chain(parts).collect::<Vec<_>>().join(MARK)
    }

    /// The states of the parts that are here, for what stands in several values.
    pub(crate) fn states(&self) -> impl Iterator<Item = (&str, &State)> {
        self.0.iter().filter_map(|part| Some((part.kind.as_str(), &part.reading.as_ref()?.record.state)))
    }

    /// The part that a field stands in.
    pub(crate) fn of(&self, part: Option<&str>) -> Option<&PartOfRow> {
        self.0.iter().find(|own| Some(own.part.name.as_str()) == part)
    }

    /// All parts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &PartOfRow> {
        self.0.iter()
    }
}

impl PartOfRow {
    /// The part of a row that may not be there yet.
    pub(crate) fn load(
        app: &App,
        register: &'static Register,
        part: &'static Part,
        row: RecordId,
        campus: Option<Uuid>,
    ) -> Result<Self, CommandError> {
        let id = RecordId(part_id(row.0, &part.name));
        let scope = campus.map(|campus| part.hold.or(register.hold).map_or(campus, |hold| hold_scope(campus, hold)));
        let held = app.store().get(id)?.filter(|reading| !reading.record.state.is_deleted());
        let is_away = part.hold.or(register.hold).is_some() && is_locked(app, &Campus::load(app, campus)?)?;
        let is_locked = is_away && held.is_some();
        let reading = held.filter(|_| !is_away);
        let gone = match (&reading, app.store().presence(id)?) {
            _ if is_locked => Some(Gone::Hold),
            (None, Presence::Gone) => Some(Gone::Keep),
            (None, Presence::Absent) if !serves(app, scope)? => Some(Gone::Hold),
            _ => None,
        };
        let fields = register.fields.iter().filter(|field| field.part.as_deref() == Some(&part.name));
        let fields = fields.map(|field| field.name.as_str()).collect();
        Ok(Self { part, row, id, kind: format!("{}_{}", register.kind, part.name), scope, reading, gone, fields })
    }

    /// What somebody who reads it now has seen; empty where it is not here.
    pub(crate) fn version(&self) -> &str {
        self.reading.as_ref().map_or("", |reading| &reading.version)
    }

    /// Whether it is here.
    pub(crate) fn is_here(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether it can no longer be written.
    pub(crate) fn is_gone(&self) -> bool {
        self.gone.is_some()
    }

    /// The values of its fields alone; the envelope of its record is its own.
    fn read(&self, state: &State) -> impl Iterator<Item = (String, Value)> + '_ {
        let read = domain::reading::read(&self.kind, state).into_iter();
        read.filter(|(path, _)| {
            self.fields.iter().any(|name| {
                path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest == "_as" || rest.starts_with('/'))
            })
        })
    }
}

/// The versions that an opaque one is made of: of the row, then of each part.
pub(crate) fn versions(version: &str) -> Vec<&str> {
    version.split(MARK).collect()
}

/// Whether this device gets the records of a scope.
pub(super) fn serves(app: &App, scope: Option<Uuid>) -> Result<bool, CommandError> {
    let scopes = app.store().enrolment()?.and_then(|enrolment| enrolment.scopes);
    Ok(match (scopes, scope) {
        (Some(scopes), Some(scope)) => scopes.contains(&scope),
        _ => true,
    })
}
