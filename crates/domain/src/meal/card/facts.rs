//! What a card is worked out from: the meal, its rows and those of its day, and the limits that hold.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::age::Held;
use super::super::delivery::{Delivery, LineLimits};
use super::super::dish::Dish;
use super::super::health::{MorningCheck, ReturnToWork, Session, Who};
use super::super::issue::Issue;
use super::super::profile::{Profile, StageCode};
use super::super::reading::{CoreRule, DishReading};
use super::super::sample::{Disposal, Hold, Sample};
use super::super::waiting::HoldLimits;
use crate::checked_time::Moment;
use crate::decimal::Decimal;
use crate::setting::{SettingValue, Settings, Side};

use crate::time::UtcMillis;

/// A meal as its record and the school's timetable tell it. There may be no record yet: a card writes nothing.
#[derive(Clone, Debug)]
pub struct MealFacts<'r> {
    /// Its id, which follows from its key.
    pub id: Uuid,
    /// Its day.
    pub date: NaiveDate,
    /// Its stages.
    pub profile: &'r Profile,
    /// When it is to be on the table; none where nobody said.
    pub planned: Option<UtcMillis>,
    /// The stages that somebody said are not needed, each with the reason.
    pub waived: BTreeMap<StageCode, String>,
    /// Whether it was cancelled or moved, and nobody took that back.
    pub is_cancelled: bool,
    /// Whether somebody must eat with the children: `meal.accompany` and the types that it is for.
    pub is_accompanied: bool,
    /// Whether every device of the kitchen was heard from since, as [`crate::heard::unheard`] tells; on a tablet never.
    pub is_all_heard: bool,
}

/// One disinfection of tableware of the meal's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disinfection {
    /// The record.
    pub id: Uuid,
    /// When it began.
    pub started: Moment,
    /// When it ended; none while it runs.
    pub ended: Option<Moment>,
    /// The shortest time of its method, in minutes; none where the method has none.
    pub min_minutes: Option<Decimal>,
    /// The fields whose values lie outside of the limits of the method, such as `temp_c`: each is a finding v5(row, field).
    pub fails: Vec<String>,
    /// Whether it was made void.
    pub is_void: bool,
}

/// The rows that a card is worked out from, in any order, the void ones among them.
#[derive(Clone, Copy, Debug, Default)]
pub struct CardRows<'r> {
    /// The dishes, as [`super::super::dishes_of`] gives them.
    pub dishes: &'r [Dish],
    /// The samples of the meal.
    pub samples: &'r [Sample],
    /// The samples of other meals that may stand in the same fridges.
    pub other_samples: &'r [Sample],
    /// The disposals of all those samples.
    pub disposals: &'r [Disposal],
    /// The food incidents.
    pub holds: &'r [Hold],
    /// What this device has noted of the samples that it holds.
    pub held: &'r [(Uuid, Held)],
    /// What was measured of dishes of the meal.
    pub readings: &'r [DishReading],
    /// The people of the kitchen, by the day's roster.
    pub kitchen: &'r [Who],
    /// The sessions in which they are to be checked before this meal.
    pub sessions: &'r [Session],
    /// Their checks: those of the day, and the abnormal ones of days before.
    pub checks: &'r [MorningCheck],
    /// Who was let back.
    pub returns: &'r [ReturnToWork],
    /// The deliveries of the day, or of a meal that is ordered in its own.
    pub deliveries: &'r [Delivery],
    /// Who has signed in to eat with the children.
    pub accompanied: &'r [Uuid],
    /// The classes that eat; none where a meal is not given out by classes.
    pub classes: &'r [Uuid],
    /// What was given to each.
    pub issues: &'r [Issue],
    /// The disinfections of the day.
    pub disinfections: &'r [Disinfection],
}

/// The limits that a card is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MealLimits {
    /// `food.core_c`.
    pub core_c: Decimal,
    /// How many dishes are measured.
    pub core_rule: CoreRule,
    /// `food.hold`.
    pub hold: HoldLimits,
    /// The highest body temperature with which anybody works.
    pub body_max_c: Decimal,
    /// How many people accept a delivery.
    pub two_person: usize,
    /// The limits of what is delivered, with what is banned.
    pub lines: LineLimits,
}

impl MealLimits {
    /// The limits in the settings that hold on the meal's day.
    pub fn of(settings: &Settings, core_rule: CoreRule) -> Self {
        let whole = |key: &str| settings.number(key).trunc().try_into().unwrap_or(0_i64);
        let banned = match settings.get("food.banned") {
            Some(SettingValue::List(words)) => words,
            _ => Vec::new(),
        };
        let hot_c = settings.number("food.hold.hot_c");
        Self {
            core_c: settings.number("food.core_c"),
            core_rule,
            hold: HoldLimits {
                max_min: whole("food.hold.max_min"),
                hot_c,
                cold_c: settings.number("food.hold.cold_c"),
            },
            body_max_c: settings.number("soft.body_temp_max_c"),
            two_person: usize::try_from(whole("recv.two_person")).unwrap_or_default(),
            lines: LineLimits {
                chilled_max_c: settings.limit("cold.c", Side::Max).unwrap_or_default(),
                frozen_max_c: settings.number("freeze.c"),
                hot_min_c: hot_c,
                banned,
            },
        }
    }
}
