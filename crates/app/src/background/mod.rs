//! What goes on for as long as a door to a tablet stands open: sending and receiving, what falls due, and telling the screens.

mod exchange;
mod gathering;
mod news;
mod route;
mod telling;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

pub use news::News;
pub use telling::Telling;

use crate::app::App;

/// The work behind a door; it ends when this is dropped, at the next moment in which nothing is half done.
pub struct Background {
    wake: Arc<Sender<()>>,
    /// The thread that tells the screens ends when it finds this closed.
    _telling: Sender<()>,
}

impl Background {
    /// Starts to exchange with the server, to do what falls due, and to `tell` the screens what is new.
    ///
    /// Before the tablet is enrolled there is nothing to exchange; it begins with the enrolment, by whichever process.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub fn start(app: Arc<App>, tell: impl Fn(News) + Send + 'static) -> io::Result<Self> {
        let (wake, woken) = mpsc::channel();
        let wake = Arc::new(wake);
        // Held weakly: the exchange ends when nobody else holds the other end.
        let woken_by_command = Arc::downgrade(&wake);
        app.on_wake(move || {
            if let Some(wake) = woken_by_command.upgrade() {
                let _ = wake.send(());
            }
        });
        let (telling, ended) = mpsc::channel();
        let teller = app.clone();
        std::thread::Builder::new().name("news".into()).spawn(move || news::tell_until(&teller, &ended, tell))?;
        std::thread::Builder::new().name("sync".into()).spawn(move || exchange::keep_going(&app, &woken))?;
        Ok(Self { wake, _telling: telling })
    }

    /// Starts an exchange now, without waiting for its turn.
    pub fn wake(&self) {
        // Nobody listens when the thread has ended, and then there is nothing to wake.
        let _ = self.wake.send(());
    }
}
