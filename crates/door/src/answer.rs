//! From refusals to HTTP answers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use app::CommandError;
use wire::ProblemType;

/// A refusal on its way out.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) CommandError);

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = status(self.0.kind);
        if status.is_server_error() {
            tracing::error!(error = %self.0, code = self.0.code(), "a call failed");
        }
        let mut problem = self.0.problem();
        problem.status = Some(status.as_u16());
        let mut response = respond(status, "application/problem+json", problem.encode());
        if let Some(wait) = self.0.details.get("wait_s").and_then(serde_json::Value::as_u64) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

/// A JSON body that is ready.
pub(crate) fn json(body: String) -> Response {
    respond(StatusCode::OK, "application/json", body.into_bytes())
}

fn respond(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The status of a refusal. What somebody sent is never answered with 500 and above.
fn status(kind: ProblemType) -> StatusCode {
    StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_its_status_and_how_long_to_wait() {
        let refused =
            Failure(CommandError::new(ProblemType::Wait, "too many wrong tries").detail("wait_s", 30)).into_response();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()[header::RETRY_AFTER], "30");
        assert_eq!(refused.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(status(ProblemType::StepNotOpen), StatusCode::UNPROCESSABLE_ENTITY);
    }
}
