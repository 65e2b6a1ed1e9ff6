//! What was saved, and what its author had seen; the judge of the simulation.

use std::collections::{BTreeMap, BTreeSet};

use causal::{RecordId, State};

/// A value that was saved once and only once.
pub(crate) type Token = String;

/// One save.
#[derive(Clone, Debug)]
struct Saved {
    record: RecordId,
    field: String,
    replaces: BTreeSet<Token>,
}

/// Every save that has not been lost with a disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    saved: BTreeMap<Token, Saved>,
    next: u64,
}

impl Ledger {
    /// A value that was never used before.
    pub(crate) fn new_token(&mut self) -> Token {
        self.next += 1;
        format!("v{}", self.next)
    }

    /// Notes a save by somebody who had `seen` these values in this field.
    pub(crate) fn note(&mut self, token: &Token, record: RecordId, field: &str, seen: BTreeSet<Token>) {
        self.saved.insert(token.clone(), Saved { record, field: field.to_owned(), replaces: seen });
    }

    /// How many saves there are.
    pub(crate) fn len(&self) -> usize {
        self.saved.len()
    }

    /// The saves that are neither in `live` nor replaced by one that is accounted for.
    pub(crate) fn unaccounted(&self, live: &BTreeSet<Token>) -> BTreeSet<Token> {
        let mut accounted: BTreeSet<&Token> = self.saved.keys().filter(|token| live.contains(*token)).collect();
        loop {
            let replaced: BTreeSet<&Token> =
                accounted.iter().filter_map(|token| self.saved.get(*token)).flat_map(|saved| &saved.replaces).collect();
            let before = accounted.len();
            accounted.extend(replaced);
            if accounted.len() == before {
                break;
            }
        }
        self.saved.keys().filter(|token| !accounted.contains(token)).cloned().collect()
    }

    /// Forgets what was lost with a disk: nobody can be asked to keep it.
    pub(crate) fn forget(&mut self, tokens: &BTreeSet<Token>) {
        self.saved.retain(|token, _| !tokens.contains(token));
    }

    /// What is wrong with the records of one tablet, if anything is.
    pub(crate) fn judge(&self, states: &BTreeMap<RecordId, State>) -> Result<(), String> {
        for (token, saved) in &self.saved {
            let state = states.get(&saved.record).ok_or_else(|| format!("{token}: the record is missing"))?;
            let is_live = live_tokens(state, &saved.field).contains(token);
            let is_replaced = self.saved.values().any(|other| {
                other.record == saved.record && other.field == saved.field && other.replaces.contains(token)
            });
            if !is_live && !is_replaced {
                return Err(format!("{token} in {} of {:?} was lost", saved.field, saved.record));
            }
        }
        Ok(())
    }
}

/// The values that a field holds.
pub(crate) fn live_tokens(state: &State, field: &str) -> BTreeSet<Token> {
    state.siblings(field).filter_map(|sibling| sibling.value.to_json().as_str().map(str::to_owned)).collect()
}

#[test]
fn the_judge_sees_a_lost_value() {
    let record = RecordId(uuid::Uuid::from_u128(1));
    let mut ledger = Ledger::default();
    ledger.note(&"v1".to_owned(), record, "a", BTreeSet::new());
    assert!(ledger.judge(&BTreeMap::new()).is_err());
    assert!(ledger.judge(&BTreeMap::from([(record, State::new())])).is_err());
    ledger.note(&"v2".to_owned(), record, "a", BTreeSet::from(["v1".to_owned()]));
    let mut state = State::new();
    let dot = causal::Dot::new(causal::ReplicaId(uuid::Uuid::from_u128(2)), 1);
    let stamp = causal::Stamp { at: 0, by: None };
    state
        .save(dot, stamp, &causal::Seen::nothing(), [("a".into(), causal::Value::from(serde_json::json!("v2")))])
        .expect("a save");
    assert_eq!(ledger.judge(&BTreeMap::from([(record, state)])), Ok(()));
}
