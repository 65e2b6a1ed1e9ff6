//! `GET /app/events`: what changes, as it changes.

use std::convert::Infallible;
use std::time::Duration;

use app::{CommandError, News};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior, interval};
use wire::ProblemType;

use crate::answer::Failure;
use crate::feed::ANYTHING;
use crate::gate::Caller;
use crate::state::DoorState;

/// How often a sign of life is sent, and it is looked whether the caller may still listen.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// A page that listens.
struct Listener {
    door: DoorState,
    caller: Caller,
    news: broadcast::Receiver<News>,
    doubts: watch::Receiver<()>,
    stopping: watch::Receiver<bool>,
    pulse: Interval,
    /// What is sent before anything else.
    first: Vec<News>,
    _place: OwnedSemaphorePermit,
}

pub(crate) async fn events(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let full = || CommandError::new(ProblemType::Busy, "too many pages listen at once");
    let place = door.listeners.clone().try_acquire_owned().map_err(|_| full())?;
    let (gate, who) = (door.gate.clone(), Caller { is_by_itself: true, ..caller.clone() });
    let (news, doubts, status) = DoorState::blocking(&door.calls, move || {
        gate.enter(&who).map(|entered| (entered.feed.subscribe(), entered.feed.doubts(), entered.feed.sync_status()))
    })
    .await??;
    // A page that comes back may have missed anything.
    let missed = headers.contains_key("last-event-id").then_some(ANYTHING);
    let first = [status, missed].into_iter().flatten().collect();
    let mut pulse = interval(SIGN_OF_LIFE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pulse.reset();
    let stopping = door.stopping.clone();
    let listener = Listener { door, caller, news, doubts, stopping, pulse, first, _place: place };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(events).into_response();
    // Proxies that collect answers would hold the events back.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

impl Listener {
    /// The next event; none when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(news) = self.first.pop() {
            return Some(to_event(&news));
        }
        let news = tokio::select! {
            news = self.news.recv() => Some(news),
            _ = self.pulse.tick() => None,
            Ok(()) = self.doubts.changed() => None,
            _ = self.stopping.wait_for(|stopping| *stopping) => return None,
        };
        match news {
            Some(Ok(news)) => Some(to_event(&news)),
            // Whoever reads too slowly is told that anything may have changed.
            Some(Err(RecvError::Lagged(_))) => Some(to_event(&ANYTHING)),
            Some(Err(RecvError::Closed)) => None,
            None => self.may_listen().await.then(|| Event::default().comment("")),
        }
    }

    async fn may_listen(&self) -> bool {
        let (gate, who) = (self.door.gate.clone(), Caller { is_by_itself: true, ..self.caller.clone() });
        let entered = DoorState::blocking(&self.door.calls, move || gate.enter(&who).map(drop)).await;
        entered.is_ok_and(|entered| entered.is_ok())
    }
}

fn to_event(news: &News) -> Event {
    // The id makes a browser say that it comes back; JSON as we write it has no line ends.
    Event::default().event(news.name()).id("1").data(news.data())
}
