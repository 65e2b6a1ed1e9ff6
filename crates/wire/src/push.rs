//! `POST /v1/push`

use causal::{Record, ReplicaId};
use serde::{Deserialize, Serialize};

use crate::decode::{ReceivedRecord, ShapeError, check_records, parse, required_uuid};

use crate::raw::{Object, RawRecord, Text, nullable, whole_number};
use crate::{Digest, Problem, RecordsWriter};

/// What a push says beside its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushHead {
    /// The feed that the pusher believes it speaks to.
    pub epoch: String,
    /// The replica whose chain this push continues.
    pub replica: ReplicaId,
    /// Its place in the chain, from 1.
    pub number: u64,
    /// The digest of the push before it; none for number 1.
    pub previous: Option<String>,
}

/// A push as it arrives.
#[derive(Debug)]
pub struct PushRequest {
    /// Epoch and chain.
    pub head: PushHead,
    /// The records in the order of the message, each valid or with the reason why not.
    pub records: Vec<ReceivedRecord>,
}

/// What became of one pushed record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The stored state has changed.
    Merged,
    /// The server knew all of it.
    Unchanged,
    /// It was not taken; the problem says why.
    Rejected,
}

/// The outcome of one pushed record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushResult {
    /// The id as it stood in the push.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The answer to a push.
#[derive(Debug)]
pub struct PushAnswer {
    /// The server's epoch.
    pub epoch: String,
    /// The number of the push that is answered.
    pub number: u64,
    /// The digest of its body.
    pub digest: Digest,
    /// One result for each pushed record, in order.
    pub results: Vec<PushResult>,
    /// The server's state of accepted records where it differs from the pushed one.
    pub records: Vec<Record>,
}

#[derive(Deserialize)]
struct RawPush<'a> {
    #[serde(borrow)]
    epoch: Text<'a>,
    #[serde(borrow)]
    replica: Text<'a>,
    #[serde(deserialize_with = "whole_number")]
    number: u64,
    #[serde(borrow, deserialize_with = "nullable")]
    previous: Option<Text<'a>>,
    #[serde(borrow)]
    replicas: Vec<Text<'a>>,
    #[serde(borrow)]
    records: Vec<Object<RawRecord<'a>>>,
}

#[derive(Deserialize)]
struct RawHead<'a> {
    #[serde(borrow)]
    epoch: Text<'a>,
    #[serde(borrow)]
    replica: Text<'a>,
    #[serde(deserialize_with = "whole_number")]
    number: u64,
    #[serde(borrow, deserialize_with = "nullable")]
    previous: Option<Text<'a>>,
}

#[derive(Serialize)]
struct PushStart<'a> {
    epoch: &'a str,
    replica: ReplicaId,
    number: u64,
    previous: &'a Option<String>,
}

#[derive(Deserialize)]
struct RawAnswer<'a> {
    epoch: String,
    number: u64,
    digest: Digest,
    results: Vec<PushResult>,
    #[serde(borrow)]
    replicas: Vec<Text<'a>>,
    #[serde(borrow)]
    records: Vec<Object<RawRecord<'a>>>,
}

#[derive(Serialize)]
struct AnswerStart<'a> {
    epoch: &'a str,
    number: u64,
    digest: Digest,
    results: &'a [PushResult],
}

/// Nothing stands behind the records of a push, or of its answer.
#[derive(Serialize)]
struct NoEnd {}

impl PushHead {
    /// Reads the head of a push without looking at its records, which costs little however many there are.
    ///
    /// # Errors
    /// [`ShapeError`] for what has no such head; what has one may still be no push.
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let RawHead { epoch, replica, number, previous } = parse(body)?;
        Self::check(epoch, &replica, number, previous)
    }

    fn check(epoch: Text<'_>, replica: &Text<'_>, number: u64, previous: Option<Text<'_>>) -> Result<Self, ShapeError> {
        Ok(Self {
            epoch: epoch.0.into_owned(),
            replica: ReplicaId(required_uuid(&replica.0, "replica")?),
            number,
            previous: previous.map(|previous| previous.0.into_owned()),
        })
    }
}

impl PushRequest {
    /// Reads the body of a push.
    ///
    /// # Errors
    /// [`ShapeError`] for what is no push at all; a record that breaks a rule is an error of its own inside.
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let raw: RawPush<'_> = parse(body)?;
        let head = PushHead::check(raw.epoch, &raw.replica, raw.number, raw.previous)?;
        Ok(Self { head, records: check_records(&raw.replicas, &raw.records)? })
    }
}

impl PushAnswer {
    /// Reads the body of an answer to a push.
    ///
    /// # Errors
    /// [`ShapeError`]; and when a record of the answer is not valid, since then nothing of it can be trusted.
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let raw: RawAnswer<'_> = parse(body)?;
        let records = valid_records(&raw.replicas, &raw.records)?;
        Ok(Self { epoch: raw.epoch, number: raw.number, digest: raw.digest, results: raw.results, records })
    }
}

/// The records of an answer, all of which must be valid.
pub(crate) fn valid_records(
    replicas: &[Text<'_>],
    records: &[Object<RawRecord<'_>>],
) -> Result<Vec<Record>, ShapeError> {
    let received = check_records(replicas, records)?;
    let valid = received.into_iter().map(|received| received.record);
    valid.collect::<Result<_, _>>().map_err(|invalid| ShapeError::Json(serde::de::Error::custom(invalid)))
}

/// The body of a push; freeze it before it is first sent.
pub fn encode_push_request(head: &PushHead, records: RecordsWriter) -> Vec<u8> {
    let PushHead { epoch, replica, number, previous } = head;
    records.message(&PushStart { epoch, replica: *replica, number: *number, previous }, &NoEnd {})
}

/// The body of the answer to a push; keep it, so that a retry gets the same bytes.
pub fn encode_push_answer(
    epoch: &str,
    number: u64,
    digest: Digest,
    results: &[PushResult],
    records: RecordsWriter,
) -> Vec<u8> {
    records.message(&AnswerStart { epoch, number, digest, results }, &NoEnd {})
}
