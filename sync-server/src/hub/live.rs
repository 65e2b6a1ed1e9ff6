//! `GET /v1/live`: a stream of hints that the caller's feed has moved.
//!
//! One task for each stream, and no thread; what it says may be lost, and a pull finds out all the same.

use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use wire::ProblemType;

use super::HubState;
use super::answer::Failure;
use super::auth::Caller;
use super::query::{Parameters, pick};
use super::stream::{self, Filler};
use super::streams::Seat;
use crate::service::{ListenFrom, News, not_a_cursor};

/// How often a stream says that it is there; the protocol promises 20 seconds.
const BEAT: Duration = Duration::from_secs(10);
/// Moves that follow each other faster are told of once.
const REST: Duration = Duration::from_millis(200);
/// As long rests a stream that had nothing to tell, so that many of them do not keep a busy store from its work.
const BREATH: Duration = Duration::from_millis(20);
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
    let place = match state.blocking(move |hub| hub.place_of(organisation, after.as_deref())).await? {
        ListenFrom::Place(place) => place,
        ListenFrom::AnotherFeed => 0,
        ListenFrom::NotACursor => return Err(Failure(not_a_cursor())),
    };
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
enum Delivery {
    Sent,
    /// It does not listen now.
    Busy,
    /// It has gone away.
    Gone,
}

/// What a look at the feed has come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LookOutcome {
    /// The client was told of something, or would have been if it listened.
    Told,
    /// There is nothing to tell.
    Quiet,
    /// The stream is to end.
    Over,
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
        let mut is_there = self.say(": listening\n\n") != Delivery::Gone;
        let (mut beat, mut rested) = (Instant::now() + BEAT, Instant::now());
        while is_there {
            let resting = Instant::now() < rested;
            tokio::select! {
                () = self.filler.closed() => return,
                () = self.seat.leave.notified() => return,
                () = sleep_until(beat) => {
                    beat = Instant::now() + BEAT;
                    is_there = self.say(":\n\n") != Delivery::Gone && self.look().await != LookOutcome::Over;
                }
                () = sleep_until(rested), if resting => {}
                changed = self.changes.changed(), if !resting => {
                    // Nobody tells of changes any more: the server is going to stop.
                    let looked = if changed.is_ok() { self.look().await } else { LookOutcome::Over };
                    is_there = looked != LookOutcome::Over;
                    // Whoever was told of nothing hears of the next change nearly at once.
                    rested = Instant::now() + if looked == LookOutcome::Told { REST } else { BREATH };
                }
            }
        }
    }

    /// Tells what is new.
    async fn look(&mut self) -> LookOutcome {
        let (device, place) = (self.seat.device, self.place);
        match self.state.blocking(move |hub| hub.news(device, place)).await {
            Ok(News::NotServed) => LookOutcome::Over,
            Ok(News::Nothing { place }) => {
                self.place = place;
                LookOutcome::Quiet
            }
            Ok(News::Moved { place, cursor }) => {
                let said = self.say(&format!("event: change\nid: {cursor}\ndata: {}\n\n", json!({"cursor": cursor})));
                // A client that is busy is told at the next beat.
                self.place = if said == Delivery::Sent { place } else { self.place };
                if said == Delivery::Gone { LookOutcome::Over } else { LookOutcome::Told }
            }
            // The store does not answer now; the next look may.
            Err(_) => LookOutcome::Quiet,
        }
    }

    fn say(&self, text: &str) -> Delivery {
        match self.filler.try_send(Ok(Bytes::copy_from_slice(text.as_bytes()))) {
            Ok(()) => Delivery::Sent,
            Err(TrySendError::Full(_)) => Delivery::Busy,
            Err(TrySendError::Closed(_)) => Delivery::Gone,
        }
    }
}
