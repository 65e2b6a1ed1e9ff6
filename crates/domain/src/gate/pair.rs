//! Two gates, one visit: who left by a gate that did not know of the entry is paired with it, or offered.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::visit::{Visit, VisitStage};

/// What leavings end which visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paired {
    /// Each visit that is over, with the row of the leaving.
    pub sure: Vec<(Uuid, Uuid)>,
    /// Leavings that may end one of several visits: a person decides.
    pub offered: Vec<(Uuid, Vec<Uuid>)>,
    /// The visits that are not over, by when they came.
    pub inside: Vec<Uuid>,
}

/// Pairs leavings with visits, one with one, in the order of time: by an equal badge, else an equal number of a car, else one name and one
/// end of a telephone number; nobody leaves before they came. What fits several is offered, and never taken.
///
/// # Example
/// ```
/// use domain::gate::{Visit, VisitStage, pairs};
/// use domain::time::UtcMillis;
/// use uuid::Uuid;
/// let came = Visit { id: Uuid::from_u128(1), at: UtcMillis(1), badge: Some("A 12".into()), ..Visit::default() };
/// let stage = VisitStage::Unpaired;
/// let left = Visit { id: Uuid::from_u128(2), at: UtcMillis(2), badge: Some("ａ12".into()), stage, ..Visit::default() };
/// assert_eq!(pairs(&[left, came]).sure, [(Uuid::from_u128(1), Uuid::from_u128(2))]);
/// ```
pub fn pairs(visits: &[Visit]) -> Paired {
    let mut came: Vec<&Visit> = visits.iter().filter(|visit| visit.stage == VisitStage::Inside).collect();
    let mut left: Vec<&Visit> =
        visits.iter().filter(|visit| matches!(visit.stage, VisitStage::Unpaired | VisitStage::Paired)).collect();
    came.sort_by_key(|visit| (visit.at, visit.id));
    // What a person said comes before what is worked out.
    left.sort_by_key(|visit| (visit.stage != VisitStage::Paired, visit.at, visit.id));
    let mut paired = Paired::default();
    let mut taken = BTreeSet::new();
    for leaving in left {
        if leaving.stage == VisitStage::Paired {
            let ended = leaving.ends.filter(|id| came.iter().any(|visit| visit.id == *id));
            paired.sure.extend(ended.filter(|id| taken.insert(*id)).map(|id| (id, leaving.id)));
            continue;
        }
        let open = |visit: &&&Visit| !taken.contains(&visit.id) && visit.at <= leaving.at;
        let found = SIGNS.iter().find_map(|sign| {
            let key = sign(leaving)?;
            let same: Vec<Uuid> = came
                .iter()
                .filter(open)
                .filter(|visit| sign(visit).as_ref() == Some(&key))
                .map(|visit| visit.id)
                .collect();
            (!same.is_empty()).then_some(same)
        });
        match found.as_deref() {
            Some([one]) => {
                taken.insert(*one);
                paired.sure.push((*one, leaving.id));
            }
            Some(several) => paired.offered.push((leaving.id, several.to_vec())),
            None => paired.offered.push((leaving.id, Vec::new())),
        }
    }
    paired.inside = came.iter().map(|visit| visit.id).filter(|id| !taken.contains(id)).collect();
    paired.sure.sort_unstable();
    paired
}

/// What two gates may have written of one visit, the surest first.
const SIGNS: [fn(&Visit) -> Option<String>; 3] = [
    |visit| visit.badge.as_deref().map(key).filter(|key| !key.is_empty()),
    |visit| visit.plate.as_deref().map(key).filter(|key| !key.is_empty()),
    |visit| {
        visit.phone.as_ref().map(|phone| format!("{}/{phone}", key(&visit.name))).filter(|_| !visit.name.is_empty())
    },
];

/// NFKC, in capitals, without blanks.
fn key(text: &str) -> String {
    text.nfkc().filter(|sign| !sign.is_whitespace()).flat_map(char::to_uppercase).collect()
}
