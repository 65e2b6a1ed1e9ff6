//! Why an exchange stopped.

use std::time::Duration;

use thiserror::Error;
use wire::{Problem, ProblemType};

use super::problem::{garbled, own_problem, road_limit};
use super::{Backoff, RETRY_AFTER, TransportError};
use crate::StoreError;

/// What stopped an exchange; everything saved stays in the queue.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SyncError {
    /// The store is enrolled nowhere: enrol it.
    #[error("the store is not enrolled with a server")]
    NotEnrolled,
    /// Another process syncs this store: let it.
    #[error("another process is syncing this store")]
    Busy,
    /// The server cannot be reached: try again later.
    #[error("the server cannot be reached; everything saved stays in the queue: {0}")]
    Unreachable(String),
    /// Something on the way, such as a proxy, answers in the server's place: try again later.
    #[error(
        "something on the way to the server answered in its place, with status {status}; everything saved stays in the queue"
    )]
    InItsPlace {
        /// The HTTP status.
        status: u16,
    },
    /// Something on the way lets nothing of this size through: whoever looks after the network must widen it.
    #[error("something on the way to the server lets no {bytes} bytes through; what is larger stays in the queue")]
    RoadLimit {
        /// The size that did not pass.
        bytes: usize,
    },
    /// The server was given something else than was sent: whoever looks after the network must act.
    #[error("something on the way to the server changes what is sent; everything saved stays in the queue")]
    RoadGarbles(Box<Problem>),
    /// The server's address is none: mend it.
    #[error("{0}")]
    BadAddress(String),
    /// The server refuses the device: a person must act.
    #[error("the server refuses this device: {}", .0.title)]
    Refused(Box<Problem>),
    /// The server answers in a way that makes no progress: look at both.
    #[error("the exchange makes no progress: {0}")]
    Stuck(&'static str),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lock file failed.
    #[error("the lock of the store cannot be taken")]
    Lock(#[from] std::io::Error),
}

impl From<TransportError> for SyncError {
    fn from(error: TransportError) -> Self {
        let text = error.to_string();
        match error {
            TransportError::NoAnswer(why) => Self::Unreachable(why),
            TransportError::InItsPlace { status } => Self::InItsPlace { status },
            TransportError::BadAddress { .. } => Self::BadAddress(text),
            TransportError::Refused(problem) => Self::Refused(problem),
        }
    }
}

impl SyncError {
    /// Which problem it is; that of the server, where the server has refused in a way that this version knows.
    pub fn kind(&self) -> ProblemType {
        match self {
            Self::NotEnrolled => ProblemType::NotEnrolled,
            Self::Busy => ProblemType::Busy,
            Self::Unreachable(_) => ProblemType::Unreachable,
            Self::InItsPlace { .. } => ProblemType::RoadAnswer,
            Self::RoadLimit { .. } => ProblemType::RoadLimit,
            Self::RoadGarbles(_) => ProblemType::RoadGarbles,
            Self::BadAddress(_) => ProblemType::BadAddress,
            Self::Refused(problem) => problem.kind().unwrap_or(ProblemType::Unavailable),
            Self::Stuck(_) => ProblemType::Stuck,
            Self::Store(error) => error.kind(),
            Self::Lock(_) => ProblemType::Store,
        }
    }

    /// What a person or a script is told.
    pub fn problem(&self) -> Problem {
        match self {
            // As the server said it, also where this version does not know the type.
            Self::Refused(problem) => {
                let mut problem = (**problem).clone();
                problem.detail.get_or_insert_with(|| self.to_string());
                problem
            }
            Self::RoadLimit { bytes } => road_limit(*bytes),
            Self::RoadGarbles(problem) => garbled(problem),
            Self::InItsPlace { status } => own_problem(self.kind(), Some(self.to_string())).member("answered", *status),
            _ => own_problem(self.kind(), Some(self.to_string())),
        }
    }

    /// How long the server wants to be left alone, 5 minutes at most.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let Self::Refused(problem) = self else { return None };
        let seconds = problem.members.get(RETRY_AFTER)?.as_u64()?;
        Some(Duration::from_secs(seconds).min(Backoff::CAP))
    }

    /// Whether waiting and trying again can help without a person.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::InItsPlace { .. } | Self::Busy => true,
            Self::RoadLimit { .. } | Self::RoadGarbles(_) => true,
            Self::Refused(problem) => !matches!(problem.status, Some(401 | 403)),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HttpTransport;

    fn urn(error: impl Into<SyncError>) -> String {
        error.into().problem().urn
    }

    #[test]
    fn an_address_that_is_none_is_not_called_unreachable() {
        for address in [
            "",
            "rounds.example.cn",
            "ftp://rounds.example.cn",
            "http://",
            "C:\\rounds",
            "http://u:p@rounds.example.cn",
            "http://u@rounds.example.cn",
            "http://rounds.example.cn/?a=b",
            "http://rounds.example.cn/#code",
        ] {
            let error = HttpTransport::new(address).map(drop).expect_err(address);
            assert_eq!(urn(error), "urn:rounds:problem:bad-address", "{address}");
        }
        let error: SyncError = TransportError::BadAddress { address: "x".into(), why: "y".into() }.into();
        assert!(!error.is_passing());
    }

    #[test]
    fn the_code_of_another_organisation_is_told_from_a_broken_store() {
        let other = StoreError::OtherOrganisation("别的学校".into());
        assert_eq!(urn(other), "urn:rounds:problem:other-organisation");
        assert_eq!(urn(StoreError::NotAStore), "urn:rounds:problem:not-a-store");
    }
}
