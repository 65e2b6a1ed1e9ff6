//! Who has signed for a walk: each name once, nobody as the second under their own work, and no hand that nobody made sure of.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::nil::seen;
use super::run::{Run, Sign, SignRole, Visit};
use crate::canonical::{canonical, sha256_hex};

/// Who has signed for the walks of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// How many persons must sign.
    pub needed: usize,
    /// The persons whose signatures count, each once, in the order in which they first signed.
    pub signers: Vec<String>,
    /// Persons who signed, and of whom nobody made sure that it was their hand (未核验); they count for nothing.
    pub unproved: Vec<String>,
    /// Who has walked a part of it, on whatever run.
    pub walkers: BTreeSet<String>,
}

/// What a visit has of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitSigned {
    /// Nobody has signed for it, nor for others of its walker.
    Unsigned,
    /// Somebody has signed for it as it is.
    Signed,
    /// 签后更正: it reads otherwise than when it was signed for.
    Changed,
    /// 签后新增: its walker has signed, and it came later.
    Added,
}

impl Signing {
    /// How many persons are missing: those who walk together are one side of it, however many of them have signed.
    pub fn missing(&self) -> usize {
        let sides = usize::from(self.has_side(true)) + usize::from(self.has_side(false));
        self.needed.saturating_sub(sides)
    }

    /// Whether it is the second who is missing: somebody who has walked no part of it.
    pub fn lacks_second(&self) -> bool {
        self.needed > 1 && !self.has_side(false)
    }

    fn has_side(&self, has_walked: bool) -> bool {
        self.signers.iter().any(|signer| self.walkers.contains(signer) == has_walked)
    }

    /// As what somebody signs for one of the runs: for their own visits there, or as the second where they have walked no part of the
    /// window; none for who has walked another run of it, since the second is none of those whose work is signed.
    pub fn role_on(&self, run: &Run, person: &str) -> Option<SignRole> {
        match () {
            () if has_walked(run, person) => Some(SignRole::Walker),
            () if self.walkers.contains(person) => None,
            () => Some(SignRole::Second),
        }
    }
}

fn has_walked(run: &Run, person: &str) -> bool {
    run.visits.iter().any(|visit| visit.by.as_deref() == Some(person))
}

/// Who has signed for these walks; the daily fire patrol asks for two persons, a walker and a second, any other walk for one.
///
/// A signature counts where it says what it may: for own visits by who made some, as the second by who made none of the window.
/// Law: neither the order of the runs nor signing once more changes who counts.
pub fn signing<'a>(is_fire: bool, runs: impl IntoIterator<Item = &'a Run>) -> Signing {
    let standing: Vec<&Run> = runs.into_iter().filter(|run| !run.is_void).collect();
    let walkers = standing.iter().flat_map(|run| &run.visits).filter_map(|visit| visit.by.clone()).collect();
    let mut signing = Signing { needed: if is_fire { 2 } else { 1 }, walkers, ..Signing::default() };
    let counts = |run: &Run, sign: &Sign| signing.role_on(run, &sign.by) == Some(sign.role);
    let mut all: Vec<&Sign> =
        standing.iter().copied().flat_map(|run| run.signs.iter().filter(move |sign| counts(run, sign))).collect();
    all.sort_by(|a, b| (a.moment.at, &a.by, &a.id).cmp(&(b.moment.at, &b.by, &b.id)));
    for sign in all.iter().filter(|sign| sign.is_proved) {
        if !signing.signers.contains(&sign.by) {
            signing.signers.push(sign.by.clone());
        }
    }
    let unproved: BTreeSet<&String> = all.iter().filter(|sign| !sign.is_proved).map(|sign| &sign.by).collect();
    signing.unproved = unproved.into_iter().filter(|by| !signing.signers.contains(by)).cloned().collect();
    signing
}

/// What somebody signs for: the visits for which `is_of` holds, with the fingerprint of each.
pub fn covers(run: &Run, document: &Map<String, Value>, is_of: impl Fn(&Visit) -> bool) -> BTreeMap<String, String> {
    run.visits.iter().filter(|visit| is_of(visit)).map(|visit| (visit.id.clone(), seen(document, visit))).collect()
}

/// The digest of all visits of a run: what a second signer has seen. Finishing a run changes nothing of it.
pub fn saw(run: &Run, document: &Map<String, Value>) -> String {
    let all = covers(run, document, |_| true);
    let all: Map<String, Value> = all.into_iter().map(|(id, seen)| (id, Value::String(seen))).collect();
    sha256_hex(canonical(&Value::Object(all)).as_bytes())
}

/// 签后新增, 签后更正: how many visits of a run came after the last signature of somebody who signed for such, and how many of those that
/// it speaks of read otherwise by now, or are gone.
pub fn since_signed(run: &Run, document: &Map<String, Value>) -> (usize, usize) {
    let mut last: BTreeMap<&str, &Sign> = BTreeMap::new();
    // The signatures stand in the order of their times.
    last.extend(run.signs.iter().map(|sign| (sign.by.as_str(), sign)));
    let (mut added, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for sign in last.into_values() {
        let now = covers(run, document, |visit| sign.speaks_for(visit));
        added.extend(now.keys().filter(|id| !sign.covers.contains_key(*id)).cloned());
        changed.extend(sign.covers.iter().filter(|(id, saw)| now.get(*id) != Some(*saw)).map(|(id, _)| id.clone()));
    }
    (added.len(), changed.len())
}

impl Sign {
    /// Whether it would speak of a visit: its signer's own, or any where it is the second.
    pub fn speaks_for(&self, visit: &Visit) -> bool {
        self.role == SignRole::Second || visit.by.as_deref() == Some(&self.by)
    }
}

impl Run {
    /// What a visit of this run has of its walker's signatures; a second signs beside, and for nobody.
    pub fn signed(&self, document: &Map<String, Value>, visit: &Visit) -> VisitSigned {
        let now = seen(document, visit);
        let is_own = |sign: &&Sign| sign.role == SignRole::Walker && Some(&sign.by) == visit.by.as_ref();
        let said: Vec<Option<&String>> =
            self.signs.iter().filter(is_own).map(|sign| sign.covers.get(&visit.id)).collect();
        match () {
            () if said.contains(&Some(&now)) => VisitSigned::Signed,
            () if said.iter().any(Option::is_some) => VisitSigned::Changed,
            () if said.is_empty() => VisitSigned::Unsigned,
            () => VisitSigned::Added,
        }
    }
}
