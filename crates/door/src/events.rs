//! `GET /app/events`: what changes, as it changes, to who sees it.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{App, CommandError, Hearing, News};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior, interval};
use wire::ProblemType;

use crate::answer::Failure;
use crate::gate::Caller;
use crate::state::DoorState;

/// How often a sign of life is sent, and it is looked whether the caller may still listen.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// A page that listens.
struct Listener {
    door: DoorState,
    caller: Caller,
    /// The app in the hands of the caller, and what they hear of.
    app: Arc<App>,
    hearing: Arc<Mutex<Hearing>>,
    news: broadcast::Receiver<News>,
    doubts: watch::Receiver<()>,
    stopping: watch::Receiver<bool>,
    pulse: Interval,
    /// What is sent before anything else, the last of it first.
    next: Vec<News>,
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
    let (news, doubts, status, app, hearing) = DoorState::blocking(&door.calls, move || {
        let entered = gate.enter(&who)?;
        let news = entered.feed.subscribe();
        let hearing = Hearing::of(&entered.app)?;
        Ok::<_, CommandError>((news, entered.feed.doubts(), entered.feed.sync_status(), entered.app, hearing))
    })
    .await??;
    // A page that comes back may have missed anything.
    let missed = headers.contains_key("last-event-id").then_some(News::ANYTHING);
    let next = [status, missed].into_iter().flatten().collect();
    let mut pulse = interval(SIGN_OF_LIFE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pulse.reset();
    let stopping = door.stopping.clone();
    let hearing = Arc::new(Mutex::new(hearing));
    let listener = Listener { door, caller, app, hearing, news, doubts, stopping, pulse, next, _place: place };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(events).into_response();
    // Proxies that collect answers would hold the events back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

impl Listener {
    /// The next event; none when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(news) = self.next.pop() {
                return Some(to_event(&news));
            }
            let news = tokio::select! {
                news = self.news.recv() => Some(news),
                _ = self.pulse.tick() => None,
                Ok(()) = self.doubts.changed() => None,
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
            };
            match news {
                Some(Ok(news)) => self.hear(news).await?,
                // Whoever reads too slowly is told that anything may have changed.
                Some(Err(RecvError::Lagged(_))) => return Some(to_event(&News::ANYTHING)),
                Some(Err(RecvError::Closed)) => return None,
                None => {
                    let is_other = self.may_listen().await?;
                    return Some(if is_other { to_event(&News::ANYTHING) } else { Event::default().comment("") });
                }
            }
        }
    }

    /// Puts what the caller hears of some news before anything else; none when the stream ends.
    async fn hear(&mut self, news: News) -> Option<()> {
        let (app, hearing) = (self.app.clone(), self.hearing.clone());
        let hear = move || hearing.lock().unwrap_or_else(PoisonError::into_inner).hear(&app, news);
        let heard = DoorState::blocking(&self.door.calls, hear).await.ok()?;
        self.next.extend(heard.into_iter().rev());
        Some(())
    }

    /// Whether the caller sees something else now than before; none where they may listen no longer.
    async fn may_listen(&mut self) -> Option<bool> {
        let (gate, who) = (self.door.gate.clone(), Caller { is_by_itself: true, ..self.caller.clone() });
        let hearing = self.hearing.clone();
        let look = move || {
            let app = gate.enter(&who)?.app;
            let is_other = hearing.lock().unwrap_or_else(PoisonError::into_inner).look_again(&app)?;
            Ok::<_, CommandError>((app, is_other))
        };
        let (app, is_other) = DoorState::blocking(&self.door.calls, look).await.ok()?.ok()?;
        self.app = app;
        Some(is_other)
    }
}

fn to_event(news: &News) -> Event {
    // The id makes a browser say that it comes back; JSON as we write it has no line ends.
    Event::default().event(news.name()).id("1").data(news.data())
}
