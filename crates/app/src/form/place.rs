//! A place of a record at which items are answered, with everything that judging it takes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use causal::{RecordId, State};
use domain::correction::Corrected;
use domain::decimal::Decimal;
use domain::finding::FindingSource;
use domain::form::{Form, PlaceName};
use domain::inspection::Stage;
use domain::template::{Item, Part, Template};
use serde_json::Value;

use crate::campus::Campus;
use crate::document::Document;
use crate::error::CommandError;

/// One place of one record, as it was read.
pub(crate) struct Place {
    /// The record.
    pub(crate) record: RecordId,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// Where in it.
    pub(crate) name: PlaceName,
    /// What somebody who reads the record now has seen.
    pub(crate) version: String,
    /// What merges: who wrote what.
    pub(crate) state: State,
    /// The fields of the record as they were written, by their reading rules.
    pub(crate) document: Document,
    /// Its fields as they count, with the corrections.
    pub(crate) corrected: Corrected,
    /// The checklist whose items are asked here.
    pub(crate) template: Cow<'static, Template>,
    /// Which items of it are asked.
    pub(crate) part: Part,
    /// The campus.
    pub(crate) campus: Campus,
    /// Whether answers are still taken.
    pub(crate) stage: Stage,
    /// The area, or whatever else its findings are about.
    pub(crate) area: Option<String>,
    /// Where its findings come from.
    pub(crate) source: FindingSource,
    /// The business day that its findings count for; none for that on which they were found.
    pub(crate) day: Option<String>,
    /// The items of which a finding is open here already, so that a failure of theirs raises none.
    pub(crate) open_elsewhere: Vec<String>,
    /// What meters read before, by item.
    pub(crate) previous: BTreeMap<String, Decimal>,
}

impl Place {
    /// The form as it counts.
    pub(crate) fn form(&self) -> Form<'_> {
        self.form_of(&self.corrected.document)
    }

    /// The form with the entries of another document of the record.
    pub(crate) fn form_of(&self, document: &Document) -> Form<'_> {
        Form::new(&self.template, self.part, self.campus.kind, &self.campus.settings)
            .with_previous(self.previous.clone())
            .with_document(document, &self.name)
    }

    /// The item `code`, when it is asked here.
    ///
    /// # Errors
    /// `not-found`, about the argument `item`.
    pub(crate) fn item(&self, code: &str) -> Result<&Item, CommandError> {
        let item = self.template.items_for(self.part, self.campus.kind).find(|item| item.code == code);
        item.ok_or_else(|| {
            CommandError::not_found(format_args!("the form {} does not ask {code}", self.template.code)).field("item")
        })
    }

    /// The field of an item's answer, such as `visits/<checkpoint>/answers/T01.07/result`.
    pub(crate) fn field(&self, code: &str, part: &str) -> String {
        self.name.field(code, part)
    }

    /// The form under which the screens keep what is typed here and is no answer yet, such as `inspection.items`; none for a place
    /// within a record.
    pub(crate) fn draft(&self) -> Option<String> {
        (self.name == PlaceName::Whole).then(|| format!("{}.items", self.kind))
    }

    /// The value that an item's answer reads as, corrections left aside.
    pub(crate) fn stored(&self, code: &str, part: &str) -> Value {
        self.document.get(&self.field(code, part)).cloned().unwrap_or_default()
    }

    /// The photos of an item that have not been taken back, as they are stored.
    pub(crate) fn photos(&self, code: &str) -> impl Iterator<Item = &Value> {
        let prefix = self.field(code, "photos/");
        let stored = self.document.iter().filter(move |(name, value)| name.starts_with(&prefix) && !value.is_null());
        stored.map(|(_, value)| value)
    }

    /// Who last wrote a part of an item's answer, and when, ms since 1970 UTC.
    pub(crate) fn last_write(&self, code: &str, part: &str) -> Option<(Option<&str>, u64)> {
        let field = self.field(code, part);
        let last = self.state.siblings(&field).max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica))?;
        Some((last.stamp.by.as_deref(), last.stamp.at))
    }
}
