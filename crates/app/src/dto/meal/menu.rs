//! The menu of a week.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// A dish that is planned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MenuDish")]
pub(crate) struct MenuDishView {
    /// The dish of that meal.
    pub(crate) id: Uuid,
    /// What it is called.
    pub(crate) name: String,
    /// 主食, 热菜, 汤, 点心, 水果 or 预包装.
    pub(crate) category: Option<String>,
    /// Whether it is made here; null where nobody said.
    pub(crate) made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub(crate) allergens: Vec<String>,
}

/// A meal of a day of the week.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MenuMeal")]
pub(crate) struct MenuDay {
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// Which meal.
    #[serde(rename = "type")]
    pub(crate) sort: String,
    /// Whether the campus serves it on that day.
    pub(crate) served: bool,
    /// Its dishes, as they are planned.
    pub(crate) dishes: Vec<MenuDishView>,
    /// What was changed on the meal itself (换菜登记).
    pub(crate) changes: Vec<MenuChange>,
}

/// The menu of a week.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MenuWeek {
    /// Its Monday, `YYYY-MM-DD`.
    pub(crate) monday: String,
    /// Give it back as `seen` with a change; null while nobody has written one.
    pub(crate) version: Option<String>,
    /// Its meals: those that are served, and those that have dishes, in the order of the week.
    pub(crate) meals: Vec<MenuDay>,
    /// Whether the person who works may write it.
    pub(crate) may_write: bool,
}

/// A dish that the meal has otherwise than the menu.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MenuChange {
    /// What the menu calls it; null for one that was added.
    pub(crate) was: Option<String>,
    /// What it is called now.
    pub(crate) name: String,
    /// Why it was taken off; null where it was not.
    pub(crate) struck: Option<String>,
}

/// A dish that was planned before.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MenuKnownDish {
    /// What it is called.
    pub(crate) name: String,
    /// 主食, 热菜, 汤, 点心, 水果 or 预包装; as it was planned last.
    pub(crate) category: Option<String>,
    /// Whether it is made here; null where nobody said.
    pub(crate) made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub(crate) allergens: Vec<String>,
    /// The last day of it, `YYYY-MM-DD`.
    pub(crate) last: String,
    /// On how many meals it stood.
    pub(crate) times: usize,
}

/// Dishes that were planned before.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MenuKnown {
    /// Those that stood there most often come first.
    pub(crate) dishes: Vec<MenuKnownDish>,
    /// The banned food that what was typed is, in the word of the list: the menu refuses it.
    pub(crate) banned: Option<String>,
}
