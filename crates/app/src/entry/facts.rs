//! What a right over a row is decided by.

use chrono::NaiveDate;
use domain::register::{Register, Right, Standing};
use domain::sight::RowFacts;
use replica::ListedRecord;

use crate::document::{Document, text};
use crate::sight::Viewer;

/// What a right over a row is decided by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    place: Option<String>,
    author: Option<String>,
    people: Vec<String>,
    about: Option<String>,
    is_open: bool,
    day: Option<NaiveDate>,
}

impl Facts {
    /// Those of a row whose values count as in `document`.
    pub(crate) fn new(register: &Register, document: &Document, standing: &Standing) -> Self {
        Self {
            place: standing.place.clone(),
            author: author(document).map(str::to_owned),
            people: register.named_in(document).map(str::to_owned).collect(),
            about: standing.about.clone(),
            is_open: standing.is_open,
            day: standing.day.as_deref().and_then(|day| day.parse().ok()),
        }
    }

    /// Asks something of the domain about them.
    pub(crate) fn ask<T>(&self, viewer: &Viewer, ask: impl FnOnce(&RowFacts<'_>) -> T) -> T {
        let people: Vec<&str> = self.people.iter().map(String::as_str).collect();
        ask(&RowFacts {
            place: self.place.as_deref(),
            checklist: None,
            category: None,
            author: self.author.as_deref(),
            people: &people,
            about: self.about.as_deref(),
            is_open: self.is_open,
            day: self.day,
            today: Some(viewer.today),
        })
    }

    /// Whether somebody has a right over such a row.
    pub(crate) fn grant(&self, viewer: &Viewer, register: &Register, right: Right) -> bool {
        self.ask(viewer, |row| viewer.sight.reaches(register, right, row))
    }
}

/// Those of a row in a list.
pub(crate) fn facts_of(register: &Register, found: &ListedRecord) -> Facts {
    Facts {
        place: found.place.clone(),
        author: author(&found.doc).map(str::to_owned),
        people: register.named_in(&found.doc).map(str::to_owned).collect(),
        about: register.about.as_deref().and_then(|name| text(&found.doc, name)).map(str::to_owned),
        is_open: found.stage.as_deref().is_some_and(|stage| register.is_open(stage)),
        day: found.day.as_deref().and_then(|day| day.parse().ok()),
    }
}

/// Who made a row.
pub(crate) fn author(document: &Document) -> Option<&str> {
    document.get("created")?.get("by")?.as_str()
}
