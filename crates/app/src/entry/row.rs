//! A row as a list shows it.

use std::collections::BTreeMap;

use domain::register::{Register, VOID};
use domain::sight::{Raw, Shown};
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::Entry;
use super::facts::author;
use super::naming::Naming;
use crate::document::{Document, integer, text};
use crate::dto::entry::EntryRow;
use crate::dto::phrase::Phrase;

/// What a row is made of, wherever it was read.
pub(crate) struct RowData<'a> {
    id: Uuid,
    register: &'a Register,
    document: &'a Document,
    raw: Raw<'a>,
    stage: Option<&'a str>,
    due: Option<i64>,
    day: Option<&'a str>,
    is_asking: bool,
}

impl<'a> RowData<'a> {
    /// One that was found by a list.
    pub(crate) fn of_found(register: &'a Register, found: &'a ListedRecord) -> Self {
        Self {
            id: found.id.0,
            register,
            document: &found.doc,
            raw: Raw::new(register, &found.doc),
            stage: found.stage.as_deref(),
            due: found.due,
            day: found.day.as_deref(),
            is_asking: found.is_asking,
        }
    }

    /// One that was read whole.
    pub(crate) fn of_entry(entry: &'a Entry, is_asking: bool) -> Self {
        Self {
            id: entry.id.0,
            register: entry.register,
            document: &entry.folded.document,
            raw: entry.parts.raw(entry.register, &entry.folded.document),
            stage: entry.standing.stage.as_deref(),
            due: entry.standing.due.map(|due| due.0),
            day: entry.standing.day.as_deref(),
            is_asking,
        }
    }

    /// The row, with the fields that `wants` names, as the person who works sees them.
    pub(crate) fn view(&self, naming: &Naming<'_>, now_ms: i64, wants: impl Fn(&str) -> bool) -> EntryRow {
        let shown = naming.viewer.sight.show(&self.raw);
        let (fields, words) = self.values(naming, &shown, wants);
        let title = naming.title_of(self.register, &shown);
        let stage = self.stage.and_then(|stage| self.register.stage(stage));
        let is_void = self.stage == Some(VOID);
        EntryRow {
            id: self.id,
            kind: self.register.kind.clone(),
            title: title.zh,
            title_en: title.en,
            stage: self.stage.map(str::to_owned),
            stage_label: stage.map(|stage| stage.zh.clone()),
            stage_label_en: stage.map(|stage| stage.en.clone()),
            open: self.stage.is_some_and(|stage| self.register.is_open(stage)),
            due: self.due,
            overdue: self.due.is_some_and(|due| due < now_ms),
            day: self.day.map(str::to_owned),
            by: author(self.document).map(|by| naming.names.person(by)),
            at: integer(self.document, "recorded_at"),
            fields,
            words,
            tones: BTreeMap::new(),
            late: self.is_late(),
            corrected: self.document.iter().any(|(name, value)| name.starts_with("corrections/") && !value.is_null()),
            void: is_void,
            conflict: self.is_asking,
        }
    }

    fn values(
        &self,
        naming: &Naming<'_>,
        shown: &Shown,
        wants: impl Fn(&str) -> bool,
    ) -> (BTreeMap<String, Value>, BTreeMap<String, Phrase>) {
        let mut fields = BTreeMap::new();
        let mut words = BTreeMap::new();
        for (name, value) in shown.fields.iter().filter(|(name, _)| wants(name)) {
            let Ok(value) = serde_json::to_value(value) else { continue };
            words.extend(self.words(naming, name, &value).map(|words| (name.clone(), words)));
            fields.insert(name.clone(), value);
        }
        (fields, words)
    }

    /// A value in words; a record that is not here is said as it was called when it was named.
    fn words(&self, naming: &Naming<'_>, name: &str, value: &Value) -> Option<Phrase> {
        let kept = text(self.document, &format!("{name}_as")).filter(|_| value.is_string());
        match kept {
            Some(kept) => Some(Phrase { zh: kept.to_owned(), en: None }),
            None => naming.value(self.register, name, value),
        }
    }

    /// Written down late, also by what its time or its day was corrected to.
    pub(crate) fn is_late(&self) -> bool {
        self.register.is_marked_late(self.document)
    }
}
