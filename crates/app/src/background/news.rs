//! What the screens are told without having asked.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use replica::Change;
use uuid::Uuid;

use super::gathering::Gathering;
use crate::app::App;

/// How often the state of the exchange is looked at when nothing else happens; the command does what has fallen due first.
const TICK: Duration = Duration::from_secs(1);
/// News of more records than these names none of them.
const MOST_IDS: usize = 200;

/// Something that screens want to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Records are new or changed: of these kinds, with these ids; empty lists mean that anything may be.
    Changed {
        /// Their kinds.
        kinds: Vec<String>,
        /// Their ids.
        ids: Vec<Uuid>,
    },
    /// The exchange went on: the answer of `sync.status`.
    Sync(String),
}

impl News {
    /// A change that may be of anything.
    pub const ANYTHING: Self = Self::Changed { kinds: Vec::new(), ids: Vec::new() };

    /// The name under which every door passes it on.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::Sync(_) => "sync",
        }
    }

    /// What goes with the name, as JSON.
    pub fn data(&self) -> String {
        match self {
            Self::Changed { kinds, ids } => serde_json::json!({ "kinds": kinds, "ids": ids }).to_string(),
            Self::Sync(status) => status.clone(),
        }
    }

    /// One piece of news for all of these changes.
    fn of(changes: &[Change]) -> Self {
        let (mut kinds, mut ids) = (Vec::new(), Vec::new());
        if changes.iter().all(|change| !change.is_anything()) {
            kinds = changes.iter().flat_map(|change| change.kinds.iter().cloned()).collect();
            kinds.sort();
            kinds.dedup();
            if changes.iter().all(|change| !change.ids.is_empty()) {
                ids = changes.iter().flat_map(|change| change.ids.iter().map(|id| id.0)).collect();
                ids.sort();
                ids.dedup();
            }
            if ids.len() > MOST_IDS {
                ids.clear();
            }
        }
        Self::Changed { kinds, ids }
    }
}

/// Tells until `ended` is closed.
pub(super) fn tell_until(app: &App, ended: &Receiver<()>, tell: impl Fn(News)) {
    let changes = app.store().subscribe();
    let (mut told, mut gathering) = (String::new(), Gathering::new());
    let mut is_status_due = true;
    while ended.try_recv() != Err(TryRecvError::Disconnected) {
        if is_status_due {
            tell_status(app, &mut told, &tell);
        }
        let wait = gathering.wait(Instant::now());
        let heard = changes.recv_timeout(wait.unwrap_or(TICK));
        // With each change that is only held, the state would be looked at more often than anybody is told of it.
        is_status_due = wait.is_none() && heard.is_err();
        match heard {
            Ok(change) => gathering.hear(change),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        changes.try_iter().for_each(|change| gathering.hear(change));
        let news = gathering.take(Instant::now());
        if !news.is_empty() {
            tell(News::of(&news));
            is_status_due = true;
        }
    }
}

/// Tells the state of the exchange, where it is another than was told.
fn tell_status(app: &App, told: &mut String, tell: &impl Fn(News)) {
    match app.dispatch("sync.status", "{}") {
        Ok(status) if status != *told => {
            told.clone_from(&status);
            tell(News::Sync(status));
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the state of the exchange cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;
    use crate::Background;

    fn change(kinds: &[&str], ids: &[u128]) -> Change {
        let mut change = Change::default();
        change.kinds = kinds.iter().map(|&kind| kind.to_owned()).collect();
        change.ids = ids.iter().map(|&id| causal::RecordId(Uuid::from_u128(id))).collect();
        change
    }

    #[track_caller]
    fn check(changes: &[Change], kinds: &[&str], ids: &[u128]) {
        let expected = News::Changed {
            kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
            ids: ids.iter().map(|&id| Uuid::from_u128(id)).collect(),
        };
        assert_eq!(News::of(changes), expected);
    }

    #[test]
    fn changes_are_told_together_and_never_less_than_they_are() {
        check(&[change(&["finding"], &[2]), change(&["area"], &[1, 2])], &["area", "finding"], &[1, 2]);
        check(&[change(&["finding"], &[2]), change(&["area"], &[])], &["area", "finding"], &[]);
        check(&[change(&["finding"], &[2]), Change::default()], &[], &[]);
        let many: Vec<u128> = (0..150).collect();
        let more: Vec<u128> = (150..300).collect();
        check(&[change(&["area"], &many), change(&["area"], &more)], &["area"], &[]);
    }

    #[test]
    fn a_save_and_what_it_owes_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = Arc::new(App::open(folder.path(), replica::Ports::system(), None).expect("a new store"));
        let (teller, told) = mpsc::channel();
        let _background = Background::start(app.clone(), move |news| drop(teller.send(news))).expect("threads");
        let next = || told.recv_timeout(Duration::from_secs(20)).expect("news");
        let pending = |news: &News| news.data().contains("\"pending\":1");
        assert!(matches!(next(), News::Sync(_)), "how things stand is told first");
        app.dispatch("record.save", r#"{"kind":"finding","set":{"title":"x"}}"#).expect("a save");
        let heard = [next(), next()];
        assert!(
            heard.iter().any(|news| matches!(news, News::Changed { kinds, .. } if kinds == &["finding"])),
            "{heard:?}"
        );
        assert!(heard.iter().any(|news| matches!(news, News::Sync(_)) && pending(news)), "{heard:?}");
    }
}
