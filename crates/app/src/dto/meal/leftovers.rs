//! What classes left, and of which dishes.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::card::MealTag;

/// What a class left of a meal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct LeftoverMeal {
    /// The row.
    pub(crate) id: Uuid,
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// The meal; null where nothing is known of it here.
    pub(crate) meal: Option<MealTag>,
    /// How much was given out.
    pub(crate) issued: Option<String>,
    /// In what.
    pub(crate) unit: Option<String>,
    /// How much was left.
    pub(crate) leftover: Option<String>,
    /// In what.
    pub(crate) leftover_unit: Option<String>,
    /// How much of a hundred parts; null while a number is missing, and where both are not in one unit.
    pub(crate) percent: Option<String>,
}

/// What a class left.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ClassLeftovers {
    /// The class.
    pub(crate) class: Uuid,
    /// What it is called.
    pub(crate) name: String,
    /// Whether it left more than the limit on each of its last three days with meals.
    pub(crate) over: bool,
    /// Its meals, the last ones first.
    pub(crate) meals: Vec<LeftoverMeal>,
}

/// How much was left of the meals that had a dish.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct DishLeftovers {
    /// What it is called.
    pub(crate) name: String,
    /// On how many meals it stood of which a rate is known.
    pub(crate) times: usize,
    /// How much of a hundred parts was left of them, on the whole.
    pub(crate) percent: String,
}

/// What was left on some days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealLeftovers")]
pub(crate) struct Leftovers {
    /// The limit, of a hundred parts.
    pub(crate) limit: String,
    /// The classes, those that leave too much first.
    pub(crate) classes: Vec<ClassLeftovers>,
    /// The dishes, those of whose meals most was left first.
    pub(crate) dishes: Vec<DishLeftovers>,
}
