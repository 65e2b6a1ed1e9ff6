//! Problems that no server has told.

use wire::Problem;

/// A problem that no server has told.
pub(super) fn own_problem(slug: &str, title: &str, detail: Option<String>) -> Problem {
    Problem {
        urn: format!("urn:rounds:problem:{slug}"),
        title: title.to_owned(),
        status: None,
        detail,
        members: serde_json::Map::new(),
    }
}

/// Something on the way does not let so many bytes through.
pub(super) fn road_limit(bytes: usize) -> Problem {
    let detail = format!("not even {bytes} bytes pass; the server itself would take them");
    let mut problem =
        own_problem("road-limit", "Something on the way to the server limits the size of what is sent.", Some(detail));
    problem.members.insert("bytes".into(), bytes.into());
    problem
}

/// The server was given something else than was sent.
pub(super) fn garbled(told: &Problem) -> Problem {
    let detail = told.detail.as_deref().unwrap_or(&told.title).to_owned();
    own_problem("road-garbles", "Something on the way to the server changes what is sent.", Some(detail))
}

/// The slugs of problems that a record only has until the next exchange, for it is no fault of its own.
pub(super) const PASSING: [&str; 2] = ["road-limit", "road-garbles"];
