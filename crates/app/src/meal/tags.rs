//! Which meal an id means: an id follows from the campus, the day and the type, so its record need not be here.

use std::collections::BTreeMap;

use causal::RecordId;
use chrono::NaiveDate;
use domain::id::meal_id;
use domain::served::SERVED_MEALS;
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::meal::MealTag;
use crate::error::CommandError;

/// Looks up which meals ids mean, each once.
pub(crate) struct Tags<'a> {
    app: &'a App,
    campus: &'a Campus,
    known: BTreeMap<Uuid, Option<MealTag>>,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(app: &'a App, campus: &'a Campus) -> Self {
        Self { app, campus, known: BTreeMap::new() }
    }

    /// The meal `id`, of which a row was written on `day`: one of that day or the day before, else what its record says; none for a
    /// meal of which nothing is known here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(&mut self, id: Uuid, day: NaiveDate) -> Result<Option<MealTag>, CommandError> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let tag = match self.near(id, day) {
            Some(near) => Some(near),
            None => self.recorded(id)?,
        };
        self.known.insert(id, tag.clone());
        Ok(tag)
    }

    fn near(&self, id: Uuid, day: NaiveDate) -> Option<MealTag> {
        let campus = self.campus.id.unwrap_or_default();
        let days = [Some(day), day.pred_opt()];
        let all = days.into_iter().flatten().flat_map(|date| SERVED_MEALS.iter().map(move |sort| (date, *sort)));
        let found = all.into_iter().find(|(date, sort)| meal_id(campus, *date, sort) == id);
        found.map(|(date, sort)| MealTag { date: date.to_string(), sort: sort.to_owned(), kitchen: None })
    }

    fn recorded(&self, id: Uuid) -> Result<Option<MealTag>, CommandError> {
        let found = self.app.store().find_one(RecordId(id))?.filter(|found| found.kind == KIND);
        Ok(found.and_then(|found| {
            Some(MealTag {
                date: text(&found.doc, "date")?.to_owned(),
                sort: text(&found.doc, "type")?.to_owned(),
                kitchen: text(&found.doc, "kitchen").and_then(|kitchen| Uuid::parse_str(kitchen).ok()),
            })
        }))
    }
}
