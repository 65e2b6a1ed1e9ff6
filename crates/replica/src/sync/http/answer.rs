//! What an answer says, and whether it is one of a server of ours at all.

use std::io::Read;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use wire::{MAX_PAGE_BYTES, Problem, ProblemType};

use crate::sync::{RETRY_AFTER, TransportError};

/// The most that is read of an answer; a page may hold one large record beyond its own bound.
pub(super) const MAX_ANSWER_BYTES: u64 = 8 * MAX_PAGE_BYTES as u64;

/// The whole answer, which must not be longer than `most` bytes.
pub(super) fn read_within(answer: impl Read, most: u64) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    answer.take(most + 1).read_to_end(&mut body).map_err(no_answer)?;
    if body.len() as u64 > most {
        return Err(TransportError::NoAnswer(format!("the answer is larger than the {most} bytes that are read")));
    }
    Ok(body)
}

/// The answer, where something on the way has taken the word away that it is packed; no JSON begins as a frame of zstd does.
pub(super) fn unpacked(body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
    const FRAME: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];
    if !body.starts_with(FRAME) {
        return Ok(body);
    }
    let decoder = zstd::Decoder::new(body.as_slice()).map_err(no_answer)?;
    read_within(decoder, MAX_ANSWER_BYTES)
}

/// What an answer that is no success says.
pub(super) fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> TransportError {
    match Problem::decode(body).filter(|_| is_problem(headers)) {
        Some(problem) => TransportError::Refused(Box::new(match header(headers, "retry-after").parse::<u64>() {
            Ok(seconds) => problem.member(RETRY_AFTER, seconds),
            Err(_) => problem,
        })),
        None => TransportError::InItsPlace { status: status.as_u16() },
    }
}

/// Whether the server could make nothing of a body; such a push consumes no number, and may come again in another dress.
pub(super) fn is_unread(problem: &Problem) -> bool {
    matches!(problem.kind(), Some(ProblemType::BadRequest | ProblemType::UnsupportedEncoding))
}

pub(super) fn is_problem(headers: &HeaderMap) -> bool {
    header(headers, "content-type").starts_with("application/problem+json")
}

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(super) fn no_answer(error: impl std::error::Error) -> TransportError {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    TransportError::NoAnswer(text)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::{HeaderValue, RETRY_AFTER as RETRY_AFTER_HEADER};

    use super::*;

    #[test]
    fn an_answer_that_does_not_say_that_it_is_packed_is_read_all_the_same() {
        let packed = zstd::bulk::compress(b"{\"more\":false}", 1).expect("packed");
        assert_eq!(unpacked(packed).expect("it reads"), b"{\"more\":false}");
        assert_eq!(unpacked(b"{}".to_vec()).expect("it reads"), b"{}");
        let bomb = zstd::bulk::compress(&vec![b' '; 200 << 20], 1).expect("packed");
        assert!(unpacked(bomb).is_err(), "no more is unpacked than is read");
    }

    #[test]
    fn a_refusal_says_when_to_come_again_where_the_server_did_and_nothing_of_a_date_or_of_rubbish() {
        let asked = |said: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert("content-type", HeaderValue::from_static("application/problem+json"));
            headers.extend(said.map(|said| (RETRY_AFTER_HEADER, HeaderValue::from_static(said))));
            let body = Problem::new(ProblemType::Unavailable).encode();
            crate::SyncError::from(refusal(StatusCode::SERVICE_UNAVAILABLE, &headers, &body)).retry_after()
        };
        assert_eq!(asked(Some("7")), Some(Duration::from_secs(7)));
        assert_eq!(asked(Some("999999999")), Some(Duration::from_secs(300)), "nobody is sent away for long");
        for nothing in [None, Some("Wed, 21 Oct 2026 07:28:00 GMT"), Some("-1"), Some("")] {
            assert_eq!(asked(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn an_answer_that_is_larger_than_what_is_read_is_told_apart() {
        assert_eq!(read_within(&b"12345678"[..], 8).expect("it fits"), b"12345678");
        let refused = read_within(std::io::repeat(b'['), 8).expect_err("it has no end");
        assert!(refused.to_string().contains("larger than the 8 bytes that are read"), "{refused}");
    }
}
