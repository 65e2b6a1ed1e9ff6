//! Who stands in front of this device; known here alone and never sent.

use replica::Store;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::CommandError;

const CURRENT: &str = "current_person";
/// What screens are told when somebody else stands there, in the place of a kind of records.
pub(crate) const NEWS: &str = "session";

/// The person who was last switched to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The person.
    pub(crate) person: String,
    /// Since when, ms since 1970 UTC.
    pub(crate) since: u64,
    /// How the person was known; an earlier version did not keep it.
    #[serde(default)]
    pub(crate) how: Option<Proof>,
}

/// How it was known who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Proof {
    /// By a PIN of their own.
    Pin,
    /// By a PIN that somebody else has set.
    SetByOther,
    /// By their word alone: they have no PIN.
    None,
}

/// The person who was last switched to, if somebody is there.
pub(crate) fn current(store: &Store) -> Result<Option<Session>, CommandError> {
    Ok(store.device_setting(CURRENT)?)
}

/// Switches to a person who was known in some way, or to nobody.
pub(crate) fn switch(store: &Store, person: Option<(String, Proof)>) -> Result<(), CommandError> {
    match person {
        Some((person, how)) => {
            let session = Session { person, since: store.ports().clock.now_ms(), how: Some(how) };
            store.set_device_setting(CURRENT, &session)?;
        }
        None => store.clear_device_setting(CURRENT)?,
    }
    // Every window of this device shows who stands there now.
    store.announce(NEWS);
    Ok(())
}
