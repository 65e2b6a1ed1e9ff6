//! Which records of the kinds without a register somebody sees, as lists ask for them.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::sight::{KindSight, SeenChecklist};
use domain::template::TemplateRef;
use replica::{Condition, Listing, Visible};
use uuid::Uuid;

use super::viewer::Viewer;
use crate::app::App;
use crate::campus::{Campus, campuses};
use crate::error::CommandError;
use crate::template;

/// What the person who works sees of a kind: the part of a listing that no list may leave out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    scopes: Vec<Uuid>,
    visible: Option<Visible>,
}

impl Seen {
    /// Of a kind on one campus, or on all that this store knows.
    pub(crate) fn of(app: &App, kind: &KindSight, campus: Option<Uuid>) -> Result<Self, CommandError> {
        if app.is_support() {
            return Ok(Self { scopes: campus.into_iter().collect(), visible: None });
        }
        let campuses = match campus {
            Some(_) => vec![Campus::load(app, campus)?],
            None => campuses(app)?,
        };
        let mut seen = Vec::new();
        for campus in &campuses {
            seen.push((campus.id, visible(app, campus, &Viewer::here(app, campus)?, kind)?));
        }
        let scopes = seen.iter().filter_map(|(campus, _)| *campus).collect();
        Ok(Self { scopes, visible: Some(together(seen)) })
    }

    /// As [`Seen::of`], of the kind with this name.
    ///
    /// A kind that this version does not know is shown to support alone.
    pub(crate) fn of_kind(app: &App, kind: &str, campus: Option<Uuid>) -> Result<Self, CommandError> {
        match KindSight::of(kind) {
            Some(kind) => Self::of(app, kind, campus),
            None if app.is_support() => Ok(Self { scopes: campus.into_iter().collect(), visible: None }),
            None => Ok(Self { scopes: campus.into_iter().collect(), visible: Some(Visible::default()) }),
        }
    }

    /// As [`Seen::of`], of the records alone that name a person.
    pub(crate) fn naming(app: &App, kind: &KindSight, campus: &Campus, person: &str) -> Result<Self, CommandError> {
        let viewer = Viewer::here(app, campus)?;
        let mut visible = visible(app, campus, &viewer, kind)?;
        let names = Condition::Names(person.to_owned());
        visible.0.iter_mut().for_each(|entry| entry.push(names.clone()));
        Ok(Self { scopes: campus.id.into_iter().collect(), visible: Some(visible) })
    }

    /// A listing of the kind, as far as the person sees it.
    pub(crate) fn listing<'a>(&'a self, kind: &'a str) -> Listing<'a> {
        // What is all shown needs no condition.
        let visible = self.visible.as_ref().filter(|visible| !visible.is_all());
        Listing { kind, scopes: &self.scopes, visible, ..Listing::default() }
    }
}

/// What is seen on each of some campuses, as one condition.
fn together(seen: Vec<(Option<Uuid>, Visible)>) -> Visible {
    let is_alike = seen.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if is_alike {
        return seen.into_iter().next().map(|(_, visible)| visible).unwrap_or_default();
    }
    let of_campus = |(campus, visible): (Option<Uuid>, Visible)| {
        let place = campus.map(Condition::Scope);
        visible.0.into_iter().map(move |entry| entry.into_iter().chain(place.clone()).collect())
    };
    Visible(seen.into_iter().flat_map(of_campus).collect())
}

/// What somebody sees of a kind on a campus.
pub(super) fn visible(app: &App, campus: &Campus, viewer: &Viewer, kind: &KindSight) -> Result<Visible, CommandError> {
    let own = own_checklists(app, campus, kind)?;
    let open: Vec<String> = kind.open_stages().into_iter().map(str::to_owned).collect();
    Ok(viewer.visible_of(viewer.sight.records(kind, &own), &open))
}

/// The checklists about food, those that a school has of its own among them, under the names by which forms know them.
pub(crate) fn food_checklists(app: &App, campus: &Campus) -> Result<BTreeSet<String>, CommandError> {
    let own = schools_checklists(app, campus)?;
    let food = SeenChecklist::built_in().iter().chain(&own).filter(|checklist| checklist.is_food);
    Ok(food.map(|checklist| checklist.reference.clone()).collect())
}

/// The checklists that a school has of its own, where the kind asks for them.
pub(super) fn own_checklists(app: &App, campus: &Campus, kind: &KindSight) -> Result<Vec<SeenChecklist>, CommandError> {
    if kind.asks_for_checklists() { schools_checklists(app, campus) } else { Ok(Vec::new()) }
}

fn schools_checklists(app: &App, campus: &Campus) -> Result<Vec<SeenChecklist>, CommandError> {
    let listing = Listing {
        kind: "template_version",
        scopes: campus.id.as_slice(),
        limit: MOST_CHECKLISTS,
        ..Listing::default()
    };
    let mut own = Vec::new();
    for RecordId(id) in app.store().find(&listing)?.into_iter().map(|found| found.id) {
        let reference = TemplateRef::Custom(id);
        // One that cannot be read here is nobody's to fill in.
        if let Ok(template) = template::load(app, &reference) {
            own.push(SeenChecklist::of(&reference, &template));
        }
    }
    Ok(own)
}

const MOST_CHECKLISTS: u64 = 1_000;
