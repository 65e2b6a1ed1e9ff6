//! A meal and a week's menu as their records hold them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::dish::{Category, DishFields, MenuDish, Struck};
use super::profile::StageCode;
use crate::checked_time::Moment;

/// Somebody has cancelled a meal, or moved it: `cancelled/<id>` = `{by, at, clock, reason, moved_to?}`. To take it back is to empty
/// the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// Who.
    pub by: Option<Uuid>,
    /// When.
    pub at: Option<Moment>,
    /// Why.
    pub reason: String,
    /// The meal in its place. Samples and readings never move.
    pub moved_to: Option<Uuid>,
}

/// Somebody has said that a stage is not needed: `stages/<code>` = `{by, at, reason}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Who.
    pub by: Option<Uuid>,
    /// Why.
    pub reason: String,
}

/// Somebody has closed a meal: `closes/<id>` = `{by, at, clock, ...}`. It ends 食谱 to 消毒; 销样 is never late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Who.
    pub by: Option<Uuid>,
    /// When.
    pub at: Option<Moment>,
}

/// A meal as read from its record; what is ill typed in it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MealRecord {
    /// What it says of its dishes, those of the week's menu among them.
    pub dishes: BTreeMap<Uuid, DishFields>,
    /// The stages that are not needed.
    pub waived: BTreeMap<StageCode, Waived>,
    /// Each time that it was cancelled and not taken back.
    pub cancelled: Vec<Cancelled>,
    /// Each time that it was closed.
    pub closed: Vec<Closed>,
}

impl MealRecord {
    /// The meal in a document whose corrections have been applied.
    ///
    /// Of a dish stand `dishes/<id>/name`, `category`, `made_here`, `allergens` (a list of texts), `cooked_at` and `to_table_at` (each
    /// `{at, clock}`), `minutes`, `struck` (`{by, at, reason, replaces?}`), `same_as` and `lines/<line>`.
    ///
    /// # Example
    /// ```
    /// use domain::meal::{Category, MealRecord};
    /// use serde_json::json;
    /// let dish = "0199a1f0-0000-5000-8000-000000000001";
    /// let document = json!({
    ///     (format!("dishes/{dish}/name")): "冬瓜排骨汤",
    ///     (format!("dishes/{dish}/category")): "汤",
    ///     "cancelled/1": {"reason": "停电"},
    ///     "cancelled/2": null,
    /// });
    /// let meal = MealRecord::read(document.as_object().expect("an object"));
    /// let soup = &meal.dishes[&dish.parse().expect("a UUID")];
    /// assert_eq!((soup.name.as_deref(), soup.category), (Some("冬瓜排骨汤"), Some(Category::Soup)));
    /// assert!(meal.is_cancelled() && meal.cancelled.len() == 1);
    /// ```
    pub fn read(document: &Map<String, Value>) -> Self {
        let mut meal = Self::default();
        for (name, value) in document.iter().filter(|(_, value)| !value.is_null()) {
            let parts: Vec<&str> = name.split('/').collect();
            match parts[..] {
                ["dishes", dish, field] => {
                    if let Ok(dish) = dish.parse() {
                        take(meal.dishes.entry(dish).or_default(), field, value);
                    }
                }
                ["dishes", dish, "lines", line] => {
                    if let (Ok(dish), Ok(line)) = (dish.parse(), line.parse()) {
                        meal.dishes.entry(dish).or_default().lines.insert(line);
                    }
                }
                ["stages", code] => {
                    let waived = Waived { by: id(value, "by"), reason: text(value, "reason").unwrap_or_default() };
                    meal.waived.extend(StageCode::of(code).map(|stage| (stage, waived)));
                }
                ["cancelled", _] => meal.cancelled.push(Cancelled {
                    by: id(value, "by"),
                    at: Moment::read(value),
                    reason: text(value, "reason").unwrap_or_default(),
                    moved_to: id(value, "moved_to"),
                }),
                ["closes", _] => meal.closed.push(Closed { by: id(value, "by"), at: Moment::read(value) }),
                _ => {}
            }
        }
        meal
    }

    /// Whether it was cancelled or moved, and nobody took that back.
    pub fn is_cancelled(&self) -> bool {
        !self.cancelled.is_empty()
    }
}

/// The dishes that a week's menu has for a meal, in their order: `days/<date>/<type>/<dish>` = `{name, category?, made_here?, allergens?,
/// n?}`; a dish that was taken off the menu is null.
///
/// # Example
/// ```
/// use domain::meal::menu_of;
/// use serde_json::json;
/// let menu = json!({
///     "days/2026-11-23/午餐/1": {"name": "冬瓜汤", "category": "汤", "n": 2},
///     "days/2026-11-23/午餐/2": {"name": "米饭", "category": "主食", "n": 1},
///     "days/2026-11-23/午餐/3": null,
///     "days/2026-11-23/午点/4": {"name": "苹果"},
/// });
/// let dishes = menu_of(menu.as_object().expect("an object"), "2026-11-23".parse().expect("a day"), "午餐");
/// assert_eq!(dishes.iter().map(|dish| dish.name.as_str()).collect::<Vec<_>>(), ["米饭", "冬瓜汤"]);
/// ```
pub fn menu_of(document: &Map<String, Value>, date: NaiveDate, meal_type: &str) -> Vec<MenuDish> {
    let prefix = format!("days/{}/{meal_type}/", date.format("%Y-%m-%d"));
    let mut dishes: Vec<((u64, &str), MenuDish)> = Vec::new();
    for (key, value) in document {
        let (Some(key), Some(name)) = (key.strip_prefix(&prefix), text(value, "name")) else { continue };
        let order = value.get("n").and_then(Value::as_u64).unwrap_or(u64::MAX);
        let dish = MenuDish {
            name,
            category: text(value, "category").and_then(|word| Category::of(&word)),
            made_here: value.get("made_here").and_then(Value::as_bool),
            allergens: texts(value.get("allergens")),
        };
        dishes.push(((order, key), dish));
    }
    dishes.sort_by(|(one, _), (other, _)| one.cmp(other));
    dishes.into_iter().map(|(_, dish)| dish).collect()
}

fn take(dish: &mut DishFields, field: &str, value: &Value) {
    match field {
        "name" => dish.name = value.as_str().map(str::to_owned),
        "category" => dish.category = value.as_str().and_then(Category::of),
        "made_here" => dish.made_here = value.as_bool(),
        "allergens" => dish.allergens = Some(texts(Some(value))),
        "cooked_at" => dish.times.out = Moment::read(value),
        "to_table_at" => dish.times.table = Moment::read(value),
        "minutes" => dish.times.typed_min = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok()),
        "same_as" => dish.same_as = value.as_str().and_then(|id| id.parse().ok()),
        "struck" => {
            dish.struck = Some(Struck {
                by: id(value, "by"),
                reason: text(value, "reason").unwrap_or_default(),
                replaces: id(value, "replaces"),
            });
        }
        _ => {}
    }
}

fn id(value: &Value, name: &str) -> Option<Uuid> {
    value.get(name)?.as_str()?.parse().ok()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn texts(value: Option<&Value>) -> BTreeSet<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
