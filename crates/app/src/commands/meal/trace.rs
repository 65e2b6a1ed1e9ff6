//! 追溯, both ways, from what this device holds.
//!
//! A meal costs the look-ups of its own rows and of its day, and lines those of the meals after them: how many deliveries there are
//! beside plays no part.

use std::collections::{BTreeMap, BTreeSet};

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::id::meal_id;
use domain::meal::{Dish, MealRecord, dish_called, dishes_of, menu_of};
use domain::register::{Right, register};
use domain::served::SERVED_MEALS;
use replica::{ListedRecord, Listing, Order};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::arguments::{MealArgument, check_sees};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::meal::{MealTag, TraceDish, TraceLine, TraceView};
use crate::entry::facts::facts_of;
use crate::error::CommandError;
use crate::meal::{Given, KIND, MENU, MealKey, StoredMeal, classes, monday_of, of_day};
use crate::names::Names;
use crate::people;
use crate::sight::Viewer;

/// What was delivered is cooked within so many days.
const DAYS_ON: u64 = 120;
/// Dishes of so many days after a delivery may have been made of it without anybody's word.
const DAYS_UNSAID: u64 = 14;
/// So many meals of that time are looked through.
const MOST_MEALS: u64 = 2_000;
/// So many lines are traced at once: a batch, a supplier's of a week.
const MOST_LINES: usize = 200;

/// Arguments of `meal.trace`: a meal, one of its dishes, or lines.
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
    /// Several lines, such as those of a batch or of a supplier.
    #[serde(default)]
    lines: Vec<Uuid>,
}

pub(super) fn trace(app: &App, arguments: Trace) -> Result<TraceView, CommandError> {
    let lines: BTreeSet<Uuid> = arguments.lines.iter().copied().chain(arguments.line).collect();
    if lines.len() > MOST_LINES {
        return Err(CommandError::limit("lines", "lines at once", MOST_LINES, lines.len()));
    }
    match &arguments.meal {
        Some(meal) if lines.is_empty() => of_meal(app, &meal.seen(app)?, arguments.dish),
        None if !lines.is_empty() => of_lines(app, &lines),
        _ => Err(CommandError::bad_argument("meal", "trace a meal or lines")),
    }
}

/// From dishes to the lines that they were made of; what of the meal and of the day's lines is linked to nothing is named.
fn of_meal(app: &App, meal: &StoredMeal, only: Option<Uuid>) -> Result<TraceView, CommandError> {
    let campus = &meal.key.campus;
    let tracing = Tracing::new(app, campus)?;
    let asked = only.map(|dish| meal.dish(dish).map(|dish| dish.id)).transpose()?;
    let cooked = Cooked {
        id: meal.id,
        tag: meal.key.tag(),
        date: meal.key.date,
        dishes: meal.dishes.clone(),
        is_cancelled: false,
    };
    let chosen = |dish: &Dish| asked.is_none_or(|asked| dish.id == asked);
    let linked: BTreeSet<Uuid> =
        cooked.dishes.iter().filter(|dish| chosen(dish)).flat_map(|dish| dish.lines.iter().copied()).collect();
    let mut lines = Vec::new();
    for line in &linked {
        lines.extend(tracing.line(*line)?);
    }
    let seen: BTreeSet<Uuid> = lines.iter().map(|line| line.id).collect();
    let all: BTreeSet<Uuid> = cooked.dishes.iter().flat_map(|dish| dish.lines.iter().copied()).collect();
    let day = meal.key.date.to_string();
    let mut of_day = of_day(app, campus, "delivery_line", &day)?;
    of_day.retain(|found| !all.contains(&found.id.0) && tracing.sees(found));
    Ok(TraceView {
        dishes: tracing.dishes(&cooked, chosen, &seen)?,
        lines,
        unlinked_dishes: cooked.dishes.iter().filter(|dish| is_unsaid(dish)).map(|dish| dish.name.clone()).collect(),
        unlinked_lines: of_day.iter().map(|found| tracing.view(found)).collect(),
    })
}

