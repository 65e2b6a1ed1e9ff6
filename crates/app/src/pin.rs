//! The PIN with which people switch on one tablet.
//!
//! The hash (argon2id) is a record, so a PIN holds on every tablet of the campus.
//! Wrong tries are counted on the device alone, and outlive a restart: after five of them each further try waits longer.
//! A try is counted before it is looked at, so pulling the plug does not win one.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use causal::RecordId;
use domain::id::pin_id;
use domain::text::half_width;
use replica::{Reading, Save};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::document::{field, text};
use crate::error::CommandError;
use crate::session::Proof;

const KIND: &str = "pin";
const SALT_BYTES: usize = 16;
const FREE_TRIES: u32 = 5;
const FIRST_WAIT_MS: u64 = 30_000;
/// The wait doubles so often at most: 16 minutes.
const DOUBLINGS: u32 = 5;

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Try {
    /// The PIN is right; the count starts over.
    Right,
    /// It is wrong; the next try has to wait so many seconds.
    Wrong {
        /// Seconds to wait.
        wait_s: u64,
    },
    /// It was not looked at: so many seconds are left.
    Wait {
        /// Seconds to wait.
        wait_s: u64,
    },
    /// The person has no PIN.
    NoPin,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Tries {
    wrong: u32,
    last_at: u64,
}

impl Tries {
    /// The same as seen at `now`. A clock that was set back starts the wait anew, once: kept, the new beginning holds from now on.
    fn seen_at(self, now: u64) -> Self {
        Self { last_at: self.last_at.min(now), ..self }
    }

    /// How long the next try has to wait.
    fn wait_ms(self, now: u64) -> u64 {
        if self.wrong < FREE_TRIES {
            return 0;
        }
        let full = FIRST_WAIT_MS << (self.wrong - FREE_TRIES).min(DOUBLINGS);
        full.saturating_sub(now.saturating_sub(self.last_at))
    }
}

/// Whether a person has a PIN.
pub(crate) fn is_set(app: &App, person: Uuid) -> Result<bool, CommandError> {
    Ok(hash_of(app, person)?.is_some())
}

/// Whether a person has a PIN that the person set: a starting PIN of somebody else's is none.
pub(crate) fn is_own(app: &App, person: Uuid) -> Result<bool, CommandError> {
    let Some(held) = held(app, person)? else { return Ok(false) };
    let last = held.record.state.siblings("hash").max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica));
    Ok(last.is_some_and(|last| last.stamp.by.as_deref() == Some(&*person.to_string())))
}

/// How somebody is known who has entered their PIN, or has none.
pub(crate) fn proof(app: &App, person: Uuid) -> Result<Proof, CommandError> {
    Ok(match (is_set(app, person)?, is_own(app, person)?) {
        (false, _) => Proof::None,
        (true, true) => Proof::Pin,
        (true, false) => Proof::SetByOther,
    })
}

/// Tries a PIN.
pub(crate) fn attempt(app: &App, person: Uuid, pin: &str) -> Result<Try, CommandError> {
    let Some(hash) = hash_of(app, person)? else { return Ok(Try::NoPin) };
    let name = tries(person);
    let now = app.now_ms();
    let (mut waiting, mut counted) = (0, Tries::default());
    app.store().change_device_setting(&name, |tries: Option<Tries>| {
        let tries = tries.unwrap_or_default().seen_at(now);
        waiting = tries.wait_ms(now);
        counted = if waiting > 0 { tries } else { Tries { wrong: tries.wrong.saturating_add(1), last_at: now } };
        counted
    })?;
    if waiting > 0 {
        return Ok(Try::Wait { wait_s: waiting.div_ceil(1_000) });
    }
    if is_pin(&hash, &plain(pin)) {
        app.store().clear_device_setting(&name)?;
        return Ok(Try::Right);
    }
    Ok(Try::Wrong { wait_s: counted.wait_ms(now).div_ceil(1_000) })
}

