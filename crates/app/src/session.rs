//! Who stands in front of this device; known here alone and never sent.

use serde::{Deserialize, Serialize};

use crate::{App, CommandError};

const CURRENT: &str = "current_person";

/// The person who was last switched to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The person.
    pub(crate) person: String,
    /// Since when, ms since 1970 UTC.
    pub(crate) since: u64,
}

/// The person who was last switched to, if somebody is there.
pub(crate) fn current(app: &App) -> Result<Option<Session>, CommandError> {
    Ok(app.store().device_setting(CURRENT)?)
}

/// Switches to a person, or to nobody.
pub(crate) fn switch(app: &App, person: Option<String>) -> Result<(), CommandError> {
    match person {
        Some(person) => app.store().set_device_setting(CURRENT, &Session { person, since: app.now_ms() })?,
        None => app.store().clear_device_setting(CURRENT)?,
    }
    Ok(())
}
