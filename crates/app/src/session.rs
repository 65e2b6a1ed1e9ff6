//! Who stands in front of this device; known here alone and never sent.

use replica::Store;
use serde::{Deserialize, Serialize};

use crate::error::CommandError;

const CURRENT: &str = "current_person";
/// What screens are told when somebody else stands there, in the place of a kind of records.
const NEWS: &str = "session";

/// The person who was last switched to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The person.
    pub(crate) person: String,
    /// Since when, ms since 1970 UTC.
    pub(crate) since: u64,
}

/// The person who was last switched to, if somebody is there.
pub(crate) fn current(store: &Store) -> Result<Option<Session>, CommandError> {
    Ok(store.device_setting(CURRENT)?)
}

/// Switches to a person, or to nobody.
pub(crate) fn switch(store: &Store, person: Option<String>) -> Result<(), CommandError> {
    match person {
        Some(person) => store.set_device_setting(CURRENT, &Session { person, since: store.ports().clock.now_ms() })?,
        None => store.clear_device_setting(CURRENT)?,
    }
    // Every window of this device shows who stands there now.
    store.announce(NEWS);
    Ok(())
}
