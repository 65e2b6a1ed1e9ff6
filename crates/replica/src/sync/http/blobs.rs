//! The calls that carry photos and scans.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use wire::{BlobId, BlobProgress, MAX_BLOB_BYTES, Problem, ProblemType};

use super::answer::{MAX_ANSWER_BYTES, header, is_problem, no_answer, read_within, refusal};
use super::client::HttpTransport;
use crate::sync::TransportError;

const OFFSET: &str = "upload-offset";
const COMPLETE: &str = "upload-complete";
const LENGTH: &str = "upload-length";
/// The longest that fetching one blob takes.
const FETCH_TIMEOUT: Duration = Duration::from_secs(600);

fn url(server: &HttpTransport, id: BlobId) -> String {
    server.url(&format!("blobs/{id}"))
}

/// `HEAD`: an answer without a body, whose status and headers tell everything.
pub(super) fn state(server: &HttpTransport, token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
    let response = server.client.head(url(server, id)).bearer_auth(token).send().map_err(no_answer)?;
    state_told(response.status(), response.headers())
}

fn state_told(status: StatusCode, headers: &HeaderMap) -> Result<Option<BlobProgress>, TransportError> {
    if status.is_success() {
        let complete = match header(headers, COMPLETE) {
            "?1" => true,
            "?0" => false,
            _ => return Err(TransportError::NoAnswer("the answer does not say whether the blob is complete".into())),
        };
        return Ok(Some(BlobProgress { offset: offset_told(headers)?, complete }));
    }
    if !is_problem(headers) {
        return Err(refusal(status, headers, &[]));
    }
    let kind = match status.as_u16() {
        404 => return Ok(None),
        401 => ProblemType::Unauthorised,
        403 => ProblemType::NotAllowed,
        405 => ProblemType::MethodNotAllowed,
        408 => ProblemType::RequestTimeout,
        429 => ProblemType::TooManyRequests,
        500.. => ProblemType::Unavailable,
        _ => ProblemType::BadRequest,
    };
    Err(TransportError::Refused(Box::new(Problem::new(kind))))
}

/// `PATCH` from an offset on.
pub(super) fn send(
    server: &HttpTransport,
    token: &str,
    id: BlobId,
    offset: u64,
    total: u64,
    bytes: &[u8],
) -> Result<u64, TransportError> {
    let request = server.client.patch(url(server, id)).bearer_auth(token);
    let request =
        request.header(OFFSET, offset).header(LENGTH, total).header("content-type", "application/octet-stream");
    let response = request.body(bytes.to_vec()).send().map_err(no_answer)?;
    let (status, headers) = (response.status(), response.headers().clone());
    if status.is_success() {
        return offset_told(&headers);
    }
    let body = read_within(response, MAX_ANSWER_BYTES)?;
    Err(refusal(status, &headers, &body))
}

/// `GET`, all of it.
pub(super) fn get(server: &HttpTransport, token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
    let request = server.client.get(url(server, id)).bearer_auth(token).timeout(FETCH_TIMEOUT);
    let response = request.send().map_err(no_answer)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = read_within(response, MAX_BLOB_BYTES as u64)?;
    if !status.is_success() {
        return match refusal(status, &headers, &body) {
            TransportError::Refused(problem) if problem.kind() == Some(ProblemType::NotFound) => Ok(None),
            error => Err(error),
        };
    }
    if BlobId::of(&body) != id {
        return Err(TransportError::NoAnswer("the answer holds other bytes than those that were asked for".into()));
    }
    Ok(Some(body))
}

fn offset_told(headers: &HeaderMap) -> Result<u64, TransportError> {
    let text = header(headers, OFFSET);
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let offset = text.parse().ok().filter(|_| is_number);
    offset.ok_or_else(|| TransportError::NoAnswer("the answer does not say how much of the blob is there".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, headers: &[(&'static str, &'static str)]) -> Result<Option<BlobProgress>, TransportError> {
        let status = StatusCode::from_u16(status).expect("a status");
        let named = |(name, value): &(&'static str, &'static str)| {
            (name.parse().expect("a name"), value.parse().expect("a value"))
        };
        state_told(status, &headers.iter().map(named).collect())
    }

    const PROBLEM: (&str, &str) = ("content-type", "application/problem+json");

    #[test]
    fn how_much_is_there_is_read_from_the_headers() {
        let half = told(200, &[(OFFSET, "5"), (COMPLETE, "?0")]).expect("an answer");
        assert_eq!(half, Some(BlobProgress { offset: 5, complete: false }));
        let whole = told(200, &[(OFFSET, "7"), (COMPLETE, "?1")]).expect("an answer");
        assert_eq!(whole, Some(BlobProgress { offset: 7, complete: true }));
        assert_eq!(told(404, &[PROBLEM]).expect("an answer"), None);
    }

    #[test]
    fn what_another_server_says_is_no_answer() {
        for headers in [&[][..], &[(OFFSET, "5")], &[(COMPLETE, "?1")], &[(OFFSET, "+5"), (COMPLETE, "?0")]] {
            assert!(matches!(told(200, headers), Err(TransportError::NoAnswer(_))), "{headers:?}");
        }
        assert!(matches!(told(404, &[("content-type", "text/html")]), Err(TransportError::InItsPlace { status: 404 })));
        assert!(matches!(told(302, &[]), Err(TransportError::InItsPlace { status: 302 })));
    }

    #[test]
    fn a_refusal_without_a_body_is_told_by_its_status() {
        let kinds = [
            (401, ProblemType::Unauthorised),
            (405, ProblemType::MethodNotAllowed),
            (429, ProblemType::TooManyRequests),
            (503, ProblemType::Unavailable),
        ];
        for (status, kind) in kinds {
            match told(status, &[PROBLEM]) {
                Err(TransportError::Refused(problem)) => assert_eq!(problem.kind(), Some(kind)),
                other => panic!("{status}: {other:?}"),
            }
        }
    }
}
