//! An inspection as it stands in the store, with everything that judging it takes.

pub(crate) mod digest;
pub(crate) mod followup;
pub(crate) mod outcome;
pub(crate) mod parse;
pub(crate) mod pending;
pub(crate) mod undo;
pub(crate) mod view;

use std::borrow::Cow;

use causal::{RecordId, State};
use domain::correction::{Corrected, apply};
use domain::form::Form;
use domain::inspection::{Stage, stage};
use domain::template::{Item, Part, Template};
use replica::Reading;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::load::{load, load_seen};
use crate::template;

/// The kind of the record.
pub(crate) const KIND: &str = "inspection";

/// One inspection.
pub(crate) struct Inspection {
    /// Its record.
    pub(crate) id: RecordId,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// What merges: who wrote what.
    pub(crate) state: State,
    /// Its fields as they were written, by their reading rules.
    pub(crate) document: Document,
    /// Its fields as they count, with the corrections.
    pub(crate) corrected: Corrected,
    /// Its checklist.
    pub(crate) template: Cow<'static, Template>,
    /// Which items of it are asked.
    pub(crate) part: Part,
    /// Its campus.
    pub(crate) campus: Campus,
}

impl Inspection {
    /// The inspection `id`.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`; `unknown-template` or `unreadable-template` when its checklist is not here or cannot be
    /// read.
    pub(crate) fn load(app: &App, id: RecordId) -> Result<Self, CommandError> {
        Self::read(app, load(app, KIND, id)?)
    }

    /// The inspection `id`, where the person who works sees it.
    ///
    /// # Errors
    /// As [`Inspection::load`]; one that is not seen is not found.
    pub(crate) fn seen(app: &App, id: RecordId) -> Result<Self, CommandError> {
        Self::read(app, load_seen(app, KIND, id)?)
    }

    fn read(app: &App, reading: Reading) -> Result<Self, CommandError> {
        let document = domain::reading::read(KIND, &reading.record.state);
        let corrected = apply(KIND, &document);
        let reference = template::named_by(&document)?;
        Ok(Self {
            id: reading.record.id,
            version: reading.version,
            template: template::load(app, &reference)?,
            part: reference.part(),
            campus: Campus::load(app, reading.record.scope)?.on(text(&corrected.document, "business_date")),
            state: reading.record.state,
            document,
            corrected,
        })
    }

    /// The form as it counts.
    pub(crate) fn form(&self) -> Form<'_> {
        self.empty_form().with_document(&self.corrected.document, "")
    }

    /// The form without any entry.
    pub(crate) fn empty_form(&self) -> Form<'_> {
        Form::new(&self.template, self.part, self.campus.kind, &self.campus.settings)
    }

    /// Where it stands.
    pub(crate) fn stage(&self) -> Stage {
        stage(&self.document)
    }

    /// The item `code`, when this form asks it.
    ///
    /// # Errors
    /// `not-found`, about the argument `item`.
    pub(crate) fn item(&self, code: &str) -> Result<&Item, CommandError> {
        let item = self.template.items_for(self.part, self.campus.kind).find(|item| item.code == code);
        item.ok_or_else(|| {
            CommandError::not_found(format_args!("the form {} does not ask {code}", self.template.code)).field("item")
        })
    }

    /// Whether the form is filled in by several people.
    pub(crate) fn is_joint(&self) -> bool {
        text(&self.document, "mode") == Some("joint")
    }

    /// When a person joined, ms since 1970 UTC; none when they have not.
    pub(crate) fn joined_at(&self, person: &str) -> Option<i64> {
        self.document.get(&format!("people/{person}"))?.as_i64()
    }

    /// Who has submitted, with the time, earliest first.
    pub(crate) fn submits(&self) -> Vec<(&str, i64)> {
        self.entries("submits/")
    }

    /// The signature under somebody's submit.
    pub(crate) fn signature(&self, person: &str) -> Option<Strokes> {
        let signature = self.document.get(&format!("submits/{person}"))?.get("signature")?;
        serde_json::from_value(signature.clone()).ok()
    }

    /// Who takes part, with the time of joining, earliest first.
    pub(crate) fn people(&self) -> Vec<(&str, i64)> {
        self.entries("people/")
    }

    fn entries(&self, prefix: &str) -> Vec<(&str, i64)> {
        let entry = |(name, value): (&'_ String, &serde_json::Value)| {
            let person = self.document.get_key_value(name)?.0.strip_prefix(prefix)?;
            // A submit with a signature says when it was under `at`.
            Some((person, value.as_i64().or_else(|| value.get("at")?.as_i64())?))
        };
        let mut entries: Vec<(&str, i64)> = self.document.iter().filter_map(entry).collect();
        entries.sort_by_key(|(person, at)| (*at, *person));
        entries
    }

    /// The field of an item's answer, such as `answers/T01.07/result`.
    pub(crate) fn answer_field(code: &str, part: &str) -> String {
        format!("answers/{code}/{part}")
    }

    /// The value that an item's answer reads as, corrections left aside.
    pub(crate) fn stored(&self, code: &str, part: &str) -> serde_json::Value {
        self.document.get(&Self::answer_field(code, part)).cloned().unwrap_or_default()
    }

    /// Who last wrote a field, and when, ms since 1970 UTC.
    pub(crate) fn last_write(&self, field: &str) -> Option<(Option<&str>, u64)> {
        let last = self.state.siblings(field).max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica))?;
        Some((last.stamp.by.as_deref(), last.stamp.at))
    }
}
