//! 追溯, both ways, from what this device holds.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::meal::Dish;
use domain::register::{Right, VOID, register};
use domain::served::SERVED_MEALS;
use replica::{ListedRecord, Listing, Order};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::arguments::{MealArgument, check_sees};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::meal::{TraceDish, TraceLine, TraceView};
use crate::entry::facts::facts_of;
use crate::entry::scopes;
use crate::error::CommandError;
use crate::meal::{KIND, MealKey, StoredMeal};
use crate::names::Names;
use crate::sight::Viewer;

/// What was delivered is cooked within so many days.
const DAYS_ON: u64 = 120;
/// So many meals of that time are looked through.
const MOST_MEALS: u64 = 2_000;
/// So many lines of one day are looked through.
const MOST_LINES: u64 = 2_000;

/// Arguments of `meal.trace`: a meal, one of its dishes, or a line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Trace {
    /// The meal, of which all dishes are traced.
    #[serde(default)]
    meal: Option<MealArgument>,
    /// One dish of it.
    #[serde(default)]
    dish: Option<Uuid>,
    /// The line of a delivery.
    #[serde(default)]
    line: Option<Uuid>,
}

pub(super) fn trace(app: &App, arguments: Trace) -> Result<TraceView, CommandError> {
    match (&arguments.meal, arguments.line) {
        (Some(meal), None) => of_meal(app, &meal.seen(app)?, arguments.dish),
        (None, Some(line)) => of_line(app, line),
        _ => Err(CommandError::bad_argument("meal", "trace a meal or a line")),
    }
}

/// From dishes to the lines that they were made of; what of the meal and of the day's lines is linked to nothing is named.
fn of_meal(app: &App, meal: &StoredMeal, only: Option<Uuid>) -> Result<TraceView, CommandError> {
    let tracing = Tracing::new(app, &meal.key.campus)?;
    let asked = only.map(|dish| meal.dish(dish).map(|dish| dish.id)).transpose()?;
    let dishes: Vec<&Dish> = meal.dishes.iter().filter(|dish| asked.is_none_or(|asked| dish.id == asked)).collect();
    let linked: BTreeSet<Uuid> = dishes.iter().flat_map(|dish| dish.lines.iter().copied()).collect();
    let mut lines = Vec::new();
    for line in &linked {
        lines.extend(tracing.line(*line)?);
    }
    let all: BTreeSet<Uuid> = meal.dishes.iter().flat_map(|dish| dish.lines.iter().copied()).collect();
    let day = meal.key.date.to_string();
    let of_day = tracing.lines_of(&day)?.into_iter().filter(|found| !all.contains(&found.id.0));
    Ok(TraceView {
        dishes: dishes.iter().map(|dish| tracing.dish(meal, dish)).collect::<Result<_, _>>()?,
        lines,
        unlinked_dishes: meal
            .dishes
            .iter()
            .filter(|dish| dish.is_asked() && dish.lines.is_empty())
            .map(|dish| dish.name.clone())
            .collect(),
        unlinked_lines: of_day.map(|found| tracing.view(&found)).collect(),
    })
}

