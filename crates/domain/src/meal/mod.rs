//! Meals: what a card asks for before service and after it, how old each food sample certainly is, and what is wrong.
//!
//! A meal is one record of a campus, a day and a type; its rows are records of their own. A card is worked out from those rows
//! alone, so it reads alike on every tablet that has them, in whatever order they came.
//!
//! What protects children takes the end of a span that is worse for the food, and what is unknown never passes. What speaks of a
//! person takes the end that is better for the person. Nothing is ever written from an absence: what has not been heard of is told
//! as that.

mod age;
mod banned;
mod boxes;
mod card;
mod delivery;
mod dish;
mod health;
mod issue;
mod label;
mod profile;
mod reading;
mod sample;
mod stored;
mod waiting;

pub use age::{Held, keep_ms, proved_age, ready_at};
pub use banned::banned_in;
pub use boxes::{BoxClash, box_clashes, box_key, held_in};
pub use card::{
    Card, CardClock, CardRows, Disinfection, MealFacts, MealLimits, Missing, MissingCode, Problem, ProblemCode, Stage,
    StageState, card,
};
pub use delivery::{Delivery, DeliveryLine, LineDecision, LineLimits, LineRule, Storage};
pub use dish::{Category, Dish, DishFields, MenuDish, Struck, dish_called, dishes_of, name_key, same_names};
pub use health::{
    Attendance, CheckState, Decision, MorningCheck, OutOfKitchen, ReturnToWork, Session, Who, check_states,
    may_take_back, out_of_kitchen,
};
pub use issue::{Issue, leaves_too_much};
pub use label::{BadLabel, SampleLabel, samples_by_short, short_code};
pub use profile::{Phase, Profile, ProfileError, ProfileStage, StageCode, parse_profile, profile_of, profiles};
pub use reading::{CoreDish, CoreRule, CoreState, DishReading, ReadingOf, core_dishes, core_of, holds_of};
pub use sample::{
    Disposal, DisposalReason, Hold, Sample, SampleClock, SampleProblem, SampleState, disposals_of, has_sample,
    sample_clock,
};
pub use stored::{Cancelled, Closed, MealRecord, Waived, menu_of};
pub use waiting::{HoldLimits, Lasted, OnTheWay, Waiting, lasted, waiting};
