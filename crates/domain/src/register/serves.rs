//! What a tablet serves, and the compartments that it holds for it.
//!
//! A hub compares scopes and knows no compartment: which scopes a tablet gets is listed once, when its code is made.

use std::str::FromStr;

use uuid::Uuid;

use super::key::hold_scope;
use super::shape::Hold;

/// Work that a tablet is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Serves {
    /// A gate: who comes in, and which child leaves with whom.
    Gate,
    /// A class of small children.
    Class,
    /// A kitchen, which reads counts and no names.
    Kitchen,
    /// Rounds.
    Patrol,
    /// A store.
    Store,
    /// The desk of who heads the house: scans of certificates, and compensations.
    Office,
}

impl Serves {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 6] = [Self::Gate, Self::Class, Self::Kitchen, Self::Patrol, Self::Store, Self::Office];

    /// The word on a command line and in a call.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Class => "class",
            Self::Kitchen => "kitchen",
            Self::Patrol => "patrol",
            Self::Store => "store",
            Self::Office => "office",
        }
    }

    /// The compartments that the work needs: no more than that, since whoever holds a tablet holds its data.
    pub fn holds(self) -> &'static [Hold] {
        match self {
            Self::Gate => &[Hold::Children, Hold::Gate],
            Self::Class => &[Hold::Children],
            Self::Office => &[Hold::Confidential],
            Self::Kitchen | Self::Patrol | Self::Store => &[],
        }
    }
}

impl FromStr for Serves {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|serves| serves.code() == text);
        found.ok_or_else(|| format!("write one of {}", Self::ALL.map(Self::code).join(", ")))
    }
}

/// The scopes of a tablet that serves this on these campuses: the campuses, and the compartments of each.
///
/// # Example
/// ```
/// use domain::register::{Hold, Serves, hold_scope, scopes_of};
/// use uuid::Uuid;
/// let campus = Uuid::from_u128(8);
/// assert_eq!(scopes_of(&[campus], &[Serves::Kitchen]), [campus]);
/// assert!(scopes_of(&[campus], &[Serves::Kitchen, Serves::Class]).contains(&hold_scope(campus, Hold::Children)));
/// ```
pub fn scopes_of(campuses: &[Uuid], serves: &[Serves]) -> Vec<Uuid> {
    let mut scopes = campuses.to_vec();
    for campus in campuses {
        scopes.extend(serves.iter().flat_map(|serves| serves.holds()).map(|hold| hold_scope(*campus, *hold)));
    }
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// The campuses among scopes: those that are no compartment of another one.
pub fn campuses_among(scopes: &[Uuid]) -> Vec<Uuid> {
    let is_hold = |scope: &Uuid| {
        scopes.iter().any(|campus| Hold::ALL.into_iter().any(|hold| hold_scope(*campus, hold) == *scope))
    };
    scopes.iter().filter(|scope| !is_hold(scope)).copied().collect()
}

/// The compartments that scopes hold of any campus among them; all where nothing narrows them.
pub fn holds_among(scopes: Option<&[Uuid]>) -> Vec<Hold> {
    let Some(scopes) = scopes else { return Hold::ALL.to_vec() };
    let is_held = |hold: &Hold| scopes.iter().any(|campus| scopes.contains(&hold_scope(*campus, *hold)));
    Hold::ALL.into_iter().filter(is_held).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_kitchen_a_patrol_and_a_store_hold_no_compartment() {
        let held = |serves: &[Serves]| holds_among(Some(&scopes_of(&[Uuid::from_u128(8)], serves)));
        assert_eq!(held(&[Serves::Kitchen, Serves::Patrol, Serves::Store]), []);
        assert_eq!(held(&[Serves::Class]), [Hold::Children]);
        assert_eq!(held(&[Serves::Gate]), [Hold::Children, Hold::Gate]);
        assert_eq!(held(&[Serves::Office]), [Hold::Confidential]);
        assert_eq!(holds_among(None), Hold::ALL, "a tablet that nothing narrows holds everything");
    }

    #[test]
    fn a_word_that_nobody_serves_is_told_with_those_that_somebody_does() {
        assert_eq!("gate".parse(), Ok(Serves::Gate));
        let told = "Gate".parse::<Serves>().expect_err("no word");
        assert!(told.contains("gate, class, kitchen, patrol, store, office"), "{told}");
    }

    proptest! {
        #[test]
        fn the_campuses_of_a_tablet_are_found_again_among_its_scopes(
            campuses in prop::collection::btree_set(any::<u128>(), 0..4),
            serves in prop::collection::vec(prop::sample::select(&Serves::ALL[..]), 0..4),
        ) {
            let campuses: Vec<Uuid> = campuses.into_iter().map(Uuid::from_u128).collect();
            let scopes = scopes_of(&campuses, &serves);
            prop_assert_eq!(campuses_among(&scopes), campuses.clone());
            let held = holds_among(Some(&scopes));
            for hold in Hold::ALL {
                let is_needed = serves.iter().any(|serves| serves.holds().contains(&hold));
                prop_assert_eq!(held.contains(&hold), is_needed && !campuses.is_empty());
            }
        }
    }
}
