//! What an office may look at, in neutral words: none of it blocks, and none of it accuses.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::plan::Plan;
use super::run::{ReadHow, Run, Step, Visit};
use super::stay::Stay;
use crate::checked_time::{Moment, span};

/// Three arrivals within this time are a burst.
const BURST_MS: i64 = 10_000;
/// How far the wall clock may move against the steady one.
const JUMP_MS: i64 = 300_000;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A stay that was certainly too short.
    Short {
        /// The point.
        checkpoint: String,
        /// By how many seconds.
        by_s: u32,
    },
    /// Three arrivals within 10 seconds, for certain.
    Burst {
        /// The points.
        checkpoints: Vec<String>,
    },
    /// Every tag of the run was typed.
    AllTyped,
    /// One photo, by its SHA-256, at several points.
    SamePhoto {
        /// The photo.
        blob: String,
        /// The points.
        checkpoints: Vec<String>,
    },
    /// One photo, by its SHA-256, that certainly stood on another round before.
    PhotoBefore {
        /// The photo.
        blob: String,
        /// The points of this round at which it stands.
        checkpoints: Vec<String>,
        /// The other round.
        run: String,
    },
    /// The wall clock was moved by more than 5 minutes while the machine ran.
    ClockJump {
        /// The point before which it was moved.
        checkpoint: String,
    },
    /// It was entered afterwards (补录).
    Entered,
}

/// A signal, and whose acts it is about: those people see it, and the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldSignal {
    /// What.
    pub signal: Signal,
    /// Whose acts, each once.
    pub people: Vec<String>,
}

/// The signals of a run.
pub fn signals(run: &Run, document: &Map<String, Value>, plan: Option<&Plan>) -> Vec<ToldSignal> {
    let steps = run.steps();
    let mut found: Vec<ToldSignal> = short(run, plan);
    if !run.is_entered {
        found.extend(bursts(run, &steps));
    }
    let all = || run.visits.iter().filter_map(|visit| visit.by.clone());
    let is_typed = !run.visits.is_empty() && run.visits.iter().all(|visit| visit.how == ReadHow::Typed);
    found.extend(is_typed.then(|| told(Signal::AllTyped, all())));
    found.extend(same_photos(run, document));
    found.extend(clock_jumps(run, &steps));
    found.extend(run.is_entered.then(|| told(Signal::Entered, all().chain(run.leader.clone()))));
    found
}

/// The photos of a run that stand on others as well, where they were there before for certain; the id of each other run stands before
/// it. Where no clock can tell which of two rounds came first, neither is told of.
pub fn photos_before<'o>(
    run: &Run,
    document: &Map<String, Value>,
    others: impl IntoIterator<Item = (&'o str, &'o Run, &'o Map<String, Value>)>,
) -> Vec<ToldSignal> {
    let own = photo_places(document);
    let mut before: BTreeMap<&str, Vec<(&'o str, Moment)>> = BTreeMap::new();
    for (id, other, of_other) in others.into_iter().filter(|(_, other, _)| !other.is_void) {
        for (blob, points) in photo_places(of_other) {
            let moments = points.iter().filter_map(|point| Some((id, came_to(other, point)?)));
            before.entry(blob).or_default().extend(moments);
        }
    }
    let earlier = |blob: &str, point: &String| {
        let here = came_to(run, point)?;
        let is_before = |at: &Moment| span(at, &here).is_some_and(|span| span.min > 0);
        before.get(blob)?.iter().find(|(_, at)| is_before(at)).map(|(id, _)| (*id).to_owned())
    };
    let of = |(blob, points): (&str, Vec<String>)| {
        let (checkpoints, runs): (Vec<String>, Vec<String>) =
            points.into_iter().filter_map(|point| earlier(blob, &point).map(|other| (point, other))).unzip();
        let other = runs.into_iter().next()?;
        let people = walkers_at(run, &checkpoints);
        Some(told(Signal::PhotoBefore { blob: blob.to_owned(), checkpoints, run: other }, people.into_iter()))
    };
    own.into_iter().filter_map(of).collect()
}

/// The photos of a run, by their digests.
pub fn photos_of(document: &Map<String, Value>) -> impl Iterator<Item = &str> {
    photo_places(document).into_keys()
}

/// When somebody first came to a point.
fn came_to(run: &Run, checkpoint: &str) -> Option<Moment> {
    run.steps().into_iter().find(|step| step.checkpoint == checkpoint).map(|step| step.moment)
}

fn told(signal: Signal, people: impl Iterator<Item = String>) -> ToldSignal {
    let mut people: Vec<String> = people.collect();
    people.sort_unstable();
    people.dedup();
    ToldSignal { signal, people }
}

/// Who made a step: who closed it, else who has come.
fn by_of<'r>(run: &'r Run, steps: &'r [Step<'_>]) -> impl Iterator<Item = String> + 'r {
    let of_visit = |id: &str| run.visits.iter().find(|visit| visit.id == id).map(|visit| &visit.by);
    let of_arrival = |id: &str| run.arrivals.iter().find(|arrival| arrival.id == id).map(|arrival| &arrival.by);
    steps.iter().filter_map(move |step| of_visit(step.id).or_else(|| of_arrival(step.id))?.clone())
}

