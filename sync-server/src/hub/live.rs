//! `GET /v1/live`: a stream of hints that the caller's feed has moved.
//!
//! One task for each stream, and no thread; what it says may be lost, and a pull finds out all the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;
use wire::ProblemType;

use super::HubState;
use super::answer::Failure;
use super::auth::Caller;
use super::query::{Parameters, pick};
use super::stream::{self, Filler};
use crate::service::News;

/// How often a stream says that it is there; the protocol promises 20 seconds.
const BEAT: Duration = Duration::from_secs(10);
/// Moves that follow each other faster are told of once.
const REST: Duration = Duration::from_millis(200);
/// Streams of one device; one more takes the place of the oldest, which may be the leftover of a lost connection.
const OF_ONE_DEVICE: usize = 4;
/// Streams at once: each takes a connection.
const MOST: usize = 256;

/// The open streams, by device, oldest first.
#[derive(Default)]
pub(super) struct Streams(Mutex<HashMap<Uuid, Vec<Arc<Notify>>>>);

impl Streams {
    fn open(self: &Arc<Self>, device: Uuid) -> Option<Seat> {
        let mut all = self.all();
        if all.values().map(Vec::len).sum::<usize>() >= MOST {
            return None;
        }
        let own = all.entry(device).or_default();
        if own.len() >= OF_ONE_DEVICE {
            own.remove(0).notify_one();
        }
        let leave = Arc::new(Notify::new());
        own.push(leave.clone());
        Some(Seat { streams: self.clone(), device, leave })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Arc<Notify>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream's place, until it is dropped.
struct Seat {
    streams: Arc<Streams>,
    device: Uuid,
    /// Told when the place is needed.
    leave: Arc<Notify>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.streams.all();
        if let Some(own) = all.get_mut(&self.device) {
            own.retain(|other| !Arc::ptr_eq(other, &self.leave));
            if own.is_empty() {
                all.remove(&self.device);
            }
        }
    }
}

pub(super) async fn live(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let [after] = pick(parameters, ["after"])?;
    // A browser's own client says by itself where it was.
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).filter(|id| !id.is_empty());
    let after = after.or_else(|| last.map(str::to_owned));
    let (id, organisation) = (device.id, device.organisation);
    let changes = state.blocking(|hub| hub.changes()).await?;
    // Whoever comes from another feed is told where this one is.
    let place = state.blocking(move |hub| hub.place_of(organisation, after.as_deref())).await?.unwrap_or(0);
    let too_many = || Failure::detail(ProblemType::TooManyRequests, "too many streams are open");
    let seat = state.streams.open(id).ok_or_else(too_many)?;
    let (filler, body) = stream::body();
    tokio::spawn(Listener { state, seat, changes, place, filler }.listen());
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // For proxies that would otherwise wait until there is more.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// What became of a word to the client.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Sent,
    /// It does not listen now.
    Busy,
    /// It has gone away.
    Gone,
}

struct Listener {
    state: HubState,
    seat: Seat,
    changes: watch::Receiver<u64>,
    /// Up to where the device has been told.
    place: u64,
    filler: Filler,
}

impl Listener {
    async fn listen(mut self) {
        // What had moved before is told of at once.
        self.changes.mark_changed();
        let mut is_there = self.say(": listening\n\n") != Said::Gone;
        let (mut beat, mut rested) = (Instant::now() + BEAT, Instant::now());
        while is_there {
            let resting = Instant::now() < rested;
            tokio::select! {
                () = self.filler.closed() => return,
                () = self.seat.leave.notified() => return,
                () = sleep_until(beat) => {
                    beat = Instant::now() + BEAT;
                    is_there = self.say(":\n\n") != Said::Gone && self.look().await;
                }
                () = sleep_until(rested), if resting => {}
                changed = self.changes.changed(), if !resting => {
                    // Nobody tells of changes any more: the server is going to stop.
                    is_there = changed.is_ok() && self.look().await;
                    rested = Instant::now() + REST;
                }
            }
        }
    }

    /// Tells what is new; false when the stream is to end.
    async fn look(&mut self) -> bool {
        let (device, place) = (self.seat.device, self.place);
        match self.state.blocking(move |hub| hub.news(device, place)).await {
            Ok(News::NotServed) => false,
            Ok(News::Nothing { place }) => {
                self.place = place;
                true
            }
            Ok(News::Moved { place, cursor }) => {
                let said = self.say(&format!("event: change\nid: {cursor}\ndata: {}\n\n", json!({"cursor": cursor})));
                // A client that is busy is told at the next beat.
                self.place = if said == Said::Sent { place } else { self.place };
                said != Said::Gone
            }
            // The store does not answer now; the next look may.
            Err(_) => true,
        }
    }

    fn say(&self, text: &str) -> Said {
        match self.filler.try_send(Ok(Bytes::copy_from_slice(text.as_bytes()))) {
            Ok(()) => Said::Sent,
            Err(TrySendError::Full(_)) => Said::Busy,
            Err(TrySendError::Closed(_)) => Said::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_stream_of_a_device_gives_way() {
        let streams = Arc::new(Streams::default());
        let device = Uuid::from_u128(1);
        let seats: Vec<Seat> = (0..=OF_ONE_DEVICE).map(|_| streams.open(device).expect("a seat")).collect();
        let _other = streams.open(Uuid::from_u128(2)).expect("a seat");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let is_told = |seat: &Seat| {
            runtime.block_on(async {
                tokio::time::timeout(Duration::from_millis(20), seat.leave.notified()).await.is_ok()
            })
        };
        assert!(is_told(&seats[0]));
        assert!(seats[1..].iter().all(|seat| !is_told(seat)));
        drop(seats);
        assert_eq!(streams.all().len(), 1);
    }

    #[test]
    fn there_are_no_more_streams_than_connections_for_them() {
        let streams = Arc::new(Streams::default());
        let seats: Vec<Seat> =
            (0..MOST).map(|device| streams.open(Uuid::from_u128(device as u128)).expect("a seat")).collect();
        assert!(streams.open(Uuid::from_u128(u128::MAX)).is_none());
        drop(seats);
        assert!(streams.open(Uuid::from_u128(u128::MAX)).is_some());
    }
}
