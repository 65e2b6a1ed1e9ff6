//! Whether a pushed record is taken, and what it becomes.

use std::collections::BTreeSet;

use causal::{Dot, Fork, Record, ReplicaId, State, VersionVector};
use uuid::Uuid;
use wire::{LimitExceeded, Problem, ProblemType};

use super::access::may_see;
use super::roles::is_restricted_for_tablets;
use crate::storage::{Role, StoredRecord};

/// What the pusher may do.
#[derive(Clone, Debug)]
pub(super) struct Rights {
    pub(super) role: Role,
    pub(super) scopes: Option<Vec<Uuid>>,
    /// The replica whose push it is.
    pub(super) pushing: ReplicaId,
    /// During a refill: the replicas of the pushing device.
    pub(super) refill: Option<BTreeSet<ReplicaId>>,
}

/// A record that is taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Admitted {
    /// The state to store.
    pub(super) state: State,
    /// Whether it differs from the stored one.
    pub(super) is_change: bool,
    /// Whether it brings back writes of another device during a refill.
    pub(super) is_refill: bool,
}

/// Why a record is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    NotAllowed,
    Limit(LimitExceeded),
    Forked(Fork),
}

/// Judges the valid record `pushed` against what is held under its id.
///
/// Rights come first, so that nobody learns from a later check what they may not read.
pub(super) fn admit(pushed: &Record, held: Option<&StoredRecord>, rights: &Rights) -> Result<Admitted, Rejection> {
    if !may_see(rights.scopes.as_deref(), pushed.scope)
        || held.is_some_and(|held| held.record.kind != pushed.kind || held.record.scope != pushed.scope)
    {
        return Err(Rejection::NotAllowed);
    }
    let nothing = (State::new(), VersionVector::new());
    let (before, purged) = held.map_or((&nothing.0, &nothing.1), |held| (&held.record.state, &held.purged));
    let mut state = before.clone();
    state.merge(&pushed.state);
    let is_change = state != *before;
    let news = News::of(before, &pushed.state, rights.refill.as_ref());
    if is_change && rights.role == Role::Tablet && is_restricted_for_tablets(&pushed.kind) && !news.is_refill_only() {
        return Err(Rejection::NotAllowed);
    }
    let counts = |dot: Dot| rights.refill.is_none() || dot.replica == rights.pushing;
    wire::check_added_by(&pushed.state, Some(before), counts).map_err(Rejection::Limit)?;
    if let Some(fork) = before.fork_against(&pushed.state, purged) {
        return Err(Rejection::Forked(fork));
    }
    Ok(Admitted { state, is_change, is_refill: news.others })
}

/// Whose writes a push brings that the server had not seen, told apart only during a refill.
struct News {
    own: bool,
    others: bool,
}

impl News {
    fn of(before: &State, pushed: &State, refill: Option<&BTreeSet<ReplicaId>>) -> Self {
        let Some(own_replicas) = refill else { return Self { own: true, others: false } };
        let mut news = Self { own: false, others: false };
        for dot in pushed.version().iter().filter(|dot| !before.version().covers(*dot)) {
            if own_replicas.contains(&dot.replica) {
                news.own = true;
            } else {
                news.others = true;
            }
        }
        news
    }

    fn is_refill_only(&self) -> bool {
        self.others && !self.own
    }
}

impl Rejection {
    /// What the pusher is told.
    pub(super) fn problem(&self) -> Problem {
        match self {
            Self::NotAllowed => Problem::new(ProblemType::NotAllowed)
                .detail("the scope, the kind or the role of the device does not allow this write"),
            Self::Limit(limit) => limit_problem(limit.name(), limit),
            Self::Forked(Fork::Stamp(dot)) => {
                Problem::new(ProblemType::ForkedWrite).detail(format_args!("the write {dot:?} has another stamp here"))
            }
            Self::Forked(Fork::Value(field, dot)) => Problem::new(ProblemType::ForkedWrite)
                .detail(format_args!("the write {dot:?} put another value into {field} here")),
            Self::Forked(Fork::Vanished(field, dot)) => Problem::new(ProblemType::ForkedWrite)
                .detail(format_args!("the write {dot:?} vanished from {field} without another in its place")),
            Self::Forked(_) => Problem::new(ProblemType::ForkedWrite),
        }
    }
}

/// A problem that names the limit which was exceeded.
pub(crate) fn limit_problem(name: &str, detail: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemType::LimitExceeded).detail(detail).member("limit", name)
}