fn short(run: &Run, plan: Option<&Plan>) -> Vec<ToldSignal> {
    let of = |(visit, stay): (&Visit, Stay)| {
        let by_s = stay.short_by(plan?.point(&visit.checkpoint)?.min_seconds).filter(|seconds| *seconds > 0)?;
        Some(told(Signal::Short { checkpoint: visit.checkpoint.clone(), by_s }, visit.by.clone().into_iter()))
    };
    run.stays().into_iter().filter_map(of).collect()
}

fn bursts(run: &Run, steps: &[Step<'_>]) -> Vec<ToldSignal> {
    let is_burst = |three: &&[Step<'_>]| {
        span(&three[0].moment, &three[2].moment).is_some_and(|span| (0..=BURST_MS).contains(&span.max))
    };
    let burst = |three: &[Step<'_>]| {
        let checkpoints = three.iter().map(|step| step.checkpoint.to_owned()).collect();
        told(Signal::Burst { checkpoints }, by_of(run, three))
    };
    steps.windows(3).filter(is_burst).map(burst).collect()
}

/// The photos that stand at more than one point, by their digests.
fn same_photos(run: &Run, document: &Map<String, Value>) -> Vec<ToldSignal> {
    let several = photo_places(document).into_iter().filter(|(_, checkpoints)| checkpoints.len() > 1);
    let of = |(blob, checkpoints): (&str, Vec<String>)| {
        let people = walkers_at(run, &checkpoints);
        told(Signal::SamePhoto { blob: blob.to_owned(), checkpoints }, people.into_iter())
    };
    several.map(of).collect()
}

/// Who was at some points.
fn walkers_at(run: &Run, checkpoints: &[String]) -> Vec<String> {
    checkpoints.iter().flat_map(|point| run.visits_to(point)).filter_map(|visit| visit.by.clone()).collect()
}

/// The points at which each photo stands, by its digest.
fn photo_places(document: &Map<String, Value>) -> BTreeMap<&str, Vec<String>> {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, _) in document.iter().filter(|(_, value)| !value.is_null()) {
        let Some((checkpoint, rest)) = name.strip_prefix("visits/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        let Some((_, blob)) =
            rest.rsplit_once("photos/").filter(|(before, _)| before.is_empty() || before.ends_with('/'))
        else {
            continue;
        };
        let known = places.entry(blob).or_default();
        if !known.iter().any(|own| own == checkpoint) {
            known.push(checkpoint.to_owned());
        }
    }
    places
}

fn clock_jumps(run: &Run, steps: &[Step<'_>]) -> Vec<ToldSignal> {
    let moved = |a: &Moment, b: &Moment| {
        let is_one_start = a.clock.boot == b.clock.boot;
        let by_steady = span(a, b).filter(|_| is_one_start).map(|span| span.min);
        by_steady.map(|by_steady| b.at.0.saturating_sub(a.at.0).saturating_sub(by_steady).saturating_abs())
    };
    let jumps = steps.windows(2).filter(|two| moved(&two[0].moment, &two[1].moment).is_some_and(|ms| ms > JUMP_MS));
    jumps.map(|two| told(Signal::ClockJump { checkpoint: two[1].checkpoint.to_owned() }, by_of(run, two))).collect()
}
