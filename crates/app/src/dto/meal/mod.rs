//! Meals as the commands give them.

mod card;
mod ledger;
mod leftovers;
mod menu;
mod rows;
mod samples;
mod trace;

pub(crate) use card::{
    BeforeService, MealCancelled, MealCard, MealClosed, MealGap, MealList, MealProblem, MealRow, MealStage, MealTag,
    MealWaived,
};
pub(crate) use ledger::{MealLedger, MealLedgers};
pub(crate) use leftovers::{ClassLeftovers, DishLeftovers, LeftoverMeal, Leftovers};
pub(crate) use menu::{MenuChange, MenuDay, MenuDishView, MenuKnown, MenuKnownDish, MenuWeek};
pub(crate) use rows::{
    DishTime, MealAccompany, MealClock, MealDelivery, MealDish, MealDisinfection, MealIssue, MealLine, MealPerson,
    MealReading, MealSample, MealSignal, SameDays, SampleWord, WaitWord,
};
pub(crate) use samples::{KeptSample, KeptSamples};
pub(crate) use trace::{TraceDish, TraceLine, TraceView};
