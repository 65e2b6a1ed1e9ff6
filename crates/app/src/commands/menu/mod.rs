//! The menu of a week: what is planned, before anybody cooks it.

mod banned;
mod known;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::id::{dish_id, menu_id};
use domain::meal::{Category, MealRecord, MenuDish, banned_in, dishes_of, menu_of};
use domain::permission::Permission;
use domain::served::SERVED_MEALS;
use replica::{Listing, Save};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use self::banned::banned;
use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read, write};
use crate::document::{Document, Fields, field};
use crate::dto::meal::{MenuChange, MenuDay, MenuDishView, MenuWeek};
use crate::envelope::{self, envelope};
use crate::error::CommandError;
use crate::meal::{KIND, MENU, MealKey, monday_of};
use crate::people;
use crate::sight::Viewer;

/// More dishes do not stand on one meal.
const MOST_DISHES: usize = 30;
/// A longer name is no dish.
const LONGEST: usize = 40;
/// A week has no more meals.
const MOST_MEALS: u64 = 200;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("menu.get", "Gives the menu of a week.", get),
        read("menu.known", "Gives dishes that were planned before, by a part of the name or its pinyin.", known::known),
        write("menu.save", "Plans the dishes of meals of a week; food that is banned is refused.", save),
    ]
}

/// Arguments of `menu.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GetMenu {
    /// A day of the week, `YYYY-MM-DD`; today when left out.
    #[serde(default)]
    day: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// A dish that is planned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlannedDish {
    /// What it is called.
    name: String,
    /// 主食, 热菜, 汤, 点心, 水果 or 预包装.
    #[serde(default)]
    category: Option<String>,
    /// Whether it is made here.
    #[serde(default)]
    made_here: Option<bool>,
    /// What children may be allergic to in it.
    #[serde(default)]
    allergens: Vec<String>,
}

/// A meal that is planned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlannedMeal {
    /// The day, `YYYY-MM-DD`, of the week that is saved.
    date: String,
    /// 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵.
    #[serde(rename = "type")]
    sort: String,
    /// All of its dishes, in their order; one that is left out is taken off.
    dishes: Vec<PlannedDish>,
    /// The dishes, by their ids, that the form showed when it was begun: another one that stands there by now stays. Left out, all.
    #[serde(default)]
    had: Option<Vec<Uuid>>,
}

/// Arguments of `menu.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveMenu {
    /// A day of the week, `YYYY-MM-DD`.
    day: String,
    /// The meals that are planned anew; others stay as they are.
    meals: Vec<PlannedMeal>,
    /// What the form has seen; left out, the menu as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// The menu of a week as it stands here.
struct StoredMenu {
    campus: Campus,
    monday: NaiveDate,
    id: causal::RecordId,
    version: Option<String>,
    document: Document,
}

impl StoredMenu {
    fn load(app: &App, campus: Option<Uuid>, day: Option<&str>) -> Result<Self, CommandError> {
        let key = MealKey::of(app, campus, day, SERVED_MEALS[0], None).map_err(|error| error.field("day"))?;
        let monday = monday_of(key.date);
        let id = causal::RecordId(menu_id(key.campus.id.unwrap_or_default(), monday));
        let held = app.store().get(id)?.filter(|held| &*held.record.kind == MENU && !held.record.state.is_deleted());
        let version = held.as_ref().map(|held| held.version.clone());
        let document = held.map(|held| domain::reading::read(MENU, &held.record.state)).unwrap_or_default();
        Ok(Self { campus: key.campus, monday, id, version, document })
    }

    fn days(&self) -> Vec<NaiveDate> {
        (0..7).filter_map(|on| self.monday.checked_add_days(Days::new(on))).collect()
    }

    fn view(&self, app: &App) -> Result<MenuWeek, CommandError> {
        let viewer = Viewer::here(app, &self.campus)?;
        let meals = self.days().into_iter().flat_map(|date| SERVED_MEALS.iter().map(move |sort| (date, *sort)));
        let records = self.records(app)?;
        Ok(MenuWeek {
            monday: self.monday.to_string(),
            version: self.version.clone(),
            meals: meals.filter_map(|(date, sort)| self.meal(date, sort, &records)).collect(),
            may_write: viewer.sight.may(Permission::ManageMeals),
        })
    }

