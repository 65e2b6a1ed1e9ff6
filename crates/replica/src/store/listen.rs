//! Hearing of what changes in a store.

use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};

use rusqlite::Connection;

use super::Store;
use super::derivation::Deriving;
use super::feed::{Change, Listener, start_glancing};
use super::indexing::index_if_idle;
use super::purging::scrub_if_idle;

impl Store {
    /// What changes from now on, after each commit.
    ///
    /// Saves of other processes on the same file are noticed in a moment, half a second at most, and may be anything.
    pub fn subscribe(&self) -> Receiver<Change> {
        let (sender, receiver) = mpsc::channel();
        self.listen(Box::new(move |change| sender.send(change.clone()).is_ok()));
        receiver
    }

    /// Tells whoever listens that something of this device itself is new, such as who stands in front of it; `kind` names it.
    ///
    /// Other processes on the same file notice the change as any other.
    pub fn announce(&self, kind: &str) {
        self.feed.tell(&Change::of_kind(kind));
    }

    /// Calls `listener` after each commit, until it gives false.
    pub(crate) fn listen(&self, listener: Listener) {
        self.feed.add(listener);
        self.glancing.get_or_init(|| {
            let mut deriving = Deriving::default();
            let work = move |writer: &Mutex<Connection>| {
                deriving.slice(writer) || index_in_idle_moments(writer) || scrub_in_idle_moments(writer)
            };
            start_glancing(&self.writer, &self.feed, self.files.log.clone(), Box::new(work))
        });
    }
}

fn index_in_idle_moments(writer: &Mutex<Connection>) -> bool {
    index_if_idle(writer).unwrap_or_else(|error| {
        tracing::debug!(%error, "what waits for the index waits on");
        false
    })
}

fn scrub_in_idle_moments(writer: &Mutex<Connection>) -> bool {
    scrub_if_idle(writer).unwrap_or_else(|error| {
        tracing::debug!(%error, "the words of purged records leave the index later");
        false
    })
}