/// From lines to the dishes that were made of them, and the classes that were given of their meals. Dishes of the days after of which
/// nobody said what they were made of are named: they may have had of them as well.
fn of_lines(app: &App, lines: &BTreeSet<Uuid>) -> Result<TraceView, CommandError> {
    let missing = || CommandError::not_found("there is no such line here").field("line");
    let found = lines_here(app, lines)?.ok_or_else(missing)?;
    let scope = found.first().and_then(|found| found.scope);
    let campus = Campus::load(app, scope)?;
    let tracing = Tracing::new(app, &campus)?;
    if !found.iter().all(|found| found.scope == scope && tracing.sees(found)) {
        return Err(missing());
    }
    let today = people::today(app, &campus);
    let days: Vec<NaiveDate> = found.iter().filter_map(|found| found.day.as_deref()?.parse().ok()).collect();
    let (first, last) = (days.iter().min().copied().unwrap_or(today), days.iter().max().copied().unwrap_or(today));
    check_sees(app, &MealKey::of(app, campus.id, Some(&first.to_string()), SERVED_MEALS[0], None)?)?;
    let after = |days: u64| last.checked_add_days(Days::new(days)).unwrap_or(last);
    let unsaid = after(DAYS_UNSAID).min(today);
    let mut dishes = Vec::new();
    let mut unlinked = BTreeSet::new();
    for meal in meals_between(app, &campus, first, after(DAYS_ON))? {
        let has_line = |dish: &Dish| !dish.lines.is_disjoint(lines);
        if meal.dishes.iter().any(has_line) {
            dishes.extend(tracing.dishes(&meal, has_line, lines)?);
        }
        if !meal.is_cancelled && meal.date <= unsaid {
            unlinked.extend(meal.dishes.iter().filter(|dish| is_unsaid(dish)).map(|dish| dish.name.clone()));
        }
    }
    Ok(TraceView {
        unlinked_lines: Vec::new(),
        lines: found.iter().map(|found| tracing.view(found)).collect(),
        unlinked_dishes: unlinked.into_iter().collect(),
        dishes,
    })
}

/// Of these dishes nobody said what they were made of.
fn is_unsaid(dish: &Dish) -> bool {
    dish.is_asked() && dish.lines.is_empty()
}

/// The lines, oldest first; none where one of them is not here.
fn lines_here(app: &App, lines: &BTreeSet<Uuid>) -> Result<Option<Vec<ListedRecord>>, CommandError> {
    let mut all: Vec<ListedRecord> = Vec::new();
    for line in lines {
        let found = app.store().find_one(RecordId(*line))?.filter(|found| found.kind == "delivery_line");
        let Some(found) = found else { return Ok(None) };
        all.push(found);
    }
    all.sort_by(|a, b| (&a.day, a.id).cmp(&(&b.day, b.id)));
    Ok(Some(all))
}

/// A meal with its dishes.
struct Cooked {
    id: RecordId,
    tag: MealTag,
    date: NaiveDate,
    dishes: Vec<Dish>,
    is_cancelled: bool,
}

