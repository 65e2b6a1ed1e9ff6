//! A row of a register as it stands in the store. No kind's name stands here: what differs between registers, their declarations say.

pub(crate) mod declared;
pub(crate) mod earlier;
pub(crate) mod facts;
pub(crate) mod finding;
pub(crate) mod naming;
pub(crate) mod parts;
pub(crate) mod preset;
pub(crate) mod row;
pub(crate) mod saving;
pub(crate) mod view;

use causal::{RecordId, State};
use domain::register::{FoldedRow, Register, Right, Standing, fold, hold_scope, register, standing};
use replica::ListPosition;
use serde_json::Value;
use uuid::Uuid;

use self::facts::Facts;
use self::parts::Parts;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::sight::Viewer;

/// One row.
pub(crate) struct Entry {
    /// Its record.
    pub(crate) id: RecordId,
    /// What somebody who reads it now has seen, its parts included.
    pub(crate) version: String,
    /// Its register.
    pub(crate) register: &'static Register,
    /// What merges: who wrote what.
    pub(crate) state: State,
    /// Its fields as they were written, by their reading rules, those of its parts among them.
    pub(crate) document: Document,
    /// Its fields as they count, and what became of its acts.
    pub(crate) folded: FoldedRow,
    /// Where it stands.
    pub(crate) standing: Standing,
    /// Its campus.
    pub(crate) campus: Campus,
    /// Its parts.
    pub(crate) parts: Parts,
}

impl Entry {
    /// The row `id`, whoever asks.
    ///
    /// # Errors
    /// `not-found` where there is no row of a known register.
    pub(crate) fn load(app: &App, id: RecordId) -> Result<Self, CommandError> {
        let reading = app.store().get(id)?.filter(|reading| !reading.record.state.is_deleted());
        let reading = reading.ok_or_else(|| absent(id))?;
        let kind = reading.record.kind.clone();
        let register = register(&kind).ok_or_else(|| absent(id))?;
        let mut document = domain::reading::read(&kind, &reading.record.state);
        let campus = campus_of(app, reading.record.scope, &document)?;
        let parts = Parts::load(app, register, id, campus.id)?;
        document.extend(parts.read());
        Ok(Self {
            id,
            version: parts.version(&reading.version),
            register,
            folded: fold(register, &document),
            standing: standing(&kind, &document),
            state: reading.record.state,
            document,
            campus,
            parts,
        })
    }

    /// The row `id`, when the person who works sees it, and who that is.
    ///
    /// # Errors
    /// `not-found` for a row that is not here and for one that is not seen alike.
    pub(crate) fn seen(app: &App, id: RecordId) -> Result<(Self, Viewer), CommandError> {
        let entry = Self::load(app, id)?;
        let viewer = Viewer::here(app, &entry.campus)?;
        if !entry.is_seen_by(&viewer) {
            return Err(absent(id));
        }
        Ok((entry, viewer))
    }

    /// Whether somebody sees it.
    pub(crate) fn is_seen_by(&self, viewer: &Viewer) -> bool {
        self.grants(viewer, Right::See)
    }

    /// Whether somebody has a right over it.
    pub(crate) fn grants(&self, viewer: &Viewer, right: Right) -> bool {
        self.facts().grant(viewer, self.register, right)
    }

    /// What rights over it are decided by.
    pub(crate) fn facts(&self) -> Facts {
        Facts::new(self.register, &self.folded.document, &self.standing)
    }

    /// Whether only a newer app can read it.
    pub(crate) fn is_newer(&self) -> bool {
        is_newer(&self.document) || self.folded.is_newer()
    }

    /// Where it stands in a list by day.
    pub(crate) fn position(&self) -> ListPosition {
        ListPosition { id: self.id, due: None, day: self.standing.day.clone(), text: None }
    }

    /// What fields of it show of the row before.
    pub(crate) fn earlier(&self, app: &App) -> Vec<(String, Value)> {
        let position = self.position();
        self.register.earlier(&self.folded.document, &|field, by, value| {
            earlier::value(app, &self.campus, self.register, Some(&position), (field, by, value))
        })
    }

    /// Whether something is left to do about it.
    pub(crate) fn is_open(&self) -> bool {
        self.standing.is_open
    }
}

/// The version of the declarations that this app writes by; a row that a later one wrote is kept, and not shown.
const DECLARED: u32 = 1;

/// What a row says of the declaration that it was written by.
pub(crate) fn form(register: &Register) -> String {
    format!("{}@{DECLARED}", register.kind)
}

/// Whether a later version of its declaration wrote a row.
pub(crate) fn is_newer(document: &Document) -> bool {
    let number = text(document, "form").and_then(|form| form.rsplit_once('@')?.1.parse::<u32>().ok());
    number.is_some_and(|number| number > DECLARED)
}

/// The scopes in which the rows of a register lie on a campus; all where no campus is known.
pub(crate) fn scopes(campus: &Campus, register: &Register) -> Vec<Uuid> {
    campus.id.map(|campus| register.hold.map_or(campus, |hold| hold_scope(campus, hold))).into_iter().collect()
}

/// The campus that a row belongs to: the one that it names, where it lies in a compartment, else its scope.
pub(crate) fn campus_of(app: &App, scope: Option<Uuid>, document: &Document) -> Result<Campus, CommandError> {
    let named = text(document, "campus").and_then(|campus| Uuid::parse_str(campus).ok());
    Campus::load(app, named.or(scope))
}

/// The one refusal of a row that is not here and of one that is not seen.
pub(crate) fn absent(id: RecordId) -> CommandError {
    CommandError::not_found(format_args!("there is no entry {id} here")).field("id")
}

/// The register that an argument names, where the person who works has to do with it.
///
/// # Errors
/// `not-found`, about the argument `kind`.
pub(crate) fn named(kind: &str) -> Result<&'static Register, CommandError> {
    register(kind).ok_or_else(|| unknown_kind(kind))
}

/// The one refusal of a register that there is not, and of one whose rows are not seen.
pub(crate) fn unknown_kind(kind: &str) -> CommandError {
    CommandError::not_found(format_args!("there is no register {kind} here")).field("kind")
}
