//! Temperatures of dishes: a reading that fails stays failed until a further one puts it right, and both stay.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::dish::{Dish, is_about};
use crate::checked_time::Moment;
use crate::decimal::Decimal;
use crate::setting::{SettingValue, Settings};

/// What was measured of a dish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingOf {
    /// 中心温度: the core of what comes out of the pot.
    Core,
    /// 热藏: while it waits.
    Hold,
    /// 供餐: at the table.
    Serve,
}

impl ReadingOf {
    /// The stored word of `temperature_reading`; none for what is no dish.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "中心温度" => Some(Self::Core),
            "热藏" => Some(Self::Hold),
            "供餐" => Some(Self::Serve),
            _ => None,
        }
    }
}

/// One reading of a dish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DishReading {
    /// The record.
    pub id: Uuid,
    /// The dish, where one was chosen.
    pub dish: Option<Uuid>,
    /// What the writer called it.
    pub dish_name: String,
    /// Which pot, where there are several.
    pub batch: Option<String>,
    /// What was measured.
    pub what: ReadingOf,
    /// ℃.
    pub celsius: Decimal,
    /// The readings that it measures again.
    pub retest_of: BTreeSet<Uuid>,
    /// When.
    pub at: Moment,
    /// Whether it was made void.
    pub is_void: bool,
}

/// How many dishes are measured: `food.core_dishes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreRule {
    /// Each that is cooked here.
    All,
    /// So many of them; T01.07 asks 2.
    AtLeast(usize),
}

impl CoreRule {
    /// What the settings choose; each dish unless they say otherwise.
    ///
    /// # Example
    /// ```
    /// use domain::meal::CoreRule;
    /// use domain::setting::Settings;
    /// use serde_json::json;
    /// assert_eq!(CoreRule::of(&Settings::default()), CoreRule::All);
    /// let two = json!({"food.core_dishes": "抽测 2 道"});
    /// let two = Settings::from_document(two.as_object().expect("an object"));
    /// assert_eq!(CoreRule::of(&two), CoreRule::AtLeast(2));
    /// ```
    pub fn of(settings: &Settings) -> Self {
        match settings.get("food.core_dishes") {
            Some(SettingValue::Option(word)) if word == "抽测 2 道" => Self::AtLeast(2),
            _ => Self::All,
        }
    }
}

/// Whether a dish is cooked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreState {
    /// Nobody has measured it.
    Unmeasured,
    /// A reading fails that no passing one has measured again: it must not be served.
    Failing,
    /// All that was measured of it passes, or was put right.
    Passed,
}

/// What the core readings of a dish say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreDish {
    /// Whether it is cooked through.
    pub state: CoreState,
    /// The readings that fail and were not put right, by their ids.
    pub failing: BTreeSet<Uuid>,
    /// The readings that failed and were put right by a retest: 现场已改.
    pub mended: BTreeSet<Uuid>,
}

/// What the core readings of one dish say; `readings` are those of the dish alone.
///
/// Time puts nothing right, and neither does another pot: only a passing reading that names the failing one does, itself or over the
/// readings that it measures again.
///
/// # Example
/// ```
/// use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
/// use domain::meal::{CoreState, DishReading, ReadingOf, core_of};
/// use domain::time::UtcMillis;
/// use uuid::Uuid;
/// let clock = ClockStamp { state: ClockState::None, boot: Boot(Uuid::nil()), steady_ms: 0 };
/// let reading = |id, celsius: i64, retest_of: &[u128]| DishReading {
///     id: Uuid::from_u128(id),
///     dish: None,
///     dish_name: "红烧肉".into(),
///     batch: None,
///     what: ReadingOf::Core,
///     celsius: celsius.into(),
///     retest_of: retest_of.iter().map(|id| Uuid::from_u128(*id)).collect(),
///     at: Moment { at: UtcMillis(0), clock },
///     is_void: false,
/// };
/// let (cold, hot, again) = (reading(1, 65, &[]), reading(2, 74, &[]), reading(3, 72, &[1]));
/// assert_eq!(core_of([&cold, &hot], 70.into()).state, CoreState::Failing, "the other pot says nothing of this one");
/// assert_eq!(core_of([&cold, &hot, &again], 70.into()).state, CoreState::Passed);
/// ```
pub fn core_of<'r>(readings: impl IntoIterator<Item = &'r DishReading>, min_c: Decimal) -> CoreDish {
    let is_standing = |reading: &&DishReading| reading.what == ReadingOf::Core && !reading.is_void;
    let standing: Vec<&DishReading> = readings.into_iter().filter(is_standing).collect();
    let (passing, fails): (Vec<&DishReading>, Vec<&DishReading>) =
        standing.iter().copied().partition(|reading| reading.celsius >= min_c);
    let mut reached: BTreeSet<Uuid> = passing.iter().flat_map(|reading| reading.retest_of.iter().copied()).collect();
    let mut todo: Vec<Uuid> = reached.iter().copied().collect();
    while let Some(id) = todo.pop() {
        let of_id = fails.iter().filter(|reading| reading.id == id);
        for earlier in of_id.flat_map(|reading| reading.retest_of.iter().copied()) {
            if reached.insert(earlier) {
                todo.push(earlier);
            }
        }
    }
    let (mended, failing): (BTreeSet<Uuid>, BTreeSet<Uuid>) =
        fails.iter().map(|reading| reading.id).partition(|id| reached.contains(id));
    let state = match (failing.is_empty(), standing.is_empty()) {
        (false, _) => CoreState::Failing,
        (true, true) => CoreState::Unmeasured,
        (true, false) => CoreState::Passed,
    };
    CoreDish { state, failing, mended }
}

/// The dishes that are asked for and whose core is to be measured, or was measured all the same, each with what its readings say.
///
/// A dish that was struck after somebody had measured it stays among them.
pub fn core_dishes<'d>(dishes: &'d [Dish], readings: &[DishReading], min_c: Decimal) -> Vec<(&'d Dish, CoreDish)> {
    let all = dishes.iter().map(|dish| (dish, core_of(readings_of(dishes, dish, readings), min_c)));
    let is_listed = |(dish, core): &(&Dish, CoreDish)| {
        (dish.is_asked() && dish.needs_core()) || core.state != CoreState::Unmeasured
    };
    all.filter(is_listed).collect()
}

/// The readings of one of `dishes`, the void ones among them.
pub(super) fn readings_of<'r>(
    dishes: &[Dish],
    dish: &Dish,
    readings: &'r [DishReading],
) -> impl Iterator<Item = &'r DishReading> {
    readings.iter().filter(move |reading| is_about(dishes, dish, reading.dish, &reading.dish_name))
}

/// The temperatures at which a dish was kept while it waited, from the readings of the dish alone, the void ones left out.
pub fn holds_of<'r>(readings: impl IntoIterator<Item = &'r DishReading>) -> Vec<Decimal> {
    let is_standing = |reading: &&DishReading| reading.what == ReadingOf::Hold && !reading.is_void;
    readings.into_iter().filter(is_standing).map(|reading| reading.celsius).collect()
}