/// The meals of some days by two look-ups, oldest first: those of which there is a record, and those that a menu alone has.
fn meals_between(app: &App, campus: &Campus, from: NaiveDate, until: NaiveDate) -> Result<Vec<Cooked>, CommandError> {
    let Some(id) = campus.id else { return Ok(Vec::new()) };
    let scopes = [id];
    let list = |kind: &'static str, from: &str, until: &str| {
        let days = Some((from, until));
        let order = Order::Id;
        app.store().find(&Listing { kind, scopes: &scopes, days, order, limit: MOST_MEALS, ..Listing::default() })
    };
    let menus: BTreeMap<NaiveDate, Document> = list(MENU, &monday_of(from).to_string(), &until.to_string())?
        .into_iter()
        .filter_map(|menu| Some((menu.day.as_deref()?.parse().ok()?, menu.doc)))
        .collect();
    let planned = |date: NaiveDate, sort: &str| {
        menus.get(&monday_of(date)).map(|menu| menu_of(menu, date, sort)).unwrap_or_default()
    };
    let mut meals: BTreeMap<(NaiveDate, Uuid), Cooked> = BTreeMap::new();
    for found in list(KIND, &from.to_string(), &until.to_string())? {
        let (Some(date), Some(sort)) = (text(&found.doc, "date"), text(&found.doc, "type")) else { continue };
        let Ok(date) = date.parse::<NaiveDate>() else { continue };
        let kitchen = text(&found.doc, "kitchen").and_then(|kitchen| Uuid::parse_str(kitchen).ok());
        let record = MealRecord::read(&found.doc);
        let dishes = dishes_of(found.id.0, &planned(date, sort), &record.dishes);
        let tag = MealTag { date: date.to_string(), sort: sort.to_owned(), kitchen };
        let is_cancelled = record.is_cancelled();
        meals.insert((date, found.id.0), Cooked { id: found.id, tag, date, dishes, is_cancelled });
    }
    let weeks = menus.keys().flat_map(|monday| monday.iter_days().take(7));
    for date in weeks.filter(|date| (from..=until).contains(date)) {
        for sort in SERVED_MEALS {
            let own = meal_id(id, date, sort);
            let menu = planned(date, sort);
            if !menu.is_empty() {
                meals.entry((date, own)).or_insert_with(|| Cooked {
                    id: RecordId(own),
                    tag: MealTag { date: date.to_string(), sort: (*sort).to_owned(), kitchen: None },
                    date,
                    dishes: dishes_of(own, &menu, &BTreeMap::new()),
                    is_cancelled: false,
                });
            }
        }
    }
    Ok(meals.into_values().collect())
}

struct Tracing<'a> {
    app: &'a App,
    campus: &'a Campus,
    names: Names<'a>,
    viewer: Viewer,
    classes: Vec<(Uuid, String)>,
}

impl<'a> Tracing<'a> {
    fn new(app: &'a App, campus: &'a Campus) -> Result<Self, CommandError> {
        let classes = classes(app, campus);
        Ok(Self { app, campus, names: Names::new(app), viewer: Viewer::here(app, campus)?, classes })
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

    /// The chosen dishes of a meal with who had of it: its rows are looked up once. Of their lines those in `shown` are named.
    fn dishes(
        &self,
        meal: &Cooked,
        is_chosen: impl Fn(&Dish) -> bool,
        shown: &BTreeSet<Uuid>,
    ) -> Result<Vec<TraceDish>, CommandError> {
        let given = Given::load(self.app, self.campus, meal.id, meal.date)?;
        let called = |class: Uuid| self.classes.iter().find(|(id, _)| *id == class).map(|(_, name)| name.clone());
        let issues = given.issues.iter().filter(|of| of.row.issued.is_some() && self.sees(&of.found));
        let classes: Vec<String> = issues.filter_map(|of| called(of.row.class?)).collect();
        let view = |dish: &Dish| {
            let is_own = |of: &&crate::meal::Of<domain::meal::Sample>| {
                let found = dish_called(&meal.dishes, of.row.dish, &of.row.dish_name);
                found.is_some_and(|found| found.id == dish.id) && self.sees(&of.found)
            };
            TraceDish {
                id: dish.id,
                name: dish.name.clone(),
                meal: meal.tag.clone(),
                classes: classes.clone(),
                samples: given.samples.iter().filter(is_own).map(|of| of.row.box_no.clone()).collect(),
                lines: dish.lines.intersection(shown).copied().collect(),
            }
        };
        Ok(meal.dishes.iter().filter(|dish| is_chosen(dish)).map(view).collect())
    }
}
