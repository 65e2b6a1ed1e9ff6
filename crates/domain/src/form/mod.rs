//! A form that is being filled in: its answers, what each is worth, what is missing, and the verdict.

mod follow;
mod gaps;
mod judge;
mod likely;
mod limits;
mod place;
mod score;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

pub use follow::{AffectedItem, ItemOutcome, affected};
pub use gaps::{Gap, GapKind, SectionProgress};
pub use judge::{Judgement, PutRight, Status, failing_options};
pub(crate) use judge::{grade, worst_reading};
pub use limits::{Limits, Range};
pub use place::{AnswerField, PlaceName};
pub use score::{Score, Verdict};

use crate::answer::{Answer, AnswerError, validate_answer};
use crate::decimal::Decimal;
use crate::setting::Settings;
use crate::template::{CampusKind, Item, Part, Template};

/// How an answer came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A person answered this item.
    #[default]
    Single,
    /// `batch`: with "rest is fine".
    Batch,
    /// `late`: 补录.
    Late,
}

/// What a record holds for one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The JSON of the answer; null when there is none.
    pub result: Value,
    /// The note, when it says anything.
    pub note: Option<String>,
    /// How many photos there are.
    pub photos: usize,
    /// How the answer came about.
    pub how: How,
}

/// One form: a template, who it is asked of, and the entries so far.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    template: &'a Template,
    part: Part,
    campus: Option<CampusKind>,
    settings: &'a Settings,
    previous: BTreeMap<String, Decimal>,
    entries: BTreeMap<String, Entry>,
}

impl<'a> Form<'a> {
    /// An empty form.
    pub fn new(template: &'a Template, part: Part, campus: Option<CampusKind>, settings: &'a Settings) -> Self {
        Self { template, part, campus, settings, previous: BTreeMap::new(), entries: BTreeMap::new() }
    }

    /// This form with the previous readings of the meters it asks for, by item code.
    #[must_use]
    pub fn with_previous(mut self, previous: BTreeMap<String, Decimal>) -> Self {
        self.previous = previous;
        self
    }

    /// This form with the entries that stand at one place of a read document.
    #[must_use]
    pub fn with_document(mut self, document: &Map<String, Value>, place: &PlaceName) -> Self {
        for (name, value) in document {
            let Some(field) = AnswerField::parse(name).filter(|field| field.place == *place) else { continue };
            let entry = self.entries.entry(field.code.to_owned()).or_default();
            match field.part {
                "result" => entry.result = value.clone(),
                "note" => entry.note = value.as_str().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
                "how" => {
                    entry.how = match value.as_str() {
                        Some("batch") => How::Batch,
                        Some("late") => How::Late,
                        _ => How::Single,
                    };
                }
                photo if photo.starts_with("photos/") && !value.is_null() => entry.photos += 1,
                _ => {}
            }
        }
        self
    }

    /// Sets the entry of one item.
    pub fn set(&mut self, code: &str, entry: Entry) {
        self.entries.insert(code.to_owned(), entry);
    }

    /// The template.
    pub fn template(&self) -> &'a Template {
        self.template
    }

    /// The settings that the limits come from.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// The items that this form asks, in order; those that an earlier answer made needless included.
    pub fn items(&self) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.template.items_for(self.part, self.campus)
    }

    /// What the record holds for an item.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.entries.get(code)
    }

    /// The answer to an item.
    ///
    /// # Errors
    /// Those of [`validate_answer`]; show the raw entry then.
    pub fn answer(&self, item: &Item) -> Result<Answer, AnswerError> {
        self.entry(&item.code).map_or(Ok(Answer::Unanswered), |entry| validate_answer(item, &entry.result))
    }

    /// The items of one section that "rest is fine" may fill with 合格, by code.
    ///
    /// Only 合格/不合格 items that nobody has answered; never a red line, never a measured value.
    /// An item that always needs a photo is filled too, and then waits for its photo.
    pub fn rest_is_fine(&self, section: &str) -> Vec<&'a str> {
        self.items()
            .filter(|item| item.section == section && item.is_of_rest())
            .filter(|item| self.judge(item).status == Status::Unanswered)
            .map(|item| item.code.as_str())
            .collect()
    }
}
