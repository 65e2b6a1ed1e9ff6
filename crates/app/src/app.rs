//! An open store, and the person in front of it.

use std::path::Path;
use std::sync::Arc;

use replica::{Ports, Store, StoreError};

use crate::inspection::pending;
use crate::{Audience, CommandError, command, session};

/// A replica with the commands that a person may give it.
pub struct App {
    store: Arc<Store>,
    worker: Worker,
}

/// Whose name goes on a save.
enum Worker {
    /// That of one person, or none.
    Fixed(Option<Arc<str>>),
    /// That of the person who was last switched to on this device.
    Switched,
    /// That of the person who had been switched to when the command began: a switch in its middle changes nothing for it.
    Serving(Option<Arc<str>>),
}

impl App {
    /// Opens the store in `folder`; `by` is the person whose name goes on every save, where one is known.
    ///
    /// What an earlier run left for later, such as the finding of a failed answer, is done now when its time has come; another
    /// process may be at work on the same store, and what waits there can still be taken back.
    ///
    /// # Errors
    /// When the store cannot be opened; nothing is changed then.
    pub fn open(folder: &Path, ports: Ports, by: Option<Arc<str>>) -> Result<Self, StoreError> {
        Self::start(folder, ports, Worker::Fixed(by))
    }

    /// Opens the store of a tablet that people share: the name on every save is that of the person who was last switched to
    /// with `person.switch`, and commands for [`Audience::Support`](crate::Audience) are refused.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_shared(folder: &Path, ports: Ports) -> Result<Self, StoreError> {
        Self::start(folder, ports, Worker::Switched)
    }

    fn start(folder: &Path, ports: Ports, worker: Worker) -> Result<Self, StoreError> {
        let app = Self { store: Arc::new(Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?), worker };
        // A store that opens must not be kept from its people by one answer that cannot be followed up.
        if let Err(error) = app.settle() {
            tracing::warn!(%error, "what is due could not be done");
        }
        Ok(app)
    }

    /// The store behind the commands.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The person who works.
    pub fn by(&self) -> Option<Arc<str>> {
        match &self.worker {
            Worker::Fixed(by) | Worker::Serving(by) => by.clone(),
            Worker::Switched => session::current(self).ok().flatten().map(|session| Arc::from(session.person)),
        }
    }

    /// The same store, in the hands of whoever works from now on and until a command has ended.
    pub(crate) fn in_hand(&self) -> Result<Self, CommandError> {
        let worker = match &self.worker {
            Worker::Fixed(by) => Worker::Fixed(by.clone()),
            Worker::Switched | Worker::Serving(_) => {
                Worker::Serving(session::current(self)?.map(|session| Arc::from(session.person)))
            }
        };
        Ok(Self { store: self.store.clone(), worker })
    }

    /// The time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> u64 {
        self.store.ports().clock.now_ms()
    }

    /// Does what is due by now: writes the findings of failed answers whose undo has ended.
    ///
    /// Called before each command and when the store opens; a window calls it every few seconds too.
    /// Cost: one look into an index when nothing is due.
    ///
    /// # Errors
    /// When the store cannot be read or written; what is left is tried again the next time.
    pub fn settle(&self) -> Result<(), CommandError> {
        pending::settle_due(self)
    }

    /// Runs the command `name` with JSON arguments, and gives its answer as JSON; a save is on disk when it returns.
    ///
    /// A command whose record is changed by somebody else between its reading and its save is run again from the start, so that
    /// it decides on what is there.
    ///
    /// # Errors
    /// [`CommandError`]; nothing that was saved before has changed then.
    pub fn dispatch(&self, name: &str, arguments: &str) -> Result<String, CommandError> {
        let command = command::find(name).ok_or_else(|| CommandError::unknown_command(name))?;
        if command.audience == Audience::Support && !matches!(self.worker, Worker::Fixed(_)) {
            return Err(CommandError::new("support-only", format_args!("{name} is for support, on the command line")));
        }
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "what is due could not be done");
        }
        let app = self.in_hand()?;
        while_changed(|| (command.run)(&app, arguments))
    }
}

/// How often a use case is tried when others keep changing its record.
const ATTEMPTS: u32 = 20;

/// Runs a use case, and again as long as somebody else has changed its record before its save.
pub(crate) fn while_changed<T>(mut run: impl FnMut() -> Result<T, CommandError>) -> Result<T, CommandError> {
    for _ in 1..ATTEMPTS {
        match run() {
            Err(error) if error.code == CommandError::CHANGED => {}
            result => return result,
        }
    }
    run()
}
