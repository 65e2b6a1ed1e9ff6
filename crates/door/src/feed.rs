//! What changes behind the door, for every page that listens.

use std::sync::Arc;

use tokio::sync::{broadcast, watch};

use app::{App, News};

/// How much a slow listener may be behind.
const BACKLOG: usize = 64;

/// The changes of one store, told to any number of pages.
pub struct Feed {
    app: Arc<App>,
    news: broadcast::Sender<News>,
    doubts: watch::Sender<()>,
}

impl Feed {
    /// A feed of what happens in the store of `app`, to whoever [`Feed::tell`] is called by.
    pub fn new(app: Arc<App>) -> Arc<Self> {
        Arc::new(Self { app, news: broadcast::channel(BACKLOG).0, doubts: watch::channel(()).0 })
    }

    /// Tells every page that listens.
    pub fn tell(&self, news: News) {
        // There may be none.
        let _ = self.news.send(news);
    }

    /// Ends the streams of those who may listen no longer, now instead of with the next sign of life.
    pub fn look_who_listens(&self) {
        self.doubts.send_replace(());
    }

    /// The state of the exchange as it is now.
    pub(crate) fn sync_status(&self) -> Option<News> {
        match self.app.dispatch("sync.status", "{}") {
            Ok(status) => Some(News::Sync(status)),
            Err(error) => {
                tracing::warn!(%error, "the state of the exchange cannot be read");
                None
            }
        }
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Changes whenever it is to be looked who may still listen.
    pub(crate) fn doubts(&self) -> watch::Receiver<()> {
        self.doubts.subscribe()
    }
}
