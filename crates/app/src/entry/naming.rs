//! What rows and their values are called: always as the person who works may know them.

use std::cell::Cell;

use domain::field::{Language, Speech};
use domain::register::{Field, FieldOf, Register, Right, register};
use domain::sight::{Raw, Shown};
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::facts::facts_of;
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::dto::phrase::Phrase;
use crate::names::Names;
use crate::sight::Viewer;

/// Words of values and rows.
pub(crate) struct Naming<'a> {
    pub(crate) app: &'a App,
    pub(crate) names: &'a Names<'a>,
    pub(crate) campus: &'a Campus,
    pub(crate) viewer: &'a Viewer,
    /// How many titles stand in titles that are being made: rows may name each other in a circle.
    depth: Cell<u8>,
}

/// So many columns make the title of a row.
const TITLE_COLUMNS: usize = 3;
/// So many titles may stand in each other.
const MOST_DEEP: u8 = 2;

impl<'a> Naming<'a> {
    pub(crate) fn new(app: &'a App, names: &'a Names<'a>, campus: &'a Campus, viewer: &'a Viewer) -> Self {
        Self { app, names, campus, viewer, depth: Cell::new(0) }
    }

    /// A value of a field as it is shown, in both languages; none for nothing.
    pub(crate) fn value(&self, register: &Register, field: &str, shown: &Value) -> Option<Phrase> {
        let declared = register.field(field)?;
        let of = declared.stored();
        if shown.is_null() {
            return None;
        }
        if let Some(masked) = shown.get("masked").and(shown.get("shown")).and_then(Value::as_str) {
            return Some(Phrase { zh: masked.to_owned(), en: None });
        }
        if let Some(gone) = shown.get("gone").and_then(Value::as_str) {
            let (zh, en) = if gone == "keep" {
                ("已按期删除", "deleted when its time was over")
            } else {
                ("不在本平板", "not on this tablet")
            };
            return Some(Phrase { zh: zh.to_owned(), en: Some(en.to_owned()) });
        }
        let say = |language| match of {
            Some(of) => self.speech(language, |speech| of.say(shown, speech)),
            None => worked_out(declared, shown, language),
        };
        Some(Phrase::new(say(Language::Zh), say(Language::En)))
    }

    /// What people call a row: the words of its first columns.
    pub(crate) fn title(&self, register: &Register, document: &Document) -> Phrase {
        let shown = self.viewer.sight.show(&Raw::new(register, document));
        self.title_of(register, &shown)
    }

    /// As [`Self::title`], of a row that was looked at already.
    pub(crate) fn title_of(&self, register: &Register, shown: &Shown) -> Phrase {
        let columns = register.list.columns.iter().filter_map(|column| {
            let value = serde_json::to_value(shown.fields.get(column)?).ok()?;
            self.value(register, column, &value)
        });
        let words: Vec<Phrase> = columns.filter(|words| !words.zh.is_empty()).take(TITLE_COLUMNS).collect();
        if words.is_empty() {
            return Phrase::new(register.zh.clone(), register.en.clone());
        }
        let joined = |parts: Vec<&str>| parts.join(" · ");
        Phrase::new(
            joined(words.iter().map(|words| words.zh.as_str()).collect()),
            joined(words.iter().map(Phrase::english).collect()),
        )
    }

    /// Says something in a language, with the names that the person may know.
    pub(crate) fn speech(&self, language: Language, say: impl FnOnce(&Speech<'_>) -> String) -> String {
        let name = |kind: &str, id: &str| self.name(kind, id, language);
        say(&Speech { language, zone: self.campus.calendar.zone, name: &name })
    }

    /// What a record is called; none where it is not here, or is a row that the person does not see.
    pub(crate) fn name(&self, kind: &str, id: &str, language: Language) -> Option<String> {
        let Some(register) = register(kind) else { return self.names.name(id) };
        let found = self.found(id).filter(|found| found.kind == kind)?;
        if !facts_of(register, &found).grant(self.viewer, register, Right::See) {
            return None;
        }
        if self.depth.get() >= MOST_DEEP {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let title = self.title(register, &found.doc);
        self.depth.set(self.depth.get() - 1);
        Some(match language {
            Language::Zh => title.zh,
            Language::En => title.en.unwrap_or(title.zh),
        })
    }

    /// A record as lists show it.
    pub(crate) fn found(&self, id: &str) -> Option<ListedRecord> {
        let id = Uuid::parse_str(id).ok()?;
        // A name that cannot be read now is said to be unknown.
        self.app.store().find_one(causal::RecordId(id)).ok().flatten()
    }
}

/// The words of what is worked out of other fields and rows: minutes, the number of the row before, what a hook says.
fn worked_out(field: &Field, value: &Value, language: Language) -> String {
    match &field.of {
        FieldOf::Hook { habit, .. } => habit.say(value, language),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}
