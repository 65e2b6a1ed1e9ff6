//! What a device has been told of the time, and by whom.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::clock::{CheckedTime, ClockReading, ClockState, saturated};
use crate::time::UtcMillis;

/// How far the wall clock and the steady one may move apart before the wall clock counts as set by hand.
const SLIP_MS: i64 = 60_000;
/// How far two answers of one server may contradict each other.
const CONTRADICTION_MS: i64 = 300_000;
/// An answer that was longer on its way says nothing of the time.
const LONGEST_ROUND_TRIP_MS: u64 = 10_000;
/// How exactly an answer tells the time; smaller differences are no news.
const EXACTNESS_MS: i64 = 2_000;
/// After this long an answer is news even if it says nothing new, so that the newest known time stays near.
const NEWS_AFTER_MS: i64 = 3_600_000;
/// A person is shown whole minutes.
const MINUTE_MS: i64 = 60_000;

/// What the answer of a server says of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerTime {
    /// The time by the server at the moment of the reading.
    pub time: UtcMillis,
    /// How long the request and its answer were on their way together.
    pub round_trip_ms: u64,
}

/// Why a person's word is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VouchError {
    /// It is known to be later than that: the server has said so, or the program is younger.
    #[error("it is known to be later than that")]
    TooEarly(UtcMillis),
}

/// Two answers of one server that cannot both be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The time by what it had said before.
    pub expected: UtcMillis,
    /// What it said.
    pub told: UtcMillis,
    /// When that was by the device's clocks.
    pub reading: ClockReading,
}

impl Contradiction {
    fn difference(&self) -> i64 {
        difference(self.told, self.expected)
    }
}

/// A moment of which somebody has said what time it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Anchor {
    time: UtcMillis,
    reading: ClockReading,
}

impl Anchor {
    /// What to add to the wall clock.
    fn offset(&self) -> i64 {
        difference(self.time, self.reading.wall)
    }

    /// What the wall clock is wrong by, as far as it can be told.
    ///
    /// An answer tells whole seconds. Believing its fraction would move clocks that agree by up to a second, each tablet's
    /// by another one, and what two people wrote one after the other would be read the other way round.
    fn correction(&self) -> i64 {
        let offset = self.offset();
        if offset.saturating_abs() <= EXACTNESS_MS { 0 } else { offset }
    }

    /// The time by the steady clock alone; nothing across two starts of the machine.
    fn time_at(&self, reading: ClockReading) -> Option<UtcMillis> {
        let since = reading.steady.since(self.reading.steady)?;
        Some(UtcMillis(self.time.0.saturating_add(since)))
    }

    /// Whether both clocks have moved alike since.
    fn holds(&self, reading: ClockReading) -> bool {
        let by_wall = difference(reading.wall, self.reading.wall);
        let by_steady = reading.steady.since(self.reading.steady);
        by_steady.is_some_and(|by_steady| by_wall.saturating_sub(by_steady).saturating_abs() <= SLIP_MS)
    }
}

/// All that a device has been told of the time; kept in its store, so that all its processes rely on the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockKnowledge {
    server: Option<Anchor>,
    person: Option<Anchor>,
    latest_server: Option<UtcMillis>,
    contradiction: Option<Contradiction>,
}

impl ClockKnowledge {
    /// The time when the clocks show `reading`.
    ///
    /// Whoever vouched last counts; once the wall clock was set, nobody does until somebody vouches anew.
    pub fn judge(&self, reading: ClockReading) -> CheckedTime {
        let server = self.server.map(|anchor| (anchor, ClockState::Server));
        let person = self.person.map(|anchor| (anchor, ClockState::Person));
        let holding = [person, server].into_iter().flatten().filter(|(anchor, _)| anchor.holds(reading));
        // Of two at one moment the server's word counts.
        let newest = holding.max_by_key(|(anchor, _)| anchor.reading.steady.ms);
        let (offset, state) = newest.map_or((0, ClockState::None), |(anchor, state)| (anchor.correction(), state));
        let now = UtcMillis(reading.wall.0.saturating_add(offset));
        CheckedTime { now, state, reading, latest_server: self.latest_server }
    }