    /// The records of the meals of the week, by their ids: one look-up.
    fn records(&self, app: &App) -> Result<BTreeMap<Uuid, MealRecord>, CommandError> {
        let scopes: Vec<Uuid> = self.campus.id.into_iter().collect();
        let days = self.days();
        let last = days.last().unwrap_or(&self.monday).to_string();
        let days = Some((self.monday.to_string(), last));
        let days = days.as_ref().map(|(from, to)| (from.as_str(), to.as_str()));
        let listing = Listing { kind: KIND, scopes: &scopes, days, limit: MOST_MEALS, ..Listing::default() };
        Ok(app.store().find(&listing)?.into_iter().map(|found| (found.id.0, MealRecord::read(&found.doc))).collect())
    }

    fn meal(&self, date: NaiveDate, sort: &str, records: &BTreeMap<Uuid, MealRecord>) -> Option<MenuDay> {
        let served = self.campus.served.on(date, &self.campus.calendar).contains(&sort);
        let meal = MealKey {
            campus: self.campus.clone(),
            date,
            is_day_checked: true,
            sort: SERVED_MEALS.iter().find(|known| **known == sort)?,
            kitchen: None,
        };
        let dishes = menu_of(&self.document, date, sort);
        let view = |dish: MenuDish| MenuDishView {
            id: dish_id(meal.id(), &dish.name),
            name: dish.name,
            category: dish.category.map(|category| category.word().to_owned()),
            made_here: dish.made_here,
            allergens: dish.allergens.into_iter().collect(),
        };
        let changes = records.get(&meal.id()).map(|record| changes(meal.id(), &dishes, record)).unwrap_or_default();
        let dishes: Vec<MenuDishView> = dishes.into_iter().map(view).collect();
        (served || !dishes.is_empty() || !changes.is_empty()).then(|| MenuDay {
            date: date.to_string(),
            sort: sort.to_owned(),
            served,
            dishes,
            changes,
        })
    }
}

/// What a meal has otherwise than its menu: dishes that were struck or are called otherwise, and others.
fn changes(meal: Uuid, planned: &[MenuDish], record: &MealRecord) -> Vec<MenuChange> {
    let mut changes = Vec::new();
    for dish in dishes_of(meal, planned, &record.dishes) {
        let was = planned.iter().map(|planned| &planned.name).find(|name| dish.ids.contains(&dish_id(meal, name)));
        let is_as_planned = dish.is_asked() && was == Some(&dish.name);
        let is_none = !dish.is_asked() && was.is_none();
        if !is_as_planned && !is_none {
            let struck = dish.struck.map(|struck| struck.reason);
            changes.push(MenuChange { was: was.cloned(), name: dish.name, struck });
        }
    }
    changes
}

fn get(app: &App, arguments: GetMenu) -> Result<MenuWeek, CommandError> {
    StoredMenu::load(app, arguments.campus, arguments.day.as_deref())?.view(app)
}

fn save(app: &App, arguments: SaveMenu) -> Result<MenuWeek, CommandError> {
    let menu = StoredMenu::load(app, arguments.campus, Some(&arguments.day))?;
    people::require(app, &menu.campus, Permission::ManageMeals)?;
    let mut set = Fields::new();
    for meal in &arguments.meals {
        set.extend(planned(&menu, meal)?);
    }
    if set.is_empty() {
        return menu.view(app);
    }
    let time = app.time();
    if menu.version.is_none() {
        let mut head = envelope(app, &menu.campus, &time, time.now, domain::time::Shift::Day);
        head.retain(|(name, _)| name != "business_date");
        head.push(field("business_date", menu.monday.to_string()));
        head.push(field("monday", menu.monday.to_string()));
        head.append(&mut set);
        set = head;
    }
    let save = Save {
        id: Some(menu.id),
        kind: MENU.to_owned(),
        scope: menu.campus.id,
        seen: arguments.seen.or_else(|| menu.version.clone()),
        only_if: Some(menu.version.clone().unwrap_or_default()),
        set,
        by: app.by(),
        ..Save::default()
    };
    match menu.version {
        None => drop(envelope::save(app, save, &time)?),
        Some(_) => drop(app.store().save(save)?),
    }
    StoredMenu::load(app, arguments.campus, Some(&arguments.day))?.view(app)
}

