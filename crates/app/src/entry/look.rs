//! Any record as the person who works may look at it: a row by the sight of its register, anything else as ever.
//!
//! What is older than registers, such as a search, a list of conflicts or a queue, asks here before it says a word of a record.

use causal::{Record, RecordId, State};
use domain::correction::apply;
use domain::permission::Permission;
use domain::register::{Register, Right, all, fold_corrected, register, standing_of};
use domain::sight::Rows;
use serde_json::Value;

use super::facts::Facts;
use super::naming::Naming;
use super::place::campus_of;
use crate::app::{App, Author};
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::phrase::Phrase;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// One record as somebody looks at it.
pub(crate) struct Look {
    row: Row,
}

enum Row {
    /// It is no row of a register.
    Other,
    /// It is a part of one, and shown with it alone; or a signed paper, for who sees every row of its register.
    Whole { is_seen: bool },
    /// It is one.
    Of(Box<SeenRow>),
}

struct SeenRow {
    register: &'static Register,
    campus: Campus,
    viewer: Viewer,
    counts: Document,
    is_seen: bool,
}

impl Look {
    /// At a record.
    pub(crate) fn at(app: &App, record: &Record) -> Result<Self, CommandError> {
        Self::of(app, &record.kind, record.scope, &record.state)
    }

    fn of(app: &App, kind: &str, scope: Option<uuid::Uuid>, state: &State) -> Result<Self, CommandError> {
        if kind == PAPER {
            return Ok(Self { row: Row::Whole { is_seen: sees_paper(app, scope, state)? } });
        }
        let Some(register) = register(kind) else {
            let is_support = app.by().is_none() && matches!(app.worker(), Author::Fixed(None));
            let row = if is_part(kind) { Row::Whole { is_seen: is_support } } else { Row::Other };
            return Ok(Self { row });
        };
        let document = domain::reading::read(kind, state);
        let campus = campus_of(app, scope, &document)?;
        let viewer = Viewer::here(app, &campus)?;
        let corrected = apply(kind, &document);
        let standing = standing_of(kind, &corrected);
        let counts = fold_corrected(register, &corrected).document;
        let is_seen = Facts::new(register, &counts, &standing).grant(&viewer, register, Right::See);
        Ok(Self { row: Row::Of(Box::new(SeenRow { register, campus, viewer, counts, is_seen })) })
    }

    /// Whether the person sees the record at all.
    pub(crate) fn is_seen(&self) -> bool {
        match &self.row {
            Row::Other => true,
            Row::Whole { is_seen } => *is_seen,
            Row::Of(row) => row.is_seen,
        }
    }

    /// Whether the person sees what stands in a field, and what stood there.
    pub(crate) fn is_whole(&self, path: &str) -> bool {
        match &self.row {
            Row::Other => true,
            Row::Whole { is_seen } => *is_seen,
            Row::Of(row) => row.is_seen && row.is_whole(path),
        }
    }

    /// Its register.
    pub(crate) fn register(&self) -> Option<&'static Register> {
        match &self.row {
            Row::Of(row) => Some(row.register),
            Row::Other | Row::Whole { .. } => None,
        }
    }

    /// What a field is called; none where its register does not say.
    pub(crate) fn label(&self, path: &str) -> Option<Phrase> {
        let field = self.register()?.field_at(path)?;
        Some(Phrase::new(field.zh.clone(), field.en.clone()))
    }

    /// A value of a field as it is shown, with its words; none where its register does not say.
    pub(crate) fn value(&self, app: &App, names: &Names<'_>, path: &str, value: &Value) -> Option<(Value, Phrase)> {
        let Row::Of(row) = &self.row else { return None };
        let field = row.register.field_at(path)?;
        let shown = serde_json::to_value(row.viewer.sight.show_value(field, value)).ok()?;
        let naming = Naming::new(app, names, &row.campus, &row.viewer);
        let nothing = || Phrase { zh: "—".to_owned(), en: None };
        let words = naming.value(row.register, &field.name, &shown).unwrap_or_else(nothing);
        Some((shown, words))
    }

    /// What people call it; none where it is no row, or not to be seen.
    pub(crate) fn title(&self, app: &App, names: &Names<'_>) -> Option<Phrase> {
        let Row::Of(row) = &self.row else { return None };
        let naming = Naming::new(app, names, &row.campus, &row.viewer);
        row.is_seen.then(|| naming.title(row.register, &row.counts))
    }
}

impl SeenRow {
    fn is_whole(&self, path: &str) -> bool {
        // What a correction puts in place is as secret as what it corrects; who corrected, voided and signed is not.
        let base = path.split('/').next().unwrap_or(path);
        let name = base.strip_suffix("_as").filter(|name| self.register.field(name).is_some()).unwrap_or(base);
        match self.counts.get(path).and_then(|entry| entry.get("field")?.as_str()) {
            Some(corrected) if base == "corrections" => {
                let name = corrected.split('/').next().unwrap_or(corrected);
                self.viewer.sight.sees_whole(self.register, name)
            }
            _ if base == "corrections" => false,
            _ => self.viewer.sight.sees_whole(self.register, name),
        }
    }
}

/// The kind of a paper that was signed.
const PAPER: &str = "paper";

/// Whether the person sees every row that a signed paper may have, of any day and place.
fn sees_paper(app: &App, scope: Option<uuid::Uuid>, state: &State) -> Result<bool, CommandError> {
    let document = domain::reading::read(PAPER, state);
    let viewer = Viewer::here(app, &campus_of(app, scope, &document)?)?;
    let sheet = text(&document, "sheet").unwrap_or_default();
    let kind = sheet.split_once('/').map_or(sheet, |(kind, _)| kind);
    Ok(match register(kind) {
        Some(register) => {
            let reader = register.paper.as_ref().and_then(|paper| paper.reader);
            reader.is_none_or(|reader| viewer.sight.may(reader)) && viewer.sight.rows(register, Right::See) == Rows::All
        }
        None => viewer.sight.may(Permission::SeeReports),
    })
}

/// Whether a kind is that of a part of rows.
pub(crate) fn is_part(kind: &str) -> bool {
    all().iter().any(|register| register.parts.iter().any(|part| register.part_kind(&part.name) == kind))
}

/// The row that a part belongs to.
pub(crate) fn row_of_part(document: &Document) -> Option<RecordId> {
    text(document, "row")?.parse().ok()
}
