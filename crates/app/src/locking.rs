//! A device that has heard nothing for long locks its compartments: it may be lost, and whoever holds it holds its data.
//!
//! The clock on the wall decides it, checked or not: a tablet that lay in a drawer has no other. It only hides; any exchange opens it.

use domain::decimal::Decimal;

use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

const DAY_MS: i64 = 86_400_000;
/// No setting locks a tablet that was away for a night.
const LEAST_DAYS: Decimal = Decimal::ONE;

/// Whether the compartments of this device are locked; never those of the office, of a store without a server, and for support.
///
/// A clock that stands before the last exchange locks nothing: nobody knows how long that was ago.
pub(crate) fn is_locked(app: &App, campus: &Campus) -> Result<bool, CommandError> {
    if app.is_support() || app.store().enrolment()?.is_none() || app.serves_office()? {
        return Ok(false);
    }
    let Some(heard) = app.store().sync_report()?.last_success_at else { return Ok(false) };
    let silent_ms = i64::try_from(app.now_ms().saturating_sub(heard)).unwrap_or(i64::MAX);
    let days = campus.settings.number("device.stale_d").max(LEAST_DAYS);
    Ok(Decimal::from(silent_ms) > days * Decimal::from(DAY_MS))
}
