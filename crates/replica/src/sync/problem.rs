//! Problems that no server has told.

use wire::{Problem, ProblemType};

/// A problem that no server has told.
pub(super) fn own_problem(kind: ProblemType, detail: Option<String>) -> Problem {
    Problem { status: None, detail, ..Problem::new(kind) }
}

/// Something on the way does not let so many bytes through.
pub(super) fn road_limit(bytes: usize) -> Problem {
    let detail = format!("not even {bytes} bytes pass; the server itself would take them");
    own_problem(ProblemType::RoadLimit, Some(detail)).member("bytes", bytes)
}

/// The server was given something else than was sent.
pub(super) fn garbled(told: &Problem) -> Problem {
    let detail = told.detail.as_deref().unwrap_or(&told.title).to_owned();
    own_problem(ProblemType::RoadGarbles, Some(detail))
}

/// Problems that a record only has until the next exchange, for it is no fault of its own.
pub(super) const PASSING: [ProblemType; 2] = [ProblemType::RoadLimit, ProblemType::RoadGarbles];
