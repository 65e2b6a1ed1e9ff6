//! Any record as the person who works may look at it: a row by the sight of its register, anything else by the table of kinds.
//!
//! What speaks of records of all kinds, such as a search, a list of conflicts or a queue, asks here before it says a word of one.

use causal::{Record, RecordId};
use domain::correction::apply;
use domain::register::{Register, Right, all, fold_corrected, register, standing_of};
use domain::sight::Rows;
use serde_json::Value;

use super::facts::Facts;
use super::naming::Naming;
use super::place::campus_of;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::phrase::Phrase;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::{SeenRecord, Viewer, reads_report};

/// One record as somebody looks at it.
pub(crate) struct Look {
    row: Row,
}

enum Row {
    /// It is no row of a register.
    Other(Box<SeenRecord>),
    /// It is a part of one, and shown with it alone, or of a kind that this version does not know: only support sees it. Or it is a
    /// signed paper, for who sees every row of its register.
    Bare { is_seen: bool },
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
        let kind = &*record.kind;
        if kind == PAPER {
            return Ok(Self { row: Row::Bare { is_seen: sees_paper(app, record)? } });
        }
        let Some(register) = register(kind) else {
            let row = match SeenRecord::at(app, record)? {
                Some(seen) => Row::Other(Box::new(seen)),
                None => Row::Bare { is_seen: app.is_support() },
            };
            return Ok(Self { row });
        };
        let document = domain::reading::read(kind, &record.state);
        let campus = campus_of(app, record.scope, &document)?;
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
            Row::Other(record) => record.is_seen(),
            Row::Bare { is_seen } => *is_seen,
            Row::Of(row) => row.is_seen,
        }
    }

    /// Whether the person sees what stands in a field, and what stood there.
    pub(crate) fn is_whole(&self, path: &str) -> bool {
        match &self.row {
            Row::Other(record) => record.is_whole(path),
            Row::Bare { is_seen } => *is_seen,
            Row::Of(row) => row.is_seen && row.is_whole(path),
        }
    }

    /// A value that stands in a field, or stood there, as far as the person sees it; nothing where they see none of it.
    pub(crate) fn shown(&self, path: &str, value: &Value) -> Option<Value> {
        match &self.row {
            Row::Other(record) => record.shown(path, value),
            Row::Bare { .. } | Row::Of(_) => self.is_whole(path).then(|| value.clone()),
        }
    }

    /// Its register.
    pub(crate) fn register(&self) -> Option<&'static Register> {
        match &self.row {
            Row::Of(row) => Some(row.register),
            Row::Other(_) | Row::Bare { .. } => None,
        }
    }

    /// What a field is called; none where its register does not say.
    pub(crate) fn label(&self, path: &str) -> Option<Phrase> {
        let field = self.register()?.field_at(path)?;
        Some(Phrase::new(field.zh.clone(), field.en.clone()))
    }

    /// A value of a field as it is shown, with its words; none where it is shown as it stands, in the words of all records.
    pub(crate) fn value(&self, app: &App, names: &Names<'_>, path: &str, value: &Value) -> Option<(Value, Phrase)> {
        let row = match &self.row {
            Row::Of(row) => row,
            Row::Other(record) => return masked(record.shown(path, value).unwrap_or_default(), value),
            Row::Bare { .. } => return None,
        };
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
fn sees_paper(app: &App, record: &Record) -> Result<bool, CommandError> {
    let document = domain::reading::read(PAPER, &record.state);
    let viewer = Viewer::here(app, &campus_of(app, record.scope, &document)?)?;
    let sheet = text(&document, "sheet").unwrap_or_default();
    let kind = sheet.split_once('/').map_or(sheet, |(kind, _)| kind);
    Ok(match register(kind) {
        Some(register) => {
            let reader = register.paper.as_ref().and_then(|paper| paper.reader);
            reader.is_none_or(|reader| viewer.sight.may(reader)) && viewer.sight.rows(register, Right::See) == Rows::All
        }
        None => reads_report(&viewer, sheet),
    })
}

/// A value of which something is hidden, with the words for what is left.
fn masked(shown: Value, value: &Value) -> Option<(Value, Phrase)> {
    if shown == *value {
        return None;
    }
    let zh = shown.get("shown").and_then(Value::as_str).unwrap_or("—").to_owned();
    Some((shown, Phrase { zh, en: None }))
}

/// Whether a kind is that of a part of rows.
pub(crate) fn is_part(kind: &str) -> bool {
    row_kind_of_part(kind).is_some()
}

/// The kind of the rows whose part this kind is.
pub(crate) fn row_kind_of_part(kind: &str) -> Option<&'static str> {
    let has_part = |register: &&Register| register.parts.iter().any(|part| register.part_kind(&part.name) == kind);
    all().iter().find(has_part).map(|register| register.kind.as_str())
}

/// The row that a part belongs to.
pub(crate) fn row_of_part(document: &Document) -> Option<RecordId> {
    text(document, "row")?.parse().ok()
}
