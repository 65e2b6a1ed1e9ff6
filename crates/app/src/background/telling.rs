//! Telling the screens of a store that somebody else keeps up with its server.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use super::{News, news};
use crate::app::App;

/// The telling; it ends within a second after this is dropped.
pub struct Telling {
    /// The thread ends when it finds this closed.
    _ended: Sender<()>,
}

impl Telling {
    /// Starts to do what falls due, and to `tell` the screens what is new.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub fn start(app: Arc<App>, tell: impl Fn(News) + Send + 'static) -> io::Result<Self> {
        let (telling, ended) = mpsc::channel();
        std::thread::Builder::new().name("news".into()).spawn(move || news::tell_until(&app, &ended, tell))?;
        Ok(Self { _ended: telling })
    }
}
