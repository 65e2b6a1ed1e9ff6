//! The rows of a meal, as its card gives them.

use domain::meal::{CoreState, SampleState};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::dto::person::PersonRef;

/// Whether a dish is cooked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MealCore")]
pub(crate) enum CoreWord {
    /// Nobody has measured it.
    Unmeasured,
    /// A reading fails that was not put right.
    Failing,
    /// It is.
    Passed,
}

impl From<CoreState> for CoreWord {
    fn from(state: CoreState) -> Self {
        match state {
            CoreState::Unmeasured => Self::Unmeasured,
            CoreState::Failing => Self::Failing,
            CoreState::Passed => Self::Passed,
        }
    }
}

/// What is known of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MealSampleState")]
pub(crate) enum SampleWord {
    /// It must be kept.
    Waiting,
    /// It may go.
    Ready,
    /// It has gone.
    Disposed,
    /// It has gone, and certainly too early.
    Early,
}

impl From<SampleState> for SampleWord {
    fn from(state: SampleState) -> Self {
        match state {
            SampleState::Waiting => Self::Waiting,
            SampleState::Ready => Self::Ready,
            SampleState::Disposed => Self::Disposed,
            SampleState::Early => Self::Early,
        }
    }
}

/// How a dish fares from the pot to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MealWaiting")]
pub(crate) enum WaitWord {
    /// It has not come out of the pot.
    NotYet,
    /// It waits.
    Running,
    /// It was on the table in time.
    InTime,
    /// It waited for longer, hot or cold all the time that was measured.
    Kept,
    /// It waited for too long.
    TooLong,
    /// 时长待核.
    Unknown,
}

/// A moment of a dish.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealDishTime")]
pub(crate) struct DishTime {
    /// When, ms since 1970 UTC by the clock of the device.
    pub(crate) at: i64,
    /// Who.
    pub(crate) by: PersonRef,
}

/// A temperature of a dish.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealReading {
    /// The row.
    pub(crate) id: Uuid,
    /// 中心温度, 热藏 or 供餐.
    pub(crate) what: String,
    /// ℃.
    pub(crate) c: String,
    /// Which pot.
    pub(crate) batch: Option<String>,
    /// The readings that it measures again.
    pub(crate) retest_of: Vec<Uuid>,
    /// Whether it fails and was not put right.
    pub(crate) failing: bool,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// 补录: it was told late, or by a device that knew that the meal was closed.
    pub(crate) late: bool,
}

/// One line of a delivery that may be linked to a dish.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealLine {
    /// The line.
    pub(crate) id: Uuid,
    /// What came.
    pub(crate) item_name: String,
    /// Its batch.
    pub(crate) batch: Option<String>,
    /// Who brought it.
    pub(crate) supplier: Option<String>,
    /// The day of its delivery, `YYYY-MM-DD`.
    pub(crate) day: Option<String>,
}

/// A dish of a meal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealDish {
    /// The dish; give it as `dish_id` of a reading and as `dish` of a sample.
    pub(crate) id: Uuid,
    /// What it is called now.
    pub(crate) name: String,
    /// 主食, 热菜, 汤, 点心, 水果 or 预包装.
    pub(crate) category: Option<String>,
    /// Whether it is made here; null where nobody said.
    pub(crate) made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub(crate) allergens: Vec<String>,
    /// Whether the week's menu has it.
    pub(crate) planned: bool,
    /// Why it was taken off; it stays listed while a row is about it.
    pub(crate) struck: Option<String>,
    /// Whether a sample must be kept of it.
    pub(crate) needs_sample: bool,
    /// Whether it has one: a box that alone holds enough.
    pub(crate) has_sample: bool,
    /// Whether its core temperature may be asked for.
    pub(crate) needs_core: bool,
    /// Whether it is cooked through.
    pub(crate) core: CoreWord,
    /// The readings that fail and were not put right: a retest names all of its pot.
    pub(crate) failing: Vec<Uuid>,
    /// What was measured, oldest first; for who sees temperatures.
    pub(crate) readings: Vec<MealReading>,
    /// Out of the pot.
    pub(crate) out: Option<DishTime>,
    /// On the table.
    pub(crate) table: Option<DishTime>,
    /// Minutes that somebody typed in their place.
    pub(crate) typed_min: Option<u32>,
    /// How it fares on the way.
    pub(crate) waiting: WaitWord,
    /// How long it may still wait, in ms, negative once that is over; null where it does not wait.
    pub(crate) left_ms: Option<i64>,
    /// The lines of deliveries that it was made of; for who sees those.
    pub(crate) lines: Vec<MealLine>,
    /// Dishes that are called alike: a person is offered to say that they are one.
    pub(crate) same_name: Vec<Uuid>,
    /// The banned food that it is, in the word of the list.
    pub(crate) banned: Option<String>,
}

