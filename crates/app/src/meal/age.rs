//! How old a food sample is, as far as this device can tell.

use causal::RecordId;
use domain::checked_time::{Boot, ClockCorrection, ClockStamp, Moment, span};
use domain::meal::{Held, SampleLabel, proved_age};
use domain::time::UtcMillis;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::document::{Document, integer};
use crate::error::CommandError;

/// How old a sample is, in milliseconds.
pub(crate) struct Age {
    /// What is proved: it is not younger.
    pub(crate) min_ms: i64,
    /// What it is at most; none where no clock can tell.
    pub(crate) max_ms: Option<i64>,
}

/// When a row was saved, by the clock of its device, and put right by what that device learnt later.
pub(crate) fn saved_at(document: &Document) -> Option<Moment> {
    let clock = ClockStamp::deserialize(document.get("clock")?).ok()?;
    let later = document.get("clock_later").and_then(|later| ClockCorrection::deserialize(later).ok());
    let saved = Moment { at: UtcMillis(integer(document, "recorded_at")?), clock };
    Some(saved.corrected(&clock, later))
}

/// The clock as it stood `ms` before; what lies before the start of the machine is told by its wall clock alone.
pub(super) fn before(clock: &ClockStamp, ms: u64) -> ClockStamp {
    match clock.steady_ms.checked_sub(ms) {
        Some(steady_ms) => ClockStamp { steady_ms, ..*clock },
        None => ClockStamp { boot: Boot(Uuid::nil()), steady_ms: 0, ..*clock },
    }
}

/// The moment now, as this device can tell it.
pub(crate) fn now(app: &App) -> Moment {
    let time = app.time();
    Moment { at: time.now, clock: time.stamp() }
}

impl Age {
    /// The age of the sample `id` whose fields count as in `document`.
    ///
    /// It is counted from the save: a time that somebody typed proves nothing. It may well be older, so what was typed counts for the
    /// most that it can be.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(app: &App, id: RecordId, document: &Document) -> Result<Self, CommandError> {
        let now = now(app);
        let held = app.store().held(&[id])?.remove(&id);
        let saved = saved_at(document);
        let told = saved.and_then(|saved| span(&saved, &now));
        let held = held.map(|held| Held { first: held.since, counted_ms: held.counted_ms });
        let min_ms = match (&saved, &held) {
            (Some(saved), held) => proved_age(saved, held.as_ref(), &now),
            (None, Some(held)) => proved_age(&held.first, Some(held), &now),
            (None, None) => 0,
        };
        let typed =
            saved.zip(integer(document, "taken_at")).map(|(saved, taken)| (saved.at.0.saturating_sub(taken)).max(0));
        let max_ms = told.map(|span| span.max.saturating_add(typed.unwrap_or(0)).max(min_ms));
        Ok(Self { min_ms, max_ms })
    }

    /// The age of a sample of which this device has nothing but its label.
    pub(crate) fn of_label(app: &App, label: &SampleLabel) -> Self {
        let (taken, now) = (label.moment(), now(app));
        Self { min_ms: proved_age(&taken, None, &now), max_ms: span(&taken, &now).map(|span| span.max) }
    }
}
