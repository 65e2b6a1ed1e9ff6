//! Content encodings of requests.

use std::io::Read;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use wire::ProblemType;

use super::answer::Failure;
use super::body::too_large;

/// Answers a client that forbids plain answers all the same: what it asked is done by then, and 406 would hide the answer.
pub(super) async fn always_answer(mut request: Request, next: Next) -> Response {
    if forbids_plain_answers(request.headers()) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

fn forbids_plain_answers(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        matches!(name.trim(), "identity" | "*") && weight == Some(0.0)
    })
}

/// Windows beyond 8 MiB are not for HTTP: RFC 9659.
const ZSTD_WINDOW_LOG: u32 = 23;

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Zstd,
    Gzip,
}

impl Encoding {
    /// What the headers say.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut encoding = Self::Identity;
        for value in headers.get_all(header::CONTENT_ENCODING) {
            for name in value.to_str().map_err(|_| unsupported())?.split(',').map(str::trim) {
                let next = match name.to_ascii_lowercase().as_str() {
                    "" | "identity" => continue,
                    "zstd" => Self::Zstd,
                    "gzip" | "x-gzip" => Self::Gzip,
                    _ => return Err(unsupported()),
                };
                if encoding != Self::Identity {
                    return Err(unsupported());
                }
                encoding = next;
            }
        }
        Ok(encoding)
    }

    /// The decoded body, of at most `limit` bytes; decoding stops there, however much more would come.
    pub(super) fn decode(self, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, Failure> {
        let decoded = match self {
            Self::Identity => body,
            Self::Gzip => read_within(flate2::read::MultiGzDecoder::new(body.as_slice()), limit)?,
            Self::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(body.as_slice()).map_err(damaged)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(damaged)?;
                read_within(decoder, limit)?
            }
        };
        if decoded.len() > limit { Err(too_large(limit)) } else { Ok(decoded) }
    }
}

fn read_within(decoder: impl Read, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut decoded = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(one_more).read_to_end(&mut decoded).map_err(damaged)?;
    Ok(decoded)
}

fn unsupported() -> Failure {
    Failure::detail(ProblemType::UnsupportedEncoding, "a body may be encoded with zstd or gzip, once")
}

fn damaged(error: std::io::Error) -> Failure {
    Failure::detail(ProblemType::BadRequest, format_args!("the encoded body is damaged: {error}"))
}
