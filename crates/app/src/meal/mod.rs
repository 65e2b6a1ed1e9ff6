//! Meals as they stand in the store: their rows, how old samples certainly are, and what the program writes into rows by itself.

mod age;
mod answers;
mod as_of;
mod certificates;
mod compared;
mod days;
mod dish_of_row;
mod dishes;
mod found;
mod found_of_dish;
mod given;
mod judged;
mod kept;
mod key;
mod kitchens;
mod ledger_words;
mod lookup;
mod making;
mod own;
mod reading;
mod recorded;
mod reminding;
mod rows;
mod seals;
mod signal;
mod staff;
mod stored;
mod tags;
mod view;

pub(crate) use answers::answers_of;
pub(crate) use compared::{compared, without_people};
pub(crate) use days::{MealDays, meals_on, sampled_on};
pub(crate) use found::found_by_row;
pub(crate) use found_of_dish::{banned_by_row, found_of_dishes};
pub(crate) use given::{Given, issues_of, of_day};
pub(crate) use kept::{Kept, kept_samples};
pub(crate) use key::MealKey;
pub(crate) use ledger_words::{called, lacks};
pub(crate) use lookup::{ScannedSample, sample_of};
pub(crate) use own::{after_close, own_fields};
pub(crate) use reading::Of;
pub(crate) use reminding::reminding;
pub(crate) use rows::classes;
pub(crate) use stored::{StoredMeal, mark, monday_of};
pub(crate) use tags::Tags;
pub(crate) use view::{card_of, row_of};

/// The kind of a meal.
pub(crate) const KIND: &str = "meal";
/// The kind of a week's menu.
pub(crate) const MENU: &str = "menu";