    /// Takes the answer of the device's own server, read when the clocks showed `reading`; whether anything is new.
    ///
    /// An answer from before `oldest` is none: the program is younger.
    /// Nor is one that contradicts what the same server said since this start of the machine, unless a person has come to
    /// the same time meanwhile: of a server that jumps nobody knows which of its times is right.
    pub fn hear_server(&mut self, reading: ClockReading, answer: ServerTime, oldest: UtcMillis) -> bool {
        if answer.round_trip_ms >= LONGEST_ROUND_TRIP_MS || answer.time < oldest {
            return false;
        }
        let is_far = |expected: UtcMillis| difference(answer.time, expected).saturating_abs() > CONTRADICTION_MS;
        let expected = self.server.and_then(|anchor| anchor.time_at(reading));
        let is_confirmed = self.person_at(reading).is_some_and(|time| !is_far(time));
        if let Some(expected) = expected.filter(|expected| is_far(*expected) && !is_confirmed) {
            return self.note(Contradiction { expected, told: answer.time, reading });
        }
        let had_contradiction = self.contradiction.take().is_some();
        let anchor = Anchor { time: answer.time, reading };
        if !had_contradiction && !self.is_news(&anchor) {
            return false;
        }
        self.server = Some(anchor);
        self.latest_server = Some(answer.time);
        true
    }

    /// Takes the word of a person who was shown, or has entered, the weekday, the date and the minute.
    ///
    /// # Errors
    /// [`VouchError::TooEarly`]: time does not go back behind what the server has told, nor behind `oldest`.
    pub fn vouch(&mut self, reading: ClockReading, time: UtcMillis, oldest: UtcMillis) -> Result<(), VouchError> {
        let earliest = self.latest_server.map_or(oldest, |latest| latest.max(oldest));
        if time.0.saturating_add(MINUTE_MS) < earliest.0 {
            return Err(VouchError::TooEarly(earliest));
        }
        self.person = Some(Anchor { time, reading });
        self.contradiction = None;
        Ok(())
    }

    /// That the server contradicts itself, while it does.
    pub fn contradiction(&self, reading: ClockReading) -> Option<Contradiction> {
        self.contradiction.filter(|contradiction| contradiction.reading.steady.boot == reading.steady.boot)
    }

    /// The newest time that the server has told.
    pub fn latest_server(&self) -> Option<UtcMillis> {
        self.latest_server
    }

    /// The time by what a person said after the server's last answer.
    fn person_at(&self, reading: ClockReading) -> Option<UtcMillis> {
        let person = self.person?;
        let is_newer = self.server.and_then(|server| person.reading.steady.since(server.reading.steady));
        is_newer.filter(|since| *since >= 0).and_then(|_| person.time_at(reading))
    }

    fn note(&mut self, found: Contradiction) -> bool {
        let is_known = self.contradiction(found.reading).is_some_and(|known| {
            known.difference().saturating_sub(found.difference()).saturating_abs() <= CONTRADICTION_MS
        });
        if !is_known {
            self.contradiction = Some(found);
        }
        !is_known
    }

    fn is_news(&self, anchor: &Anchor) -> bool {
        let judged = self.judge(anchor.reading);
        let Some(known) = self.server.filter(|_| judged.state == ClockState::Server) else { return true };
        let since = anchor.reading.steady.since(known.reading.steady).unwrap_or(i64::MAX);
        let moved = anchor.offset().saturating_sub(known.offset()).saturating_abs();
        moved > EXACTNESS_MS || since >= NEWS_AFTER_MS
    }
}

fn difference(later: UtcMillis, earlier: UtcMillis) -> i64 {
    saturated(i128::from(later.0) - i128::from(earlier.0))
}
