//! The time in every answer: tablets whose clocks are wrong go by it.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono::DateTime;

use super::HubState;

/// Writes the time of the server's clock, which may be another one than the machine's, into the answer.
pub(super) async fn tell_time(State(state): State<HubState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(date) = date(state.hub.now_ms()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// An instant as HTTP writes it; none for one beyond the calendar.
fn date(now_ms: u64) -> Option<HeaderValue> {
    let now = DateTime::from_timestamp_millis(i64::try_from(now_ms).ok()?)?;
    HeaderValue::from_str(&now.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_http_has_it() {
        assert_eq!(date(784_111_777_000).expect("a date"), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert!(date(u64::MAX).is_none());
    }
}
