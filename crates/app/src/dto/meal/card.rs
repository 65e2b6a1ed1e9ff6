//! The card of a meal, and the meals of a day.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::rows::{
    MealAccompany, MealClock, MealDelivery, MealDish, MealDisinfection, MealIssue, MealPerson, MealSample, MealSignal,
};
use crate::dto::person::PersonRef;
use crate::dto::phrase::Phrase;

/// Which meal: give it back as `meal` with a change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealTag {
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵.
    #[serde(rename = "type")]
    pub(crate) sort: String,
    /// The campus's second kitchen, or a further one; null for the first.
    pub(crate) kitchen: Option<Uuid>,
}

/// One thing that is missing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealGap {
    /// The stage.
    pub(crate) stage: &'static str,
    /// What: `dishes`, `delivery`, `decision`, `signer`, `check`, `box-temperature`, `core`, `more-cores`, `core-failing`, `sample`,
    /// `sample-grams`, `accompany`, `issue`, `leftover`, `disinfect`, `disinfect-runs` or `dispose`.
    pub(crate) code: &'static str,
    /// The dish, person, class, line, delivery, disinfection or sample that it is about.
    pub(crate) about: Option<Uuid>,
    /// What that is called, or how many; empty where nothing is to be said.
    pub(crate) what: String,
    /// Whether it is certain; without it, it was only not seen here (本机未见).
    pub(crate) heard: bool,
}

/// Something that is wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealProblem {
    /// What, such as `early`, `on-hold`, `box-twice`, `core`, `unfit` or `chilled`.
    pub(crate) code: &'static str,
    /// What it is about, in words: a dish, a line, a box; empty where nothing is to be said.
    pub(crate) what: String,
    /// The record, dish or person that it is about.
    pub(crate) about: Option<Uuid>,
    /// The finding of its cause, where one is here and is seen.
    pub(crate) finding: Option<Uuid>,
}

/// That a person said that a stage is not needed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealWaived {
    /// Why.
    pub(crate) reason: String,
    /// Who.
    pub(crate) by: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}

/// A stage of a card.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealStage {
    /// `menu`, `delivery`, `check`, `arrival`, `cook`, `sample`, `accompany`, `issue`, `leftover`, `disinfect` or `dispose`.
    pub(crate) stage: &'static str,
    /// What it is called.
    pub(crate) name: Phrase,
    /// `done`, `now`, `open`, `later` or `not_needed`.
    pub(crate) state: &'static str,
    /// What is missing of it.
    pub(crate) missing: Vec<MealGap>,
    /// Whether a person may say that it is not needed.
    pub(crate) may_waive: bool,
    /// That somebody did.
    pub(crate) waived: Option<MealWaived>,
}

/// That the meal was cancelled or moved.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealCancelled {
    /// By which it is taken back.
    pub(crate) id: String,
    /// Why.
    pub(crate) reason: String,
    /// The day that it was moved to, `YYYY-MM-DD`.
    pub(crate) moved_to: Option<String>,
    /// Who.
    pub(crate) by: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}

/// That the meal was closed by a signature; later rows are late.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealClosed {
    /// Who.
    pub(crate) by: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// How it was made sure who it is.
    pub(crate) how: String,
}

/// What is missing before service, counted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct BeforeService {
    /// How many things.
    pub(crate) missing: usize,
    /// Minutes to service, negative after it; null where no clock was checked or nobody said when it is.
    pub(crate) minutes_left: Option<i64>,
}

/// How a meal stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealCard {
    /// The meal; its record need not be here.
    pub(crate) id: Uuid,
    /// Which meal it is.
    pub(crate) meal: MealTag,
    /// What its kitchen is called, where that is not the first of the campus.
    pub(crate) kitchen_name: Option<String>,
    /// Whether the day was given or is certain; without it, a person is asked which day it is.
    pub(crate) day_checked: bool,
    /// What sort of meal: `main`, `snack`, `packaged` or `ordered`.
    pub(crate) profile: String,
    /// The same in words.
    pub(crate) profile_name: Phrase,
    /// When it is to be on the table, ms since 1970 UTC.
    pub(crate) planned_at: Option<i64>,
    /// The stages, in their order.
    pub(crate) stages: Vec<MealStage>,
    /// The clocks of its samples, those that may go first; for who sees samples.
    pub(crate) clocks: Vec<MealClock>,
    /// What is wrong.
    pub(crate) problems: Vec<MealProblem>,
    /// Numbers that nobody can have measured; for the head, and for who typed them.
    pub(crate) signals: Vec<MealSignal>,
    /// What is missing before service.
    pub(crate) before_service: Vec<MealGap>,
    /// The same, counted.
    pub(crate) service: BeforeService,
    /// The dishes.
    pub(crate) dishes: Vec<MealDish>,
    /// The samples, the void ones left out; for who sees samples.
    pub(crate) samples: Vec<MealSample>,
    /// The kitchen's people with their checks; for who sees those.
    pub(crate) people: Vec<MealPerson>,
    /// The deliveries of the day; for who sees those.
    pub(crate) deliveries: Vec<MealDelivery>,
    /// What went to each class; of classes that the person sees.
    pub(crate) issues: Vec<MealIssue>,
    /// What was disinfected of tableware on the day.
    pub(crate) disinfections: Vec<MealDisinfection>,
    /// Who ate along.
    pub(crate) accompanied: Vec<MealAccompany>,
    /// That it was cancelled or moved, the last word.
    pub(crate) cancelled: Option<MealCancelled>,
    /// Who has closed it.
    pub(crate) closed: Vec<MealClosed>,
    /// Whether the person who works may change dishes, stages and the meal itself.
    pub(crate) may_manage: bool,
    /// The time by this device, ms since 1970 UTC.
    pub(crate) now: i64,
    /// Whether somebody vouches for it.
    pub(crate) is_checked: bool,
}

/// One meal of a day, as a list shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealRow")]
pub(crate) struct MealRow {
    /// The meal.
    pub(crate) id: Uuid,
    /// Which it is.
    pub(crate) meal: MealTag,
    /// What its kitchen is called, where that is not the first of the campus.
    pub(crate) kitchen_name: Option<String>,
    /// When it is to be on the table, ms since 1970 UTC.
    pub(crate) planned_at: Option<i64>,
    /// The stage that is to be done now; null where none is.
    pub(crate) now: Option<Phrase>,
    /// How many stages are done, of those that are needed.
    pub(crate) done: usize,
    /// How many stages are needed.
    pub(crate) needed: usize,
    /// What is missing before service, counted.
    pub(crate) service: BeforeService,
    /// How many samples may go.
    pub(crate) ready: usize,
    /// How many things are wrong.
    pub(crate) problems: usize,
    /// Whether it was cancelled.
    pub(crate) cancelled: bool,
    /// Whether somebody has closed it.
    pub(crate) closed: bool,
}

/// The meals of a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealList {
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// Whether the day was given or is certain.
    pub(crate) day_checked: bool,
    /// Its meals, in the order of the day; empty on a day without meals (未供餐).
    pub(crate) meals: Vec<MealRow>,
    /// Samples of other days that may go, or went too early, those that may go first; for who sees samples.
    pub(crate) clocks: Vec<MealClock>,
}
