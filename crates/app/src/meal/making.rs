//! What views of a meal are made from: the meal, its rows, and who looks.

use domain::meal::{CardRows, CoreRule, DishReading, MealLimits};
use domain::register::{Right, register};
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::rows::{Around, Lists};
use super::stored::StoredMeal;
use crate::app::App;
use crate::dto::person::PersonRef;
use crate::entry::facts::{author, facts_of};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// What a view of a meal is made from.
pub(super) struct Making<'a> {
    pub(super) app: &'a App,
    pub(super) names: Names<'a>,
    pub(super) meal: &'a StoredMeal,
    pub(super) around: &'a Around,
    pub(super) lists: Lists,
    pub(super) viewer: Viewer,
    pub(super) limits: MealLimits,
}

impl<'a> Making<'a> {
    pub(super) fn new(app: &'a App, meal: &'a StoredMeal, around: &'a Around) -> Result<Self, CommandError> {
        Ok(Self {
            app,
            names: Names::new(app),
            meal,
            around,
            lists: around.lists(),
            viewer: Viewer::here(app, &meal.key.campus)?,
            limits: MealLimits::of(&meal.key.campus.settings, CoreRule::of(&meal.key.campus.settings)),
        })
    }

    /// What the card is worked out from.
    pub(super) fn rows(&self) -> CardRows<'_> {
        self.around.rows(&self.lists, &self.meal.dishes)
    }

    /// Whether the person who works sees a row.
    pub(super) fn sees(&self, found: &ListedRecord) -> bool {
        register(&found.kind)
            .is_some_and(|register| facts_of(register, found).grant(&self.viewer, register, Right::See))
    }

    /// Whether they see the rows of a register by their role, whomever they are about.
    pub(super) fn sees_kind(&self, kind: &str) -> bool {
        register(kind).is_some_and(|register| self.viewer.sees_by_role(register))
    }

    /// Whether they see the checks of people.
    pub(super) fn sees_checks(&self) -> bool {
        self.sees_kind("morning_check")
    }

    /// What a record is called, as far as the person who works may know.
    pub(super) fn called(&self, about: Option<Uuid>) -> String {
        let Some(about) = about else { return String::new() };
        let class = self.around.classes.iter().find(|(id, _)| *id == about).map(|(_, name)| name.clone());
        class.or_else(|| self.names.name(&about.to_string())).unwrap_or_default()
    }

    /// Who says something.
    pub(super) fn by(&self, value: &Value) -> PersonRef {
        self.names.person(value["by"].as_str().unwrap_or_default())
    }

    /// A reading as a dish shows it.
    pub(super) fn reading_of(&self, reading: &DishReading) -> Option<(&ListedRecord, Option<PersonRef>)> {
        let own = self.around.readings.iter().find(|of| of.row.id == reading.id)?;
        Some((&own.found, author(&own.found.doc).map(|by| self.names.person(by))))
    }
}
