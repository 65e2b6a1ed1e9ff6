//! How old the list of who may fetch whom is here, and what the program writes of it into a handover.

use domain::child::{is_too_old, list_age_min};
use domain::register::Register;
use domain::time::UtcMillis;
use serde_json::{Value, json};

use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::sheet::as_of;

/// What is older is written as this old.
const A_YEAR_MIN: i64 = 525_600;

/// How old the list is here.
pub(crate) struct ListAge {
    /// When this device last heard all that the server had; none where it never did.
    pub(crate) as_of: Option<UtcMillis>,
    /// Minutes since; none where nobody knows.
    pub(crate) minutes: Option<i64>,
}

impl ListAge {
    /// The age of the list on this device, now.
    pub(crate) fn here(app: &App) -> Result<Self, CommandError> {
        let as_of = as_of(app)?;
        Ok(Self { as_of, minutes: list_age_min(as_of, UtcMillis::from_stamp(app.now_ms())) })
    }

    /// Whether a child is handed over by it only after a call.
    pub(crate) fn is_too_old(&self, campus: &Campus) -> bool {
        is_too_old(self.minutes, campus.settings.number("soft.pickup_list_h"))
    }
}

/// The fields that nobody types of a new row.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn own_fields(app: &App, register: &Register) -> Result<Vec<(String, Value)>, CommandError> {
    if register.kind != "child_handover" {
        return Ok(Vec::new());
    }
    let age = ListAge::here(app)?.minutes.map(|minutes| minutes.min(A_YEAR_MIN));
    Ok(age.map(|minutes| ("list_age".to_owned(), json!(minutes.to_string()))).into_iter().collect())
}
