//! How a form went, in the one line that lists, boards and reports share.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use domain::correction;
use domain::form::{Form, Verdict};
use domain::template::TemplateRef;
use replica::ListedRecord;
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::form::Outcome;
use crate::error::CommandError;
use crate::names::Names;

/// What a form comes to.
///
/// The verdict is that on the whole: one good answer of fifteen is 未填完, and has no percent that somebody could take for
/// that of the form.
pub(crate) fn outcome(form: &Form<'_>) -> Outcome {
    let score = form.score();
    let (mut answered, mut asked) = (0, 0);
    for section in form.progress() {
        answered += section.answered;
        asked += section.asked;
    }
    Outcome {
        verdict: score.verdict,
        verdict_zh: score.verdict.zh(),
        percent: score
            .percent
            .filter(|_| answered == asked && score.verdict != Verdict::Incomplete)
            .map(|percent| percent.normalize().to_string()),
        answered,
        asked,
        failed: score.failed.len(),
        red_lines: score.red_lines.len(),
    }
}

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
        let form = Form::new(&template, part, campus.kind, &settings).with_document(&corrected.document, "");
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