/// Sets the PIN of a person.
///
/// # Errors
/// `bad-arguments` unless it has 4 to 8 digits.
pub(crate) fn set(app: &App, person: Uuid, scope: Option<Uuid>, pin: &str) -> Result<(), CommandError> {
    let save = save_of(app, person, scope, pin)?;
    app.store().save_with_settings(vec![save], |_| vec![forgotten_tries(person)])?;
    Ok(())
}

/// The save that sets the PIN of a person; with it goes [`forgotten_tries`].
///
/// # Errors
/// `bad-arguments` unless the PIN has 4 to 8 digits.
pub(crate) fn save_of(app: &App, person: Uuid, scope: Option<Uuid>, pin: &str) -> Result<Save, CommandError> {
    let pin = plain(pin);
    if !(4..=8).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CommandError::bad_argument("pin", "a PIN has 4 to 8 digits"));
    }
    let held = held(app, person)?;
    Ok(Save {
        id: Some(RecordId(pin_id(person))),
        kind: KIND.to_owned(),
        scope: held.as_ref().map_or(scope, |held| held.record.scope),
        seen: held.map(|held| held.version),
        set: vec![field("hash", hash(app, &pin)?)],
        by: app.by(),
        ..Save::default()
    })
}

/// The setting of this device that counts wrong tries, taken away: they were of another PIN.
pub(crate) fn forgotten_tries(person: Uuid) -> (String, Option<serde_json::Value>) {
    (tries(person), None)
}

fn tries(person: Uuid) -> String {
    format!("pin_tries/{person}")
}

fn held(app: &App, person: Uuid) -> Result<Option<Reading>, CommandError> {
    Ok(app.store().get(RecordId(pin_id(person)))?.filter(|held| &*held.record.kind == KIND))
}

fn hash_of(app: &App, person: Uuid) -> Result<Option<String>, CommandError> {
    let found = app.store().find_one(RecordId(pin_id(person)))?.filter(|found| found.kind == KIND);
    Ok(found.and_then(|found| text(&found.doc, "hash").map(str::to_owned)))
}

fn hash(app: &App, pin: &str) -> Result<String, CommandError> {
    let mut salt = [0; SALT_BYTES];
    app.store().ports().entropy.fill(&mut salt);
    let hash = Argon2::default().hash_password_with_salt(pin.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| CommandError::internal(&error))
}

/// A hash that cannot be read fits no PIN; the comparison inside takes the same time for every wrong one.
fn is_pin(hash: &str, pin: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// A starting PIN: six digits, each as likely as every other.
pub(crate) fn random(app: &App) -> String {
    const DIGITS: u64 = 1_000_000;
    let mut bytes = [0; 8];
    // Of 2^64 numbers the last few would make some PINs likelier by a part in 10^13, which nobody can use.
    app.store().ports().entropy.fill(&mut bytes);
    format!("{:06}", u64::from_le_bytes(bytes) % DIGITS)
}

/// Full-width digits are digits.
pub(crate) fn plain(pin: &str) -> String {
    half_width(pin).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_and_each_further_one_longer() {
        let after = |wrong| Tries { wrong, last_at: 1_000_000 }.wait_ms(1_000_000);
        assert_eq!([4, 5, 6, 7, 10, 99].map(after), [0, 30_000, 60_000, 120_000, 960_000, 960_000]);
    }

    #[test]
    fn a_clock_that_was_set_back_starts_the_wait_anew_and_lets_it_end() {
        let tries = Tries { wrong: 5, last_at: 1_000_000 };
        assert_eq!(tries.wait_ms(1_010_000), 20_000);
        assert_eq!(tries.wait_ms(1_030_000), 0);
        let corrected = tries.seen_at(500_000);
        assert_eq!(corrected.wait_ms(500_000), 30_000);
        assert_eq!(corrected.seen_at(530_000).wait_ms(530_000), 0, "the wait has begun anew once, not with every look");
    }
}
