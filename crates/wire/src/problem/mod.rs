//! What went wrong, in the form of RFC 9457, under stable types.

mod table;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::encode::to_json;
use table::URN;

pub use table::ProblemType;

/// A problem as it stands in an answer, alone or beside a rejected record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The URN of the type.
    #[serde(rename = "type")]
    pub urn: String,
    /// One sentence, the same for every occurrence of the type.
    pub title: String,
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What happened this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Further members, such as `epoch` or `expected`.
    #[serde(flatten)]
    pub members: Map<String, Value>,
}

impl Problem {
    /// A problem of a type, without a detail.
    pub fn new(kind: ProblemType) -> Self {
        Self {
            urn: kind.urn(),
            title: kind.en().to_owned(),
            status: Some(kind.status()),
            detail: None,
            members: Map::new(),
        }
    }

    /// Says what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    /// Adds a further member.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// The type, when it is one of ours.
    pub fn kind(&self) -> Option<ProblemType> {
        ProblemType::of_urn(&self.urn)
    }

    /// Reads a problem from the body of an answer; nothing when it is none of ours, and so no answer of this server.
    pub fn decode(body: &[u8]) -> Option<Self> {
        let problem: Self = serde_json::from_slice(body).ok()?;
        problem.urn.starts_with(URN).then_some(problem)
    }

    /// The body of an answer.
    pub fn encode(&self) -> Vec<u8> {
        to_json(self)
    }
}
