//! A meal with its rows, and the card that follows from them.

use domain::checked_time::Moment;
use domain::meal::{Card, CardRows, CoreRule, MealFacts, MealLimits, card};
use domain::setting::SettingValue;
use domain::time::UtcMillis;

use super::key::MealKey;
use super::rows::{Around, Lists};
use super::stored::StoredMeal;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::patrol::Hearing;

/// A meal with its rows, and the card that follows from them.
pub(crate) struct Judged {
    /// The meal.
    pub(crate) meal: StoredMeal,
    /// Its card.
    pub(crate) card: Card,
    /// The limits that hold on its day.
    pub(crate) limits: MealLimits,
    around: Around,
    lists: Lists,
}

impl Judged {
    /// The meal as it stands at `now`, with the rows around it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(app: &App, meal: StoredMeal, around: Around, now: &Moment) -> Result<Self, CommandError> {
        let lists = around.lists();
        let limits = MealLimits::of(&meal.key.campus.settings, CoreRule::of(&meal.key.campus.settings));
        let card = card_of_rows(app, &meal, &around.rows(&lists, &meal.dishes), &limits, now)?;
        Ok(Self { meal, card, limits, around, lists })
    }

    /// The rows that the card was worked out from.
    pub(crate) fn rows(&self) -> CardRows<'_> {
        self.around.rows(&self.lists, &self.meal.dishes)
    }
}

/// What the domain says of a meal at `now`.
pub(super) fn card_of_rows(
    app: &App,
    meal: &StoredMeal,
    rows: &CardRows<'_>,
    limits: &MealLimits,
    now: &Moment,
) -> Result<Card, CommandError> {
    let (key, record) = (&meal.key, &meal.record);
    let facts = MealFacts {
        id: meal.id.0,
        date: key.date,
        profile: meal.profile,
        planned: meal.planned(),
        waived: record.waived.iter().map(|(stage, waived)| (*stage, waived.reason.clone())).collect(),
        is_cancelled: record.is_cancelled(),
        is_accompanied: is_accompanied(key),
        is_all_heard: is_all_heard(app, &key.campus, key.end())?,
    };
    Ok(card(&facts, rows, limits, now))
}

/// Whether somebody of those who lead the school eats along at meals of this type.
fn is_accompanied(key: &MealKey) -> bool {
    let settings = &key.campus.settings;
    let types = match settings.get("meal.accompany_types") {
        Some(SettingValue::List(types)) => types,
        _ => Vec::new(),
    };
    settings.is_on("meal.accompany") && types.iter().any(|of| of == key.sort)
}

/// Whether every device that may have rows of a day was heard from since the day was over at `end`.
pub(super) fn is_all_heard(app: &App, campus: &Campus, end: UtcMillis) -> Result<bool, CommandError> {
    Ok(Hearing::of(app, campus)?.since(end, app.time().now).is_heard)
}
