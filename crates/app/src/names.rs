//! What people call persons and records, each looked up once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use causal::RecordId;
use domain::register::{Register, Right, register};
use domain::sight::KindSight;
use domain::template::Template;
use replica::ListedRecord;
use uuid::Uuid;

use crate::app::App;
use crate::document::{Document, text};
use crate::dto::person::PersonRef;
use crate::entry::facts::facts_of;
use crate::entry::place::campus_of;
use crate::error::CommandError;
use crate::sight::{Viewer, sees};
use crate::template;

/// Looks up the names of persons and other records, each once.
pub(crate) struct Names<'a> {
    app: &'a App,
    found: RefCell<HashMap<Uuid, Option<ListedRecord>>>,
    templates: RefCell<HashMap<String, Option<Rc<Template>>>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self { app, found: RefCell::default(), templates: RefCell::default() }
    }

    /// The checklist that a record names; none when it is not known here or cannot be read.
    pub(crate) fn template(&self, reference: &str) -> Option<Rc<Template>> {
        let mut known = self.templates.borrow_mut();
        let load = || {
            let reference = reference.parse().ok()?;
            template::load(self.app, &reference).ok().map(|template| Rc::new(template.into_owned()))
        };
        known.entry(reference.to_owned()).or_insert_with(load).clone()
    }

    /// The person `by`.
    pub(crate) fn person(&self, by: &str) -> PersonRef {
        let name = self.record(by).filter(|found| found.kind == "person");
        PersonRef { id: by.to_owned(), name: name.and_then(|found| text(&found.doc, "name").map(str::to_owned)) }
    }

    /// What people call the record `id`; none when it is not here or has no name.
    pub(crate) fn name(&self, id: &str) -> Option<String> {
        let found = self.record(id).filter(|found| self.is_seen(found))?;
        ["name", "title", "label"].iter().find_map(|name| text(&found.doc, name)).map(str::to_owned)
    }

    /// The fields of the record `id`, when it is of a kind and the person who works sees it: what is copied from it tells of it.
    pub(crate) fn document(&self, kind: &str, id: &str) -> Option<Document> {
        self.record(id).filter(|found| found.kind == kind && self.is_seen(found)).map(|found| found.doc)
    }

    /// Whether the person who works may know what a record is called: whoever named its id somewhere need not see it.
    fn is_seen(&self, found: &ListedRecord) -> bool {
        let is_for_anybody = KindSight::of(&found.kind).is_some_and(KindSight::is_for_anybody);
        if self.app.is_support() || (is_for_anybody && self.app.by().is_some()) {
            return true;
        }
        let seen = match register(&found.kind) {
            Some(register) => sees_row(self.app, register, found),
            None => sees(self.app, found),
        };
        // What cannot be found out now is not told.
        seen.unwrap_or(false)
    }

    fn record(&self, id: &str) -> Option<ListedRecord> {
        let id = Uuid::parse_str(id).ok()?;
        let mut known = self.found.borrow_mut();
        // A name that cannot be read now is shown as the id that it stands for.
        known.entry(id).or_insert_with(|| self.app.store().find_one(RecordId(id)).ok().flatten()).clone()
    }
}

/// Whether the person who works sees a row of a register.
fn sees_row(app: &App, register: &Register, found: &ListedRecord) -> Result<bool, CommandError> {
    let viewer = Viewer::here(app, &campus_of(app, found.scope, &found.doc)?)?;
    Ok(facts_of(register, found).grant(&viewer, register, Right::See))
}
