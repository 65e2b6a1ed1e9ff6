//! An open store, and the person in front of it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use replica::{Ports, Store, StoreError};

use crate::inspection::pending;
use crate::{Access, Audience, Command, CommandError, command, session};

/// A replica with the commands that a person may give it.
pub struct App {
    store: Arc<Store>,
    worker: Worker,
    around: Arc<Around>,
}

/// What everybody who works on one open store has in common.
#[derive(Default)]
struct Around {
    /// What starts an exchange with the server at once.
    wake: OnceLock<Box<dyn Fn() + Send + Sync>>,
    /// Whether the last save found no room on the disk.
    is_disk_full: AtomicBool,
}

/// Whose name goes on a save.
enum Worker {
    /// That of one person, or none.
    Fixed(Option<Arc<str>>),
    /// That of the person who was last switched to on this device.
    Switched,
    /// That of the person who had been switched to when the command began: a switch in its middle changes nothing for it.
    Serving(Option<Arc<str>>),
    /// That of the person whom an account of the office belongs to.
    Account(Option<Arc<str>>),
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
        Ok(Self::start(Arc::new(Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?), Worker::Fixed(by)))
    }

    /// Opens the store of a tablet that people share: the name on every save is that of the person who was last switched to
    /// with `person.switch`, a save without one is refused, and so are commands for [`Audience::Support`].
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_shared(folder: &Path, ports: Ports) -> Result<Self, StoreError> {
        Ok(Self::start(Arc::new(Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?), Worker::Switched))
    }

    /// The app of an office over a store that is open: nobody works there until [`App::acting_as`] names somebody.
    pub fn office(store: Arc<Store>) -> Self {
        Self::start(store, Worker::Account(None))
    }

    /// The same store in the hands of the person whom an account belongs to: the commands of people alone, and a save only with a
    /// person.
    #[must_use]
    pub fn acting_as(&self, person: Option<Arc<str>>) -> Self {
        Self { store: self.store.clone(), worker: Worker::Account(person), around: self.around.clone() }
    }

    fn start(store: Arc<Store>, worker: Worker) -> Self {
        let app = Self { store, worker, around: Arc::default() };
        // A store that opens must not be kept from its people by one answer that cannot be followed up.
        if let Err(error) = app.settle() {
            tracing::warn!(%error, "what is due could not be done");
        }
        app
    }

    /// The store behind the commands.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store behind the commands, to be kept by what works beside them, such as the background exchange.
    pub fn shared_store(&self) -> Arc<Store> {
        self.store.clone()
    }

    /// Names what starts an exchange with the server at once, for `sync.now` and `sync.enrol`; the first name holds.
    pub fn on_wake(&self, wake: impl Fn() + Send + Sync + 'static) {
        drop(self.around.wake.set(Box::new(wake)));
    }

    /// Starts an exchange with the server, where somebody has said how.
    pub(crate) fn wake(&self) {
        if let Some(wake) = self.around.wake.get() {
            wake();
        }
    }

    /// Whether the last save found no room on the disk.
    pub(crate) fn is_disk_full(&self) -> bool {
        self.around.is_disk_full.load(Ordering::Relaxed)
    }

    /// The person who works.
    pub fn by(&self) -> Option<Arc<str>> {
        match &self.worker {
            Worker::Fixed(by) | Worker::Serving(by) | Worker::Account(by) => by.clone(),
            Worker::Switched => session::current(self).ok().flatten().map(|session| Arc::from(session.person)),
        }
    }

    /// The same store, in the hands of whoever works from now on and until a command has ended.
    pub(crate) fn in_hand(&self) -> Result<Self, CommandError> {
        let worker = match &self.worker {
            Worker::Fixed(by) => Worker::Fixed(by.clone()),
            Worker::Account(by) => Worker::Account(by.clone()),
            Worker::Switched | Worker::Serving(_) => {
                Worker::Serving(session::current(self)?.map(|session| Arc::from(session.person)))
            }
        };
        Ok(Self { store: self.store.clone(), worker, around: self.around.clone() })
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
        self.check_audience(command)?;
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "what is due could not be done");
        }
        let app = self.in_hand()?;
        app.check_person(command)?;
        let answer = while_changed(|| (command.run)(&app, arguments));
        match &answer {
            Err(error) if error.code == CommandError::DISK_FULL => {
                app.around.is_disk_full.store(true, Ordering::Relaxed)
            }
            Ok(_) if command.access == Access::Write => app.around.is_disk_full.store(false, Ordering::Relaxed),
            _ => {}
        }
        answer
    }

    fn check_audience(&self, command: &Command) -> Result<(), CommandError> {
        let name = command.name;
        match (command.audience, &self.worker) {
            (Audience::Support, Worker::Switched | Worker::Serving(_) | Worker::Account(_)) => {
                Err(CommandError::new("support-only", format_args!("{name} is for support, on the command line")))
            }
            (Audience::Tablet, Worker::Account(_)) => {
                Err(CommandError::new("tablet-only", format_args!("{name} is for a tablet, and the office is none")))
            }
            _ => Ok(()),
        }
    }

    /// Where people share a door, what changes records takes somebody's name; support on the command line may leave it out.
    fn check_person(&self, command: &Command) -> Result<(), CommandError> {
        if command.access == Access::Write && matches!(self.worker, Worker::Serving(None) | Worker::Account(None)) {
            let message = format_args!("{} takes somebody's name; say first who works", command.name);
            return Err(CommandError::new("person-needed", message));
        }
        Ok(())
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
