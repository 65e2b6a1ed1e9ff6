//! An open store, and the person in front of it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use domain::checked_time::CheckedTime;
use replica::Store;
use uuid::Uuid;
use wire::ProblemType;

use crate::error::CommandError;
use crate::exports::Exports;
use crate::fresh::FreshPhotos;
use crate::session;

/// A replica with the commands that a person may give it.
pub struct App {
    store: Arc<Store>,
    worker: Author,
    around: Arc<Common>,
}

/// A device of the organisation, as its server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// What people call it.
    pub name: String,
    /// The campuses it is for; none for all.
    pub scopes: Option<Vec<Uuid>>,
    /// When it last called, to a minute or so, and never later than it did, ms since 1970 UTC; none where it never called.
    pub heard_at: Option<u64>,
    /// When it last had sent all that it had, to a minute or so, and never later than it did, ms since 1970 UTC; none where it never had.
    pub sent_all_at: Option<u64>,
}

/// What names the devices of the organisation; none while the server does not say.
type AskDevices = Box<dyn Fn() -> Option<Vec<KnownDevice>> + Send + Sync>;

/// What everybody who works on one open store has in common.
#[derive(Default)]
struct Common {
    /// What starts an exchange with the server at once.
    wake: OnceLock<Box<dyn Fn() + Send + Sync>>,
    /// What names the other devices, where somebody knows them.
    devices: OnceLock<AskDevices>,
    /// Whether the last save found no room on the disk.
    is_disk_full: AtomicBool,
    /// Photos that no record names yet.
    fresh: FreshPhotos,
    /// The files that are made aside.
    exports: Arc<Exports>,
}

/// Whose name goes on a save.
pub(crate) enum Author {
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
    /// The commands over `store`, which save under the name of `worker`.
    pub(crate) fn new(store: Arc<Store>, worker: Author) -> Self {
        Self { store, worker, around: Arc::default() }
    }

    /// The same store in the hands of the person whom an account belongs to: the commands of people alone, and a save only with a
    /// person.
    #[must_use]
    pub fn acting_as(&self, person: Option<Arc<str>>) -> Self {
        Self { store: self.store.clone(), worker: Author::Account(person), around: self.around.clone() }
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

    /// Names what knows the devices of the organisation that are in use, without this one; the first name holds.
    ///
    /// Without it nobody knows when the others were last heard from: so it is on every tablet.
    pub fn on_devices(&self, ask: impl Fn() -> Option<Vec<KnownDevice>> + Send + Sync + 'static) {
        drop(self.around.devices.set(Box::new(ask)));
    }

    /// The other devices; none where nobody knows them.
    pub(crate) fn devices(&self) -> Option<Vec<KnownDevice>> {
        self.around.devices.get()?()
    }

    /// The files that are made aside, of everybody.
    pub(crate) fn exports(&self) -> &Arc<Exports> {
        &self.around.exports
    }

    /// Whose name goes on a save.
    pub(crate) fn worker(&self) -> &Author {
        &self.worker
    }

    /// Remembers whether a save found room on the disk.
    pub(crate) fn note_disk_full(&self, is_full: bool) {
        self.around.is_disk_full.store(is_full, Ordering::Relaxed);
    }

    /// Whether the last save found no room on the disk.
    pub(crate) fn is_disk_full(&self) -> bool {
        self.around.is_disk_full.load(Ordering::Relaxed)
    }

    /// Photos that no record names yet, by who put them.
    pub(crate) fn fresh(&self) -> &FreshPhotos {
        &self.around.fresh
    }

    /// The person who works.
    pub fn by(&self) -> Option<Arc<str>> {
        match &self.worker {
            Author::Fixed(by) | Author::Serving(by) | Author::Account(by) => by.clone(),
            Author::Switched => session::current(self.store()).ok().flatten().map(|session| Arc::from(session.person)),
        }
    }

    /// Whether whoever holds the store works on the command line and names nobody: support, which sees everything.
    pub(crate) fn is_support(&self) -> bool {
        matches!(self.worker, Author::Fixed(None))
    }

    /// Whether it is the office that works here: at its own door, or support on a device of the office or on one that has no server.
    pub(crate) fn serves_office(&self) -> Result<bool, CommandError> {
        let role = || -> Result<_, CommandError> { Ok(self.store().enrolment()?.and_then(|enrolment| enrolment.role)) };
        Ok(match self.worker {
            Author::Account(_) => true,
            Author::Fixed(_) => role()?.as_deref().is_none_or(|role| role == "office"),
            Author::Switched | Author::Serving(_) => false,
        })
    }

    /// The same store, in the hands of whoever works from now on and until a command has ended.
    pub(crate) fn in_hand(&self) -> Result<Self, CommandError> {
        let worker = match &self.worker {
            Author::Fixed(by) => Author::Fixed(by.clone()),
            Author::Account(by) => Author::Account(by.clone()),
            Author::Switched | Author::Serving(_) => {
                Author::Serving(session::current(self.store())?.map(|session| Arc::from(session.person)))
            }
        };
        Ok(Self { store: self.store.clone(), worker, around: self.around.clone() })
    }

    /// The time, and who vouches for it: what is decided by a date is decided by checked time alone.
    pub(crate) fn time(&self) -> CheckedTime {
        self.store.time()
    }

    /// The time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.time().now.0).unwrap_or(0)
    }
}

/// How often a use case is tried when others keep changing its record.
const ATTEMPTS: u32 = 20;

/// Runs a use case, and again as long as somebody else has changed its record before its save.
pub(crate) fn while_changed<T>(mut run: impl FnMut() -> Result<T, CommandError>) -> Result<T, CommandError> {
    for _ in 1..ATTEMPTS {
        match run() {
            Err(error) if error.kind == ProblemType::Changed => {}
            result => return result,
        }
    }
    run()
}
