//! Who is signed in; known to this process alone, and forgotten with it.
//!
//! A session ends after half an hour without a person doing anything, after twelve hours whatever they do, and as soon as the
//! account has another password.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::service::{Random, secret_hash};
use crate::storage::AccountRow;

/// How long nobody may do anything.
const IDLE: Duration = Duration::from_secs(30 * 60);
/// How long a session lasts at most.
pub(super) const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// Sessions of one account; with one more, the one that was used least lately ends.
const MOST_OF_AN_ACCOUNT: usize = 20;

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// The organisation.
    pub(super) organisation: Uuid,
    /// The name of the account.
    pub(super) account: String,
    /// Stands for the password that was signed in with.
    password: [u8; 32],
    began: Instant,
    used: Instant,
}

impl Session {
    /// Whether the account still has the password that was signed in with.
    pub(super) fn is_of(&self, account: &AccountRow) -> bool {
        self.account == account.name && self.password == secret_hash(&account.password_hash)
    }

    fn lasts_at(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.used) < IDLE && now.saturating_duration_since(self.began) < LONGEST
    }
}

/// All sessions, by the hash of what the browser holds.
pub(super) struct Sessions {
    random: Arc<dyn Random>,
    open: Mutex<HashMap<[u8; 32], Session>>,
}

impl Sessions {
    pub(super) fn new(random: Arc<dyn Random>) -> Self {
        Self { random, open: Mutex::default() }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session, and gives what the browser is to hold: 256 random bits.
    pub(super) fn begin(&self, organisation: Uuid, account: &AccountRow, now: Instant) -> String {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let mut open = self.open();
        open.retain(|_, session| session.lasts_at(now));
        let is_same = |session: &Session| session.organisation == organisation && session.account == account.name;
        if open.values().filter(|session| is_same(session)).count() >= MOST_OF_AN_ACCOUNT {
            let oldest = open.iter().filter(|(_, session)| is_same(session)).min_by_key(|(_, session)| session.used);
            if let Some(key) = oldest.map(|(key, _)| *key) {
                open.remove(&key);
            }
        }
        let password = secret_hash(&account.password_hash);
        let session = Session { organisation, account: account.name.clone(), password, began: now, used: now };
        open.insert(secret_hash(&token), session);
        token
    }

    /// The session of whoever holds `token`; `acts` when a person does something, and the session goes on with it.
    pub(super) fn find(&self, token: &str, now: Instant, acts: bool) -> Option<Session> {
        let (key, mut open) = (secret_hash(token), self.open());
        let session = open.get_mut(&key)?;
        if !session.lasts_at(now) {
            open.remove(&key);
            return None;
        }
        if acts {
            session.used = now;
        }
        Some(session.clone())
    }

    /// Ends one session.
    pub(super) fn end(&self, token: &str) {
        self.open().remove(&secret_hash(token));
    }

    /// Ends every session of an account.
    pub(super) fn end_all(&self, organisation: Uuid, account: &str) {
        self.open().retain(|_, session| session.organisation != organisation || session.account != account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::OsRandom;

    fn account(name: &str, password_hash: &str) -> AccountRow {
        AccountRow {
            name: name.to_owned(),
            password_hash: password_hash.to_owned(),
            roles: Vec::new(),
            created_at: 0,
            person: None,
            must_begin: false,
            must_change_password: false,
        }
    }

    fn sessions() -> (Sessions, Instant) {
        (Sessions::new(Arc::new(OsRandom)), Instant::now())
    }

    #[test]
    fn a_session_ends_when_nobody_does_anything_for_half_an_hour() {
        let (sessions, start) = sessions();
        let token = sessions.begin(Uuid::nil(), &account("a", "h"), start);
        let minutes = |minutes: u64| start + Duration::from_secs(60 * minutes);
        assert!(sessions.find(&token, minutes(29), true).is_some());
        assert!(sessions.find(&token, minutes(58), false).is_some(), "a page that looks by itself is let in");
        assert!(sessions.find(&token, minutes(59), false).is_none(), "and keeps nobody signed in");
        assert!(sessions.find(&token, minutes(58), true).is_none(), "what has ended does not come back");
    }

    #[test]
    fn a_session_ends_after_twelve_hours_whatever_is_done() {
        let (sessions, start) = sessions();
        let token = sessions.begin(Uuid::nil(), &account("a", "h"), start);
        let mut now = start;
        while now < start + LONGEST {
            assert!(sessions.find(&token, now, true).is_some());
            now += Duration::from_secs(20 * 60);
        }
        assert!(sessions.find(&token, now, true).is_none());
    }

    #[test]
    fn no_session_survives_another_password() {
        let (sessions, start) = sessions();
        let token = sessions.begin(Uuid::nil(), &account("a", "old"), start);
        let session = sessions.find(&token, start, true).expect("it is open");
        assert!(session.is_of(&account("a", "old")));
        assert!(!session.is_of(&account("a", "new")));
        let other = sessions.begin(Uuid::nil(), &account("b", "old"), start);
        sessions.end_all(Uuid::nil(), "a");
        assert!(sessions.find(&token, start, true).is_none());
        assert!(sessions.find(&other, start, true).is_some());
        sessions.end(&other);
        assert!(sessions.find(&other, start, true).is_none());
    }

    #[test]
    fn what_a_browser_does_not_hold_opens_nothing_and_an_account_has_no_end_of_sessions() {
        let (sessions, start) = sessions();
        let first = sessions.begin(Uuid::nil(), &account("a", "h"), start);
        assert!(first.len() >= 43);
        for token in ["", "x", &first[1..]] {
            assert!(sessions.find(token, start, true).is_none());
        }
        let later = start + Duration::from_secs(1);
        let tokens: Vec<String> = (0..20).map(|_| sessions.begin(Uuid::nil(), &account("a", "h"), later)).collect();
        assert!(sessions.find(&first, later, true).is_none(), "the one that was used least lately");
        assert!(tokens.iter().all(|token| sessions.find(token, later, true).is_some()));
    }
}
