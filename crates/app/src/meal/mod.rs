//! Meals as they stand in the store: their rows, how old samples certainly are, and what the program writes into rows by itself.

mod age;
mod dishes;
mod given;
mod kept;
mod lookup;
mod making;
mod own;
mod reading;
mod rows;
mod seals;
mod stored;
mod tags;
mod view;

pub(crate) use given::{Given, issues_of, of_day};
pub(crate) use kept::{Kept, kept_samples};
pub(crate) use lookup::{ScannedSample, sample_of};
pub(crate) use own::own_fields;
pub(crate) use reading::Of;
pub(crate) use rows::classes;
pub(crate) use stored::{MealKey, StoredMeal, mark, monday_of};
pub(crate) use tags::Tags;
pub(crate) use view::{card_of, row_of};

/// The kind of a meal.
pub(crate) const KIND: &str = "meal";
/// The kind of a week's menu.
pub(crate) const MENU: &str = "menu";