/// The fields that plan one meal: those that differ, and null for what is taken off.
fn planned(menu: &StoredMenu, meal: &PlannedMeal) -> Result<Fields, CommandError> {
    let wrong_day = || CommandError::bad_argument("meals", "a day of that week, such as 2026-11-23");
    let date: NaiveDate = meal.date.parse().map_err(|_| wrong_day())?;
    if monday_of(date) != menu.monday {
        return Err(wrong_day());
    }
    let none = || CommandError::bad_argument("meals", format_args!("a meal is one of {}", SERVED_MEALS.join(", ")));
    let sort = *SERVED_MEALS.iter().find(|known| **known == meal.sort).ok_or_else(none)?;
    if meal.dishes.len() > MOST_DISHES {
        return Err(CommandError::limit("meals", "dishes of one meal", MOST_DISHES, meal.dishes.len()));
    }
    let key = MealKey { campus: menu.campus.clone(), date, is_day_checked: true, sort, kitchen: None };
    let group = format!("days/{date}/{sort}/");
    let banned = banned(&menu.campus.settings_on(Some(&date.to_string())));
    let mut now = Document::new();
    for (n, dish) in meal.dishes.iter().enumerate() {
        let (name, value) = checked(dish, n, &banned)?;
        now.insert(format!("{group}{}", dish_id(key.id(), &name)), value);
    }
    let was_shown = |path: &str| {
        let id = path.strip_prefix(&group).and_then(|id| Uuid::parse_str(id).ok());
        meal.had.as_ref().is_none_or(|had| id.is_some_and(|id| had.contains(&id)))
    };
    let gone = menu.document.keys().filter(|path| path.starts_with(&group) && !now.contains_key(*path));
    let gone = gone.filter(|path| was_shown(path));
    let gone = gone.filter(|path| !menu.document[*path].is_null()).map(|path| field(path.clone(), Value::Null));
    let mut set: Fields = gone.collect();
    let differs = |(path, value): &(&String, &Value)| menu.document.get(*path) != Some(*value);
    set.extend(now.iter().filter(differs).map(|(path, value)| field(path.clone(), value.clone())));
    Ok(set)
}

fn checked(dish: &PlannedDish, n: usize, banned: &[String]) -> Result<(String, Value), CommandError> {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().count() <= LONGEST && !word.chars().any(char::is_control);
    let name = dish.name.trim();
    if !is_word(name) {
        return Err(CommandError::bad_argument("name", format_args!("a dish is called in 1 to {LONGEST} letters")));
    }
    if let Some(word) = banned_in(name, banned) {
        let zh = format!("「{name}」不得制售：{word}（学校食品安全规定）");
        let en = format!("{name} may not be served: {word} is banned in schools");
        return Err(CommandError::new(ProblemType::BadValue, &en)
            .field("name")
            .detail("rule", "banned")
            .detail("zh", &zh)
            .detail("en", &en)
            .detail("values", [json!({"field": "name", "rule": "banned", "zh": zh, "en": en})]));
    }
    let mut value = json!({"name": name, "n": n});
    if let Some(category) = &dish.category {
        let known = Category::of(category);
        let wrong = || CommandError::bad_argument("category", "a sort of dishes such as 热菜");
        value["category"] = json!(known.ok_or_else(wrong)?.word());
    }
    if let Some(is_made) = dish.made_here {
        value["made_here"] = json!(is_made);
    }
    let mut allergens: Vec<&str> = dish.allergens.iter().map(|word| word.trim()).collect();
    if allergens.len() > MOST_DISHES || !allergens.iter().all(|word| is_word(word)) {
        return Err(CommandError::bad_argument("allergens", format_args!("words of 1 to {LONGEST} letters")));
    }
    allergens.sort_unstable();
    allergens.dedup();
    if !allergens.is_empty() {
        value["allergens"] = json!(allergens);
    }
    Ok((name.to_owned(), value))
}
