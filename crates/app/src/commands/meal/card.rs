//! How meals stand.

use chrono::Days;
use domain::served::SERVED_MEALS;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::arguments::{MealArgument, check_sees};
use crate::app::App;
use crate::dto::meal::{MealCard, MealClock, MealList, SampleWord};
use crate::error::CommandError;
use crate::meal::{MealKey, card_of, meals_on, row_of, sampled_on};

/// Samples of so many days before are looked through for those that may go.
const DAYS_BACK: u64 = 4;

/// Arguments of `meal.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListMeals {
    /// The day, `YYYY-MM-DD`; today when left out.
    #[serde(default)]
    date: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn card(app: &App, arguments: MealArgument) -> Result<MealCard, CommandError> {
    card_of(app, &arguments.seen(app)?)
}

/// The meals of a day: those of the timetable, those that the menu has, and those of which there is a record.
pub(super) fn list(app: &App, arguments: ListMeals) -> Result<MealList, CommandError> {
    let first = MealKey::of(app, arguments.campus, arguments.date.as_deref(), SERVED_MEALS[0], None)?;
    check_sees(app, &first)?;
    let date = first.date.to_string();
    let meals = meals_on(app, &first.campus, first.date)?;
    let meals = meals.iter().map(|meal| row_of(app, meal)).collect::<Result<_, _>>()?;
    let mut clocks: Vec<MealClock> = Vec::new();
    for back in 1..=DAYS_BACK {
        let Some(day) = first.date.checked_sub_days(Days::new(back)) else { continue };
        for meal in sampled_on(app, &first.campus, day)? {
            clocks.extend(card_of(app, &meal)?.clocks);
        }
    }
    clocks.retain(|clock| matches!(clock.state, SampleWord::Ready | SampleWord::Waiting));
    clocks.sort_by_key(|clock| (clock.left_ms, clock.sample));
    Ok(MealList { date, day_checked: first.is_day_checked, meals, clocks })
}
