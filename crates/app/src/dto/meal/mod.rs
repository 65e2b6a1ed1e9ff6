//! Meals as the commands give them.

mod card;
mod ledger;
mod menu;
mod rows;
mod trace;

pub(crate) use card::{
    BeforeService, MealCancelled, MealCard, MealClosed, MealGap, MealList, MealProblem, MealRow, MealStage, MealTag,
    MealWaived,
};
pub(crate) use ledger::{MealLedger, MealLedgers};
pub(crate) use menu::{MenuDay, MenuDishView, MenuWeek};
pub(crate) use rows::{
    DishTime, MealAccompany, MealClock, MealDelivery, MealDish, MealDisinfection, MealIssue, MealLine, MealPerson,
    MealReading, MealSample, MealSignal, SampleWord, WaitWord,
};
pub(crate) use trace::{TraceDish, TraceLine, TraceView};
