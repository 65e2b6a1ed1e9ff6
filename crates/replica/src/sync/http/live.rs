//! Listening to the server, on the thread that called.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Client;
use tokio::time::sleep;

use super::answer::{header, no_answer, refusal};
use super::events::Events;
use crate::sync::TransportError;

/// The server gives a sign of life every 20 s; a stream that is silent for longer than this is dead, or somebody between
/// holds it back.
const SILENCE: Duration = Duration::from_secs(45);
/// How soon it is noticed that nobody wants to listen any more.
const GLANCE: Duration = Duration::from_millis(200);
/// The event that says that the feed has moved.
const CHANGE: &str = "change";

/// Listens at `url` until `stop` is set or the stream ends.
pub(super) fn listen(
    url: &str,
    token: &str,
    stop: &AtomicBool,
    on_change: &mut dyn FnMut(),
) -> Result<(), TransportError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(no_answer)?;
    runtime.block_on(async {
        let heard = hear(url, token, on_change);
        tokio::pin!(heard);
        while !stop.load(Ordering::Relaxed) {
            tokio::select! {
                result = &mut heard => return result,
                () = sleep(GLANCE) => {}
            }
        }
        Ok(())
    })
}

async fn hear(url: &str, token: &str, on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
    // An answer that is packed is held back until enough of it has come together.
    let client = Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .no_gzip()
        .no_zstd()
        .build()
        .map_err(no_answer)?;
    let request = client.get(url).bearer_auth(token).header("accept", "text/event-stream");
    let mut response = in_time(request.send()).await?.map_err(no_answer)?;
    let (status, headers) = (response.status(), response.headers().clone());
    if !status.is_success() {
        let body = in_time(response.bytes()).await?.map_err(no_answer)?;
        return Err(refusal(status, &headers, &body));
    }
    if !header(&headers, "content-type").starts_with("text/event-stream") {
        return Err(TransportError::NoAnswer("the answer is no stream of events".into()));
    }
    let mut events = Events::default();
    let mut has_begun = false;
    while let Some(bytes) = in_time(response.chunk()).await?.map_err(no_answer)? {
        let heard = events.read(&bytes);
        let names = heard.map_err(|_| TransportError::NoAnswer("the stream is none of this server's".into()))?;
        // What has changed before the stream began is told by nobody else; it has begun with its first sign of life, since a proxy
        // that holds the stream back passes on its head alone.
        if !std::mem::replace(&mut has_begun, true) {
            on_change();
        }
        if names.iter().any(|name| name == CHANGE) {
            on_change();
        }
    }
    Ok(())
}

async fn in_time<T>(what: impl Future<Output = T>) -> Result<T, TransportError> {
    let silent = |_| TransportError::NoAnswer(format!("nothing came for {} s", SILENCE.as_secs()));
    tokio::time::timeout(SILENCE, what).await.map_err(silent)
}
