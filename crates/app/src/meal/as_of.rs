//! Rows as they stood at the end of a day that is over.

use chrono::NaiveDate;
use domain::checked_time::Moment;
use domain::meal::Disposal;
use domain::time::UtcMillis;
use uuid::Uuid;

use super::age::{before, now};
use super::rows::Around;
use crate::app::App;

/// The moment at which a day ended, as this device can tell it; now where that is earlier.
pub(super) fn end_or_now(app: &App, end: UtcMillis) -> Moment {
    let now = now(app);
    let Ok(back) = u64::try_from(now.at.0.saturating_sub(end.0)) else { return now };
    Moment { at: end, clock: before(&now.clock, back) }
}

impl Around {
    /// What was disposed of from `at` on, the end of `day`, was still there; who was let back later was not back yet, and what was
    /// counted since is not counted.
    pub(super) fn go_back(&mut self, app: &App, day: NaiveDate, at: &Moment) {
        let since = u64::try_from(now(app).at.0.saturating_sub(at.at.0)).unwrap_or(0);
        if since == 0 {
            return;
        }
        self.disposals.retain(|gone| gone.at.at < at.at);
        let day = day.to_string();
        self.returns.retain(|back| back.found.day.as_ref().is_none_or(|of| *of <= day));
        for (_, held) in &mut self.held {
            held.counted_ms = held.counted_ms.saturating_sub(since);
        }
    }

    /// Leaves those of its samples that still stood at `at`.
    pub(super) fn keep_standing(&mut self, at: UtcMillis) {
        let disposals = &self.disposals;
        let has_gone = |gone: &Disposal, sample: Uuid| gone.sample == sample && !gone.is_void && gone.at.at < at;
        self.samples
            .retain(|sample| !sample.row.is_void && !disposals.iter().any(|gone| has_gone(gone, sample.row.id)));
    }
}
