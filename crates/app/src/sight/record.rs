//! One record of a kind without a register, as somebody looks at it.

use causal::Record;
use chrono::NaiveDate;
use domain::correction::apply;
use domain::register::standing_of;
use domain::sight::{KindSight, MaskFacts, RowFacts};
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::kinds::own_checklists;
use super::viewer::Viewer;
use crate::app::App;
use crate::campus::{Campus, campuses};
use crate::document::{Document, text};
use crate::error::CommandError;

/// A record of a kind without a register, as somebody looks at it.
pub(crate) struct SeenRecord {
    kind: &'static KindSight,
    viewer: Viewer,
    is_seen: bool,
    id: String,
    document: Document,
}

/// What is asked of a record to know who sees it.
struct Asked {
    id: String,
    scope: Option<Uuid>,
    document: Document,
    place: Option<String>,
    day: Option<String>,
    stage: Option<String>,
}

/// Whether the person who works sees a listed record of a kind without a register; one of a kind that this version does not know,
/// only support does.
pub(crate) fn sees(app: &App, found: &ListedRecord) -> Result<bool, CommandError> {
    let Some(kind) = KindSight::of(&found.kind) else { return Ok(app.is_support()) };
    let asked = Asked {
        id: found.id.to_string(),
        scope: found.scope,
        document: found.doc.clone(),
        place: found.place.clone(),
        day: found.day.clone(),
        stage: found.stage.clone(),
    };
    Ok(SeenRecord::look(app, kind, asked)?.is_seen)
}

impl SeenRecord {
    /// At a record; none where its kind has no entry in the table.
    pub(crate) fn at(app: &App, record: &Record) -> Result<Option<Self>, CommandError> {
        let Some(kind) = KindSight::of(&record.kind) else { return Ok(None) };
        let corrected = apply(&record.kind, &domain::reading::read(&record.kind, &record.state));
        let standing = standing_of(&record.kind, &corrected);
        let asked = Asked {
            id: record.id.to_string(),
            scope: record.scope,
            document: corrected.document,
            place: standing.place,
            day: standing.day,
            stage: standing.stage,
        };
        Self::look(app, kind, asked).map(Some)
    }

    fn look(app: &App, kind: &'static KindSight, asked: Asked) -> Result<Self, CommandError> {
        // What belongs to the whole organisation is looked at from every campus, as lists do.
        let campuses = match asked.scope {
            Some(_) => vec![Campus::load(app, asked.scope)?],
            None => campuses(app)?,
        };
        let mut first = None;
        for campus in &campuses {
            let viewer = Viewer::here(app, campus)?;
            let is_seen = asked.is_seen_by(kind, &viewer, &own_checklists(app, campus, kind)?);
            if is_seen || first.is_none() {
                first = Some((viewer, is_seen));
            }
            if is_seen {
                break;
            }
        }
        let (viewer, is_seen) = match first {
            Some(first) => first,
            None => (Viewer::here(app, &Campus::here(app)?)?, false),
        };
        Ok(Self { kind, viewer, is_seen, id: asked.id, document: asked.document })
    }

    /// Whether the person sees the record at all.
    pub(crate) fn is_seen(&self) -> bool {
        self.is_seen
    }

    /// Whether the person sees what stands in a field whatever it is, and what stood there.
    pub(crate) fn is_whole(&self, path: &str) -> bool {
        let base = path.split('/').next().unwrap_or(path);
        let is_masked = |name: &str| self.kind.masks.iter().any(|mask| mask.field == name);
        let secret = Value::from("");
        self.is_seen && (!is_masked(base) || self.shown_if_seen(path, &secret) == secret)
    }

    /// A value of a field as it is shown, whichever time it stood there; nothing where the record is not seen.
    pub(crate) fn shown(&self, path: &str, value: &Value) -> Option<Value> {
        self.is_seen.then(|| self.shown_if_seen(path, value))
    }

    fn shown_if_seen(&self, path: &str, value: &Value) -> Value {
        let people = self.kind.people_of(&self.id, &self.document);
        let facts = MaskFacts { people: &people, author: author(&self.document) };
        self.viewer.sight.show_at(self.kind, path, value, facts)
    }
}

impl Asked {
    fn is_seen_by(&self, kind: &KindSight, viewer: &Viewer, own: &[domain::sight::SeenChecklist]) -> bool {
        let people = kind.people_of(&self.id, &self.document);
        let stage = self.stage.as_deref();
        let facts = RowFacts {
            about: None,
            place: self.place.as_deref(),
            checklist: text(&self.document, "template"),
            category: text(&self.document, "category").and_then(|category| category.parse().ok()),
            author: author(&self.document),
            people: &people,
            is_open: stage.is_some_and(|stage| kind.open_stages().contains(&stage)),
            day: self.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()),
            today: Some(viewer.today),
        };
        viewer.sight.records(kind, own).hold(viewer.sight.person(), &facts)
    }
}

fn author(document: &Document) -> Option<&str> {
    document.get("created")?.get("by")?.as_str()
}
