//! An inspection: one form, which is answered at its record as a whole, and the people who take part in it.

pub(crate) mod digest;
pub(crate) mod outcome;
pub(crate) mod view;

mod filling;

use causal::RecordId;
use domain::correction::apply;
use domain::finding::FindingSource;
use domain::form::PlaceName;
use domain::inspection::stage;
use replica::Reading;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::form::place::Place;
use crate::form::previous::previous;
use crate::load::{load, load_seen};
use crate::template;

/// The kind of the record.
pub(crate) const KIND: &str = "inspection";

/// One inspection.
pub(crate) struct Inspection {
    /// The place at which it is answered: its record as a whole.
    pub(crate) place: Place,
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
        let reference = template::named_by(&document)?;
        let corrected = apply(KIND, &document);
        let campus = Campus::load(app, reading.record.scope)?.on(text(&corrected.document, "business_date"));
        let template = template::load(app, &reference)?;
        let previous = previous(app, &campus, &template, &corrected.document);
        let place = Place {
            record: reading.record.id,
            kind: KIND,
            name: PlaceName::Whole,
            version: reading.version,
            corrected,
            template,
            part: reference.part(),
            campus,
            stage: stage(&document),
            area: text(&document, "subject").map(str::to_owned),
            source: FindingSource::Inspection,
            day: None,
            open_elsewhere: Vec::new(),
            previous,
            state: reading.record.state,
            document,
        };
        Ok(Self { place })
    }

    /// Whether the form is filled in by several people.
    pub(crate) fn is_joint(&self) -> bool {
        text(&self.place.document, "mode") == Some("joint")
    }

    /// When a person joined, ms since 1970 UTC; none when they have not.
    pub(crate) fn joined_at(&self, person: &str) -> Option<i64> {
        self.place.document.get(&format!("people/{person}"))?.as_i64()
    }

    /// Who has submitted, with the time, earliest first.
    pub(crate) fn submits(&self) -> Vec<(&str, i64)> {
        self.entries("submits/")
    }

    /// The signature under somebody's submit.
    pub(crate) fn signature(&self, person: &str) -> Option<Strokes> {
        let signature = self.place.document.get(&format!("submits/{person}"))?.get("signature")?;
        serde_json::from_value(signature.clone()).ok()
    }

    /// Who takes part, with the time of joining, earliest first.
    pub(crate) fn people(&self) -> Vec<(&str, i64)> {
        self.entries("people/")
    }

    fn entries(&self, prefix: &str) -> Vec<(&str, i64)> {
        let entry = |(name, value): (&'_ String, &serde_json::Value)| {
            let person = self.place.document.get_key_value(name)?.0.strip_prefix(prefix)?;
            // A submit with a signature says when it was under `at`.
            Some((person, value.as_i64().or_else(|| value.get("at")?.as_i64())?))
        };
        let mut entries: Vec<(&str, i64)> = self.place.document.iter().filter_map(entry).collect();
        entries.sort_by_key(|(person, at)| (*at, *person));
        entries
    }
}
