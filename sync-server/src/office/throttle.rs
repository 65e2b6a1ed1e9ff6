//! Guessing passwords is made slow: for each account, and for each address that guesses.
//!
//! A try is counted before it is looked at, so that many at once win nothing; a right one takes its count back.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Wrong tries for one account before each further one waits.
const FREE_OF_ACCOUNT: u32 = 5;
/// Wrong tries from one address; a school may sit behind one.
const FREE_OF_ADDRESS: u32 = 30;
const FIRST_WAIT: Duration = Duration::from_secs(30);
/// The wait doubles so often at most: four minutes, so that whoever guesses does not keep the owner out for long.
const DOUBLINGS: u32 = 3;
/// Tries that were made longer ago are forgotten.
const MEMORY: Duration = Duration::from_secs(24 * 3_600);
/// So many accounts and addresses are remembered.
const MOST: usize = 20_000;

/// Whom a try counts against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    wrong: u32,
    last: Instant,
}

impl Tries {
    fn wait(self, free: u32, now: Instant) -> Duration {
        if self.wrong < free {
            return Duration::ZERO;
        }
        let full = FIRST_WAIT * 2u32.pow((self.wrong - free).min(DOUBLINGS));
        full.saturating_sub(now.saturating_duration_since(self.last))
    }
}

/// Counts tries.
#[derive(Debug, Default)]
pub(super) struct Throttle(Mutex<HashMap<Key, Tries>>);

impl Throttle {
    /// Counts a try.
    ///
    /// # Errors
    /// How long to wait before one is looked at; then nothing was counted.
    pub(super) fn try_now(&self, account: &str, address: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let mut tries = self.tries();
        let keys = keys(account, address);
        let wait = |(key, free): &(Key, u32)| tries.get(key).map_or(Duration::ZERO, |tries| tries.wait(*free, now));
        let longest = keys.iter().map(wait).max().unwrap_or_default();
        if longest > Duration::ZERO {
            return Err(longest);
        }
        if tries.len() >= MOST {
            tries.retain(|_, tries| now.saturating_duration_since(tries.last) < FIRST_WAIT);
        }
        for (key, _) in keys {
            let known = tries.entry(key).or_insert(Tries { wrong: 0, last: now });
            let is_old = now.saturating_duration_since(known.last) > MEMORY;
            *known = Tries { wrong: if is_old { 1 } else { known.wrong.saturating_add(1) }, last: now };
        }
        Ok(())
    }

    /// The try was right: the account's count starts over, and the address has one less.
    pub(super) fn was_right(&self, account: &str, address: Option<IpAddr>) {
        let mut tries = self.tries();
        for (key, _) in keys(account, address) {
            match (&key, tries.get_mut(&key)) {
                (Key::Address(_), Some(known)) if known.wrong > 1 => known.wrong -= 1,
                _ => drop(tries.remove(&key)),
            }
        }
    }

    fn tries(&self) -> MutexGuard<'_, HashMap<Key, Tries>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn keys(account: &str, address: Option<IpAddr>) -> Vec<(Key, u32)> {
    let account = (Key::Account(account.to_owned()), FREE_OF_ACCOUNT);
    let address = address.map(|address| (Key::Address(network(address)), FREE_OF_ADDRESS));
    std::iter::once(account).chain(address).collect()
}

/// Who has one address of IPv6 has the other 2^64 beside it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn the_sixth_try_for_an_account_waits_and_each_further_one_longer() {
        let (throttle, mut now) = (Throttle::default(), Instant::now());
        for last in 0..5 {
            assert_eq!(throttle.try_now("a", address(last), now), Ok(()));
        }
        for expected in [30, 60, 120, 240, 240] {
            let wait = expected * SECOND;
            assert_eq!(throttle.try_now("a", address(99), now), Err(wait));
            assert_eq!(throttle.try_now("a", None, now + wait - SECOND), Err(SECOND), "it says what is left");
            assert_eq!(throttle.try_now("b", address(1), now), Ok(()), "another account is let in");
            throttle.was_right("b", address(1));
            now += wait;
            assert_eq!(throttle.try_now("a", None, now), Ok(()));
        }
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_too() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for number in 0..30 {
            assert_eq!(throttle.try_now(&format!("account {number}"), address(1), now), Ok(()));
        }
        assert!(throttle.try_now("the owner", address(1), now).is_err());
        assert_eq!(throttle.try_now("the owner", address(2), now), Ok(()));
        let six = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]));
        for number in 0..30 {
            assert_eq!(throttle.try_now(&format!("other {number}"), six(number), now), Ok(()));
        }
        assert!(throttle.try_now("somebody", six(999), now).is_err(), "they are all one network");
    }

    #[test]
    fn a_right_password_starts_the_count_over() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for _ in 0..3 {
            for _ in 0..5 {
                assert_eq!(throttle.try_now("a", address(1), now), Ok(()));
            }
            throttle.was_right("a", address(1));
        }
        let later = now + MEMORY + SECOND;
        for _ in 0..4 {
            assert_eq!(throttle.try_now("a", None, now), Ok(()));
        }
        assert_eq!(throttle.try_now("a", None, later), Ok(()), "yesterday's tries are forgotten");
        assert_eq!(throttle.try_now("a", None, later), Ok(()));
    }

    #[test]
    fn the_memory_has_an_end() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for number in 0..MOST + 10 {
            let moment = now + SECOND * u32::try_from(number / 500).expect("it is small");
            assert_eq!(throttle.try_now(&number.to_string(), None, moment), Ok(()));
        }
        assert!(throttle.tries().len() <= MOST);
    }
}
