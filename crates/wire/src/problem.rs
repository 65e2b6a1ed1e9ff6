//! What went wrong, in the form of RFC 9457, under stable types.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

macro_rules! problem_types {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $status:literal, $title:literal;)*) => {
        /// The stable types of problems; on the wire `urn:rounds:problem:<slug>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ProblemType { $($(#[$doc])* $name,)* }

        impl ProblemType {
            /// Every type there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name, the last part of the URN.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// The HTTP status of an answer that consists of this problem.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// One sentence, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

problem_types! {
    /// The request is not of the shape that the call takes.
    BadRequest = "bad-request", 400, "The request is not of the expected shape.";
    /// There is no token, or none that the server knows.
    Unauthorised = "unauthorised", 401, "The device is not known to this server.";
    /// The device was revoked.
    DeviceRevoked = "device-revoked", 401, "The device was revoked.";
    /// The enrolment code is wrong, used or expired.
    EnrolRefused = "enrol-refused", 403, "The enrolment code is wrong, used or expired.";
    /// There is no such thing, or the device may not read it.
    NotFound = "not-found", 404, "There is nothing here that this device may read.";
    /// The call exists, but not with this method.
    MethodNotAllowed = "method-not-allowed", 405, "The call does not take this method.";
    /// The request came too slowly.
    RequestTimeout = "request-timeout", 408, "The request did not arrive in time.";
    /// The feed is not the one that the client knows.
    EpochChanged = "epoch-changed", 409, "The server's feed has a new epoch.";
    /// Two stores push under one replica id.
    ReplicaForked = "replica-forked", 409, "Another store pushes under this replica id.";
    /// The push does not follow the last one.
    PushOutOfOrder = "push-out-of-order", 409, "The push does not follow the last one.";
    /// A limit of the protocol was exceeded.
    LimitExceeded = "limit-exceeded", 413, "A limit of the protocol is exceeded.";
    /// The content encoding is not one that the server reads.
    UnsupportedEncoding = "unsupported-encoding", 415, "The content encoding is not supported.";
    /// A record breaks a rule of validity.
    InvalidRecord = "invalid-record", 422, "The record is not valid.";
    /// A record contradicts what the server holds.
    ForkedWrite = "forked-write", 409, "The record contradicts writes that the server holds.";
    /// The device may not write this record.
    NotAllowed = "not-allowed", 403, "The device may not write this record.";
    /// A part of a blob does not begin where the last one ended; the member `offset` says where that is.
    OffsetMismatch = "offset-mismatch", 409, "The part does not begin where the last one ended.";
    /// The bytes of a blob are not those that its name promises; what was sent of it is dropped.
    DigestMismatch = "digest-mismatch", 422, "The bytes are not those that the name promises.";
    /// A blob has no bytes in the range that was asked for.
    RangeNotSatisfiable = "range-not-satisfiable", 416, "The blob has no such bytes.";
    /// Too many attempts in a short time; try again later.
    TooManyRequests = "too-many-requests", 429, "There were too many attempts.";
    /// The call is part of the protocol, but this server does not offer it.
    NotOffered = "not-offered", 404, "This server does not offer the call.";
    /// The server is shutting down or its store cannot be reached; try again later.
    Unavailable = "unavailable", 503, "The server cannot answer now.";
    /// The server's disk is full; nothing more is stored until somebody makes room.
    StorageFull = "storage-full", 503, "The server has no room left.";
}

impl ProblemType {
    /// The URN that names the type on the wire.
    pub fn urn(self) -> String {
        format!("urn:rounds:problem:{}", self.slug())
    }
}

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
            title: kind.title().to_owned(),
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
        ProblemType::ALL.iter().copied().find(|kind| kind.urn() == self.urn)
    }

    /// Reads a problem from the body of an answer; nothing when it is none of ours, and so no answer of this server.
    pub fn decode(body: &[u8]) -> Option<Self> {
        let problem: Self = serde_json::from_slice(body).ok()?;
        problem.urn.starts_with("urn:rounds:problem:").then_some(problem)
    }

    /// The body of an answer.
    pub fn encode(&self) -> Vec<u8> {
        crate::encode::to_json(self)
    }
}