/// A sample of a meal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealSample {
    /// The row.
    pub(crate) id: Uuid,
    /// The dish; null for 菜单外留样.
    pub(crate) dish: Option<Uuid>,
    /// What the dish is called.
    pub(crate) dish_name: String,
    /// Grams.
    pub(crate) grams: Option<String>,
    /// Whether the box alone holds enough.
    pub(crate) enough: bool,
    /// The box.
    pub(crate) box_no: String,
    /// What the fridge is called.
    pub(crate) fridge: Option<String>,
    /// When it was taken, ms since 1970 UTC.
    pub(crate) taken_at: i64,
    /// Who took it.
    pub(crate) by: Option<PersonRef>,
    /// What its code says: a tablet that never got the record counts and disposes from it.
    pub(crate) label: String,
    /// The short code, written by hand where there is no printer.
    pub(crate) short: String,
    /// From when it may go, in checked time; null where the clock of its device was not checked (时钟未核对).
    pub(crate) label_ready_at: Option<i64>,
    /// 补录: it was told late, or by a device that knew that the meal was closed.
    pub(crate) late: bool,
}

/// The clock of a sample.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealClock {
    /// The sample.
    pub(crate) sample: Uuid,
    /// What its dish is called.
    pub(crate) dish: String,
    /// When it may go, in this device's checked time; null where no clock was checked, where it is held, or where it has gone.
    pub(crate) ready_at: Option<i64>,
    /// What is known of it.
    pub(crate) state: SampleWord,
    /// How long it must still be kept as far as this device can prove, in ms.
    pub(crate) left_ms: i64,
    /// The box.
    pub(crate) box_no: String,
    /// What the fridge is called.
    pub(crate) fridge: Option<String>,
    /// The day of its meal, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// The meal.
    pub(crate) meal: Option<Uuid>,
    /// What is wrong: `grams`, `on-hold`, `early`, `age-unproved`, `hold-broken`, `disposed-on-hold`, `no-receipt`, `repeated`.
    pub(crate) problems: Vec<&'static str>,
}

/// Somebody of the kitchen in one session of the day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealPerson {
    /// Who; null for a helper without a record.
    pub(crate) person: Option<PersonRef>,
    /// What a helper is called.
    pub(crate) helper: Option<String>,
    /// 晨 or 午.
    pub(crate) session: &'static str,
    /// `out`, `missing`, `unmeasured`, `to_mend`, `unconfirmed`, `works` or `away`.
    pub(crate) state: &'static str,
    /// How the health certificate stands: `valid`, `soon`, `ended`, or `unseen` where none is here; null for a helper, and for who may
    /// not see certificates.
    pub(crate) certificate: Option<&'static str>,
    /// The checks of theirs that wait for a decision, for who may give it: `entry.act` takes each with the act `decide`.
    pub(crate) waits: Vec<Uuid>,
}

/// One number that nobody is likely to have measured: it was typed into three dishes or more within a second, or stands for one fridge
/// day after day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealSignal {
    /// The readings.
    pub(crate) rows: Vec<Uuid>,
    /// Who typed them.
    pub(crate) people: Vec<PersonRef>,
    /// The fridge and its days; null for dishes within a second.
    pub(crate) days: Option<SameDays>,
}

/// A fridge that had one number on five days or more with a number.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SameDays {
    /// The fridge.
    pub(crate) what: String,
    /// The number, in ℃.
    pub(crate) c: String,
    /// The first of the days.
    pub(crate) from: String,
    /// The last of them.
    pub(crate) to: String,
}

/// A delivery of the day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealDelivery {
    /// The row.
    pub(crate) id: Uuid,
    /// Who brought it.
    pub(crate) supplier: Option<String>,
    /// When, ms since 1970 UTC.
    pub(crate) arrived_at: i64,
    /// How many lines.
    pub(crate) lines: usize,
    /// How many of them were rejected, wholly or in part.
    pub(crate) rejected: usize,
    /// How many signatures are missing.
    pub(crate) signers_left: usize,
    /// Whether a licence or the contract of the supplier has certainly ended.
    pub(crate) supplier_out: bool,
}

/// What of the meal went to a class.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealIssue {
    /// The class.
    pub(crate) class: Uuid,
    /// What it is called.
    pub(crate) class_name: Option<String>,
    /// The row; null while there is none.
    pub(crate) id: Option<Uuid>,
    /// How many eat, by the day's attendance of the class; offered, and never copied.
    pub(crate) diners: Option<String>,
    /// When that was counted, ms since 1970 UTC.
    pub(crate) counted_at: Option<i64>,
    /// How much was given out.
    pub(crate) issued: Option<String>,
    /// In what.
    pub(crate) unit: Option<String>,
    /// How much was left.
    pub(crate) leftover: Option<String>,
    /// In what.
    pub(crate) leftover_unit: Option<String>,
    /// How much of a hundred parts was left.
    pub(crate) leftover_percent: Option<String>,
    /// Whether there was enough water.
    pub(crate) water_ok: Option<bool>,
    /// 补录: it was told late, or by a device that knew that the meal was closed.
    pub(crate) late: bool,
}

/// A disinfection of tableware.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealDisinfection {
    /// The row.
    pub(crate) id: Uuid,
    /// How.
    pub(crate) method: String,
    /// When it began, ms since 1970 UTC.
    pub(crate) started_at: i64,
    /// When it ended; null while it runs.
    pub(crate) ended_at: Option<i64>,
    /// The shortest time of its method, in minutes.
    pub(crate) min_minutes: Option<String>,
}

/// Somebody who ate along.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealAccompany {
    /// The form, T08.
    pub(crate) inspection: Uuid,
    /// Who.
    pub(crate) by: Vec<PersonRef>,
    /// Whether it is submitted.
    pub(crate) submitted: bool,
}
