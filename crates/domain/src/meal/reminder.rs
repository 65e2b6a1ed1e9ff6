//! What a device reminds of while the app runs. Nothing is stored: it follows from the card and the time alone.

use uuid::Uuid;

use super::card::{Card, CardRows, MissingCode};
use super::sample::SampleState;
use super::waiting::{HoldLimits, Waiting, waiting};
use crate::checked_time::Moment;

/// So long before service the card reminds of what is missing.
const BEFORE_SERVICE_MIN: i64 = 15;
/// So long before its time is over a dish is to be on the table.
const LAST_CALL_MS: i64 = 15 * 60_000;

/// What is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReminderCode {
    /// A dish is to be measured again.
    Retest,
    /// A dish must soon be on the table.
    ToTable,
    /// Something is missing 15 minutes before service, or later.
    BeforeService,
    /// A sample may go.
    SampleDue,
}

impl ReminderCode {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Retest => "retest",
            Self::ToTable => "to-table",
            Self::BeforeService => "before-service",
            Self::SampleDue => "sample-due",
        }
    }
}

/// One reminder. Two that are equal are one: the sound is made once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    /// What of.
    pub code: ReminderCode,
    /// The dish or the sample; of what is missing before service the meal.
    pub about: Uuid,
    /// The name of the dish, or how many things are missing.
    pub what: String,
}

/// What a card reminds of at `now`, the most pressing first.
pub fn reminders(card: &Card, rows: &CardRows<'_>, limits: HoldLimits, now: &Moment) -> Vec<Reminder> {
    if !card.is_served {
        return Vec::new();
    }
    let mut reminders = Vec::new();
    for missing in card.stages.iter().flat_map(|stage| &stage.missing) {
        if let (MissingCode::CoreFailing, Some(dish)) = (missing.code, missing.about) {
            reminders.push(Reminder { code: ReminderCode::Retest, about: dish, what: missing.what.clone() });
        }
    }
    for dish in rows.dishes.iter().filter(|dish| dish.is_asked()) {
        if let Waiting::Running { left_ms: 0..=LAST_CALL_MS } = waiting(dish.times, &[], limits, now) {
            reminders.push(Reminder { code: ReminderCode::ToTable, about: dish.id, what: dish.name.clone() });
        }
    }
    let is_near = card.minutes_left.is_some_and(|left| (-60..=BEFORE_SERVICE_MIN).contains(&left));
    if is_near && !card.before_service.is_empty() {
        let what = card.before_service.len().to_string();
        reminders.push(Reminder { code: ReminderCode::BeforeService, about: card.id, what });
    }
    for clock in card.clocks.iter().filter(|clock| clock.clock.state == SampleState::Ready) {
        let (about, what) = (clock.clock.sample, clock.dish_name.clone());
        reminders.push(Reminder { code: ReminderCode::SampleDue, about, what });
    }
    reminders.sort();
    reminders
}
