//! One row of a register as it stands in the store.

use causal::{RecordId, State};
use domain::register::{FoldedRow, Register, Right, Standing, fold, register, standing};
use replica::ListPosition;
use serde_json::Value;

use super::earlier;
use super::facts::Facts;
use super::parts::Parts;
use super::place::{absent, campus_of, is_newer};
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
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
        let standing = standing(&kind, &document);
        let campus = campus.on(standing.day.as_deref());
        Ok(Self {
            id,
            version: parts.version(&reading.version),
            register,
            folded: fold(register, &document),
            standing,
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

    /// The names of what stands in it that only a newer app knows: fields, acts, and fields with an option that there is not.
    pub(crate) fn unknown(&self) -> Vec<String> {
        self.parts.raw(self.register, &self.folded.document).unknown()
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
