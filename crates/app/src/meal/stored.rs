//! One meal: its record where there is one, and what that says.

use causal::RecordId;
use chrono::{Datelike, Days, NaiveDate};
use domain::id::menu_id;
use domain::meal::{Dish, MealRecord, MenuDish, Profile, dishes_of, menu_of, profile_of};
use domain::time::UtcMillis;
use replica::{ListedRecord, Save};
use serde_json::{Value, json};
use uuid::Uuid;

use super::key::MealKey;
use super::rows::{self, Around};
use super::{KIND, MENU};
use crate::app::App;
use crate::document::{Document, Fields, field, text};
use crate::envelope::envelope;
use crate::error::CommandError;

/// The Monday of the week of a day.
pub(crate) fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// A meal as it stands here; its record need not be here.
pub(crate) struct StoredMeal {
    /// Which meal.
    pub(crate) key: MealKey,
    /// Its record.
    pub(crate) id: RecordId,
    /// What somebody who reads it now has seen; none while there is no record.
    pub(crate) version: Option<String>,
    /// What it says.
    pub(crate) document: Document,
    /// The same, as the domain reads it.
    pub(crate) record: MealRecord,
    /// Its stages.
    pub(crate) profile: &'static Profile,
    /// Its dishes.
    pub(crate) dishes: Vec<Dish>,
}

/// One entry of a group of fields: its id and its value.
type Entry<'a> = (&'a str, &'a Value);

impl StoredMeal {
    /// The meal with this key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, key: MealKey) -> Result<Self, CommandError> {
        let id = RecordId(key.id());
        let held = app.store().get(id)?.filter(|held| &*held.record.kind == KIND && !held.record.state.is_deleted());
        let version = held.as_ref().map(|held| held.version.clone());
        let document = held.map(|held| domain::reading::read(KIND, &held.record.state)).unwrap_or_default();
        let record = MealRecord::read(&document);
        let named = key.served().and_then(|served| served.profile.as_deref());
        let profile = profile_of(named, key.sort, is_ordered(app, &key)?);
        let dishes = dishes_of(id.0, &planned_dishes(app, &key)?, &record.dishes);
        Ok(Self { key, id, version, document, record, profile, dishes })
    }

    /// The same with what `set` says of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn with(&self, app: &App, set: &Fields) -> Result<Self, CommandError> {
        let mut document = self.document.clone();
        for (path, value) in set {
            document.insert(path.clone(), value.to_json());
        }
        let record = MealRecord::read(&document);
        let dishes = dishes_of(self.id.0, &planned_dishes(app, &self.key)?, &record.dishes);
        let (key, version) = (self.key.clone(), self.version.clone());
        Ok(Self { key, id: self.id, version, document, record, profile: self.profile, dishes })
    }

    /// The entries of a group such as `cancelled/<id>` that were not taken back, by their ids.
    pub(crate) fn entries(&self, group: &str) -> Vec<Entry<'_>> {
        let of_group = |(path, value)| Some((strip(path, group)?, value));
        let entries = self.document.iter().map(|(path, value)| (path.as_str(), value));
        entries.filter(|(_, value)| !value.is_null()).filter_map(of_group).collect()
    }

    /// The last word that it is cancelled or moved.
    pub(crate) fn cancelled(&self) -> Option<Entry<'_>> {
        self.entries("cancelled").into_iter().max_by_key(|(id, said)| (said["at"].as_i64(), *id))
    }

    /// When it is to be on the table: what its record says, else the timetable.
    pub(crate) fn planned(&self) -> Option<UtcMillis> {
        self.document.get("planned_at").and_then(Value::as_i64).map(UtcMillis).or_else(|| self.key.planned())
    }

    /// The dish with this id, or one that is one with it.
    ///
    /// # Errors
    /// `not-found`
    pub(crate) fn dish(&self, id: Uuid) -> Result<&Dish, CommandError> {
        let found = self.dishes.iter().find(|dish| dish.ids.contains(&id));
        found.ok_or_else(|| CommandError::not_found("there is no such dish on this meal").field("dish"))
    }

    /// The rows around it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn around(&self, app: &App) -> Result<Around, CommandError> {
        Around::load(app, &self.key, self.id)
    }

    /// How many children of each class eat on its day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn attendance(&self, app: &App) -> Result<Vec<ListedRecord>, CommandError> {
        rows::attendance(app, &self.key.campus, self.key.date)
    }

    /// A save of fields, which makes the record where there is none: two tablets make one.
    pub(crate) fn save(&self, app: &App, mut set: Fields) -> Save {
        let time = app.time();
        if self.version.is_none() {
            let mut head: Fields = envelope(app, &self.key.campus, &time, time.now, domain::time::Shift::Day);
            head.retain(|(name, _)| name != "business_date");
            head.push(field("business_date", self.key.date.to_string()));
            head.push(field("date", self.key.date.to_string()));
            head.push(field("type", self.key.sort));
            head.extend(self.key.kitchen.map(|kitchen| field("kitchen", kitchen.to_string())));
            head.append(&mut set);
            set = head;
        }
        Save {
            id: Some(self.id),
            kind: KIND.to_owned(),
            scope: self.key.campus.id,
            seen: self.version.clone(),
            only_if: Some(self.version.clone().unwrap_or_default()),
            set,
            by: app.by(),
            ..Save::default()
        }
    }
}

/// What stands behind `group/`, where that is all of the path.
fn strip<'a>(path: &'a str, group: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(group)?.strip_prefix('/')?;
    (!rest.contains('/')).then_some(rest)
}

/// Whether the campus has its meals brought.
fn is_ordered(app: &App, key: &MealKey) -> Result<bool, CommandError> {
    let Some(campus) = key.campus.id else { return Ok(false) };
    let found = app.store().find_one(RecordId(campus))?;
    Ok(found.is_some_and(|found| text(&found.doc, "catering_mode") == Some("订餐")))
}

/// The dishes that the week's menu has for a meal.
fn planned_dishes(app: &App, key: &MealKey) -> Result<Vec<MenuDish>, CommandError> {
    let Some(campus) = key.campus.id else { return Ok(Vec::new()) };
    let found = app.store().find_one(RecordId(menu_id(campus, monday_of(key.date))))?;
    let found = found.filter(|found| found.kind == MENU);
    Ok(found.map(|found| menu_of(&found.doc, key.date, key.sort)).unwrap_or_default())
}

/// A mark that the person who works makes now: who, when, and by which clock.
pub(crate) fn mark(app: &App, mut value: Value) -> Value {
    let time = app.time();
    value["by"] = json!(app.by().as_deref());
    value["at"] = json!(time.now);
    value["clock"] = json!(time.stamp());
    value
}