/// From a line to the dishes that were made of it, and the classes that were given of their meals.
fn of_line(app: &App, line: Uuid) -> Result<TraceView, CommandError> {
    let missing = || CommandError::not_found("there is no such line here").field("line");
    let found =
        app.store().find_one(RecordId(line))?.filter(|found| found.kind == "delivery_line").ok_or_else(missing)?;
    let campus = Campus::load(app, found.scope)?;
    let tracing = Tracing::new(app, &campus)?;
    if !tracing.sees(&found) {
        return Err(missing());
    }
    let first = MealKey::of(app, campus.id, found.day.as_deref(), SERVED_MEALS[0], None)?;
    check_sees(app, &first)?;
    let until = first.date.checked_add_days(Days::new(DAYS_ON)).unwrap_or(NaiveDate::MAX).to_string();
    let from = first.date.to_string();
    let meal_scopes: Vec<Uuid> = campus.id.into_iter().collect();
    let listing = Listing {
        kind: KIND,
        scopes: &meal_scopes,
        days: Some((&from, &until)),
        order: Order::Id,
        limit: MOST_MEALS,
        ..Listing::default()
    };
    let end = format!("/lines/{line}");
    let names_it = |document: &Document| document.iter().any(|(path, value)| !value.is_null() && path.ends_with(&end));
    let mut dishes = Vec::new();
    for meal in app.store().find(&listing)?.into_iter().filter(|meal| names_it(&meal.doc)) {
        let (Some(date), Some(sort)) = (text(&meal.doc, "date"), text(&meal.doc, "type")) else { continue };
        let kitchen = text(&meal.doc, "kitchen").and_then(|kitchen| Uuid::parse_str(kitchen).ok());
        let stored = StoredMeal::load(app, MealKey::of(app, campus.id, Some(date), sort, kitchen)?)?;
        for dish in stored.dishes.iter().filter(|dish| dish.lines.contains(&line)) {
            dishes.push(tracing.dish(&stored, dish)?);
        }
    }
    Ok(TraceView { dishes, lines: vec![tracing.view(&found)], unlinked_dishes: Vec::new(), unlinked_lines: Vec::new() })
}

struct Tracing<'a> {
    app: &'a App,
    campus: &'a Campus,
    names: Names<'a>,
    viewer: Viewer,
}

impl<'a> Tracing<'a> {
    fn new(app: &'a App, campus: &'a Campus) -> Result<Self, CommandError> {
        Ok(Self { app, campus, names: Names::new(app), viewer: Viewer::here(app, campus)? })
    }

    fn sees(&self, found: &ListedRecord) -> bool {
        register(&found.kind)
            .is_some_and(|register| facts_of(register, found).grant(&self.viewer, register, Right::See))
    }

    fn line(&self, id: Uuid) -> Result<Option<TraceLine>, CommandError> {
        let found = self.app.store().find_one(RecordId(id))?;
        Ok(found.filter(|found| found.kind == "delivery_line" && self.sees(found)).map(|found| self.view(&found)))
    }

    fn view(&self, found: &ListedRecord) -> TraceLine {
        let owned = |name: &str| text(&found.doc, name).map(str::to_owned);
        TraceLine {
            id: found.id.0,
            item_name: owned("item_name").unwrap_or_default(),
            batch: owned("batch"),
            expires_on: owned("expires_on"),
            supplier: owned("supplier").and_then(|id| self.names.name(&id)).or_else(|| owned("supplier_as")),
            day: found.day.clone(),
            decision: owned("decision"),
        }
    }

    /// The lines of one day that the person who works sees and that stand.
    fn lines_of(&self, day: &str) -> Result<Vec<ListedRecord>, CommandError> {
        let Some(lines) = register("delivery_line") else { return Ok(Vec::new()) };
        let scopes = scopes(self.campus, lines);
        let listing =
            Listing { kind: &lines.kind, scopes: &scopes, day: Some(day), limit: MOST_LINES, ..Listing::default() };
        let mut found = self.app.store().find(&listing)?;
        found.retain(|found| found.stage.as_deref() != Some(VOID) && self.sees(found));
        Ok(found)
    }

    fn dish(&self, meal: &StoredMeal, dish: &Dish) -> Result<TraceDish, CommandError> {
        let around = meal.around(self.app)?;
        let given =
            around.issues.iter().filter(|of| !of.row.is_void && of.row.issued.is_some() && self.sees(&of.found));
        let called = |class: Uuid| around.classes.iter().find(|(id, _)| *id == class).map(|(_, name)| name.clone());
        let is_own = |of: &&crate::meal::Of<domain::meal::Sample>| {
            let found = domain::meal::dish_called(&meal.dishes, of.row.dish, &of.row.dish_name);
            !of.row.is_void && found.is_some_and(|found| found.id == dish.id) && self.sees(&of.found)
        };
        Ok(TraceDish {
            id: dish.id,
            name: dish.name.clone(),
            meal: meal.key.tag(),
            classes: given.filter_map(|of| called(of.row.class?)).collect(),
            samples: around.samples.iter().filter(is_own).map(|of| of.row.box_no.clone()).collect(),
        })
    }
}
