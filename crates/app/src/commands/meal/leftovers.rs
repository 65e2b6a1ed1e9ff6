//! What was left: by class and meal, and on the whole of the meals that had a dish.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::decimal::Decimal;
use domain::meal::{Issue, leaves_too_much};
use domain::register::{Right, register};
use domain::served::SERVED_MEALS;
use replica::ListedRecord;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::arguments::check_sees;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::meal::{ClassLeftovers, DishLeftovers, LeftoverMeal, Leftovers, MealTag};
use crate::entry::facts::facts_of;
use crate::error::CommandError;
use crate::meal::{MealKey, Of, StoredMeal, Tags, classes, issues_of};
use crate::sight::Viewer;

/// On so many days with meals a class leaves too much before its menu is asked about.
const DAYS: usize = 3;
/// More days are not told at once.
const MOST_DAYS: i64 = 92;

/// Arguments of `meal.leftovers`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListLeftovers {
    /// The first day, `YYYY-MM-DD`.
    from: String,
    /// The last day; at most 92 days in all.
    to: String,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn leftovers(app: &App, arguments: ListLeftovers) -> Result<Leftovers, CommandError> {
    let key = |day: &str| MealKey::of(app, arguments.campus, Some(day), SERVED_MEALS[0], None);
    let (from, to) = (key(&arguments.from)?, key(&arguments.to).map_err(|error| error.field("to"))?);
    check_sees(app, &to)?;
    let days = (to.date - from.date).num_days();
    if !(0..MOST_DAYS).contains(&days) {
        return Err(CommandError::bad_argument("to", format_args!("at most {MOST_DAYS} days from the first one on")));
    }
    let campus = &to.campus;
    let viewer = Viewer::here(app, campus)?;
    let sees = |found: &ListedRecord| {
        register(&found.kind).is_some_and(|register| facts_of(register, found).grant(&viewer, register, Right::See))
    };
    let mut issues = issues_of(app, campus, &from.date.to_string(), &to.date.to_string())?;
    issues.retain(|of| sees(&of.found));
    let mut tags = Tags::new(app, campus);
    let mut rows = Vec::new();
    for of in issues {
        let date = of.found.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let meal = text(&of.found.doc, "meal").and_then(|meal| Uuid::parse_str(meal).ok());
        let (Some(date), Some(meal)) = (date, meal) else { continue };
        let tag = tags.of(meal, date)?;
        rows.push(Row { of, date, tag });
    }
    let limit = campus.settings.number("soft.leftover_percent");
    Ok(Leftovers {
        limit: limit.normalize().to_string(),
        classes: by_class(&rows, &classes(app, campus), limit),
        dishes: by_dish(app, campus, &rows)?,
    })
}

/// What a class was given and left.
struct Row {
    of: Of<Issue>,
    date: NaiveDate,
    tag: Option<MealTag>,
}

fn told(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.normalize().to_string())
}

fn by_class(rows: &[Row], classes: &[(Uuid, String)], limit: Decimal) -> Vec<ClassLeftovers> {
    let mut told: Vec<ClassLeftovers> = Vec::new();
    for (class, name) in classes {
        let mut own: Vec<&Row> = rows.iter().filter(|row| row.of.row.class == Some(*class)).collect();
        own.sort_by_key(|row| std::cmp::Reverse((row.date, row.of.row.id)));
        if own.is_empty() {
            continue;
        }
        let given = own.iter().filter(|row| row.of.row.issued.is_some());
        let rates: Vec<_> = given.map(|row| (row.date, row.of.row.leftover_percent())).collect();
        told.push(ClassLeftovers {
            class: *class,
            name: name.clone(),
            over: leaves_too_much(&rates, limit, DAYS),
            meals: own.into_iter().map(view).collect(),
        });
    }
    told.sort_by_key(|class| !class.over);
    told
}

fn view(row: &Row) -> LeftoverMeal {
    let issue = &row.of.row;
    LeftoverMeal {
        id: issue.id,
        date: row.date.to_string(),
        meal: row.tag.clone(),
        issued: told(issue.issued),
        unit: issue.issued_unit.clone(),
        leftover: told(issue.leftover),
        leftover_unit: issue.leftover_unit.clone(),
        percent: told(issue.leftover_percent().map(|rate| rate.round_dp(1))),
    }
}

/// The rates of meals.
#[derive(Default)]
struct Rates {
    meals: usize,
    rows: u32,
    sum: Decimal,
}

impl Rates {
    fn add(&mut self, other: &Self) {
        self.meals += other.meals;
        self.rows += other.rows;
        self.sum = self.sum.saturating_add(other.sum);
    }

    fn mean(&self) -> Option<Decimal> {
        self.sum.checked_div(self.rows.into()).map(|mean| mean.round_dp(1).normalize())
    }
}

/// Nobody weighs what is left of one dish, so a dish is told by the meals that had it: the mean of what their classes left of a hundred
/// parts, in whatever unit each was counted. Rows without a rate tell nothing.
fn by_dish(app: &App, campus: &Campus, rows: &[Row]) -> Result<Vec<DishLeftovers>, CommandError> {
    let mut meals: BTreeMap<(String, String, Option<Uuid>), Rates> = BTreeMap::new();
    for row in rows {
        let (Some(tag), Some(rate)) = (&row.tag, row.of.row.leftover_percent()) else { continue };
        let rates = meals.entry((tag.date.clone(), tag.sort.clone(), tag.kitchen)).or_default();
        rates.add(&Rates { meals: 0, rows: 1, sum: rate });
        rates.meals = 1;
    }
    let mut dishes: BTreeMap<String, Rates> = BTreeMap::new();
    for ((date, sort, kitchen), rates) in meals {
        let meal = StoredMeal::load(app, MealKey::of(app, campus.id, Some(&date), &sort, kitchen)?)?;
        let names: BTreeSet<&str> =
            meal.dishes.iter().filter(|dish| dish.is_asked()).map(|dish| dish.name.as_str()).collect();
        names.into_iter().for_each(|name| dishes.entry(name.to_owned()).or_default().add(&rates));
    }
    let mut told: Vec<(Decimal, DishLeftovers)> = dishes
        .into_iter()
        .filter_map(|(name, rates)| {
            let mean = rates.mean()?;
            Some((mean, DishLeftovers { name, times: rates.meals, percent: mean.to_string() }))
        })
        .collect();
    told.sort_by(|(a, one), (b, other)| (b, &one.name).cmp(&(a, &other.name)));
    Ok(told.into_iter().map(|(_, dish)| dish).collect())
}
