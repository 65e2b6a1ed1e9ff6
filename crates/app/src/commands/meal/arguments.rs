//! Which meal a command is about, and who may ask.

use domain::permission::Permission;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::error::CommandError;
use crate::meal::{MealKey, StoredMeal};
use crate::people::{self, not_allowed};
use crate::sight::Viewer;

/// Who sees cards of meals, as `presets/sight.txt` says of the kind.
const SEERS: [Permission; 5] = [
    Permission::ManageMeals,
    Permission::AccompanyMeal,
    Permission::IssueSnacks,
    Permission::SeeAllRecords,
    Permission::SeeReports,
];

/// A meal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MealArgument")]
pub(super) struct MealArgument {
    /// The day, `YYYY-MM-DD`; today when left out.
    #[serde(default)]
    pub(super) date: Option<String>,
    /// 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵.
    #[serde(rename = "type")]
    pub(super) sort: String,
    /// The campus's second kitchen, or a further one.
    #[serde(default)]
    pub(super) kitchen: Option<Uuid>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    pub(super) campus: Option<Uuid>,
}

impl MealArgument {
    /// The meal, for who may see its card.
    pub(super) fn seen(&self, app: &App) -> Result<StoredMeal, CommandError> {
        let key = MealKey::of(app, self.campus, self.date.as_deref(), &self.sort, self.kitchen)?;
        check_sees(app, &key)?;
        StoredMeal::load(app, key)
    }

    /// The meal, for who may change it.
    pub(super) fn managed(&self, app: &App) -> Result<StoredMeal, CommandError> {
        let meal = self.seen(app)?;
        people::require(app, &meal.key.campus, Permission::ManageMeals)?;
        Ok(meal)
    }
}

/// Refuses who has nothing to do with meals.
pub(super) fn check_sees(app: &App, key: &MealKey) -> Result<(), CommandError> {
    let viewer = Viewer::here(app, &key.campus)?;
    match SEERS.into_iter().any(|permission| viewer.sight.may(permission)) {
        true => Ok(()),
        false => Err(not_allowed(Permission::ManageMeals)),
    }
}
