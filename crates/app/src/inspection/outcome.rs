//! How the inspections of a list went.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use domain::correction;
use domain::form::{Form, PlaceName};
use domain::template::TemplateRef;
use replica::ListedRecord;
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::form::Outcome;
use crate::error::CommandError;
use crate::form::outcome::outcome;
use crate::form::previous::previous;
use crate::names::Names;

/// Works out the forms of a list; each campus is looked up once.
pub(crate) struct Outcomes<'a> {
    app: &'a App,
    names: &'a Names<'a>,
    campuses: RefCell<HashMap<Option<Uuid>, Rc<Campus>>>,
}

impl<'a> Outcomes<'a> {
    /// For lists in which people are called as `names` calls them.
    pub(crate) fn new(app: &'a App, names: &'a Names<'a>) -> Self {
        Self { app, names, campuses: RefCell::default() }
    }

    /// How the form of a found inspection went; none where its checklist is not known here.
    pub(crate) fn of(&self, found: &ListedRecord) -> Result<Option<Outcome>, CommandError> {
        let reference = text(&found.doc, "template").unwrap_or_default();
        let Some(template) = self.names.template(reference) else { return Ok(None) };
        let Ok(part) = reference.parse::<TemplateRef>().map(|reference| reference.part()) else { return Ok(None) };
        let campus = self.campus(found.scope)?;
        let corrected = correction::apply(KIND, &found.doc);
        let settings = campus.settings_on(text(&corrected.document, "business_date"));
        let form = Form::new(&template, part, campus.kind, &settings)
            .with_previous(previous(self.app, &campus, &template, &corrected.document))
            .with_document(&corrected.document, &PlaceName::Whole);
        Ok(Some(outcome(&form)))
    }

    fn campus(&self, id: Option<Uuid>) -> Result<Rc<Campus>, CommandError> {
        if let Some(known) = self.campuses.borrow().get(&id) {
            return Ok(known.clone());
        }
        let campus = Rc::new(Campus::load(self.app, id)?);
        self.campuses.borrow_mut().insert(id, campus.clone());
        Ok(campus)
    }
}
