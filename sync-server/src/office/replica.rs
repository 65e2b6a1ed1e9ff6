//! The office's own replica of one organisation: what its pages are shown from.
//!
//! It is a device of the hub like any tablet, only that nothing lies between the two: it exchanges in process, at once when the
//! feed moves, and before a save is answered.
//! Whatever becomes of its file, the hub has everything that was answered; so a lost or damaged one is made anew.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{App, CommandError, KnownDevice, Telling};
use door::Feed;
use replica::{Change, Clock, OsEntropy, Ports, Store, StoreError, SyncError};
use tokio::runtime::Handle;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;
use wire::{BlobId, ProblemType};

use super::blobs::HubBlobs;
use super::failure::unavailable;
use super::transport::HubTransport;
use crate::service::Hub;
use crate::storage::DeviceRow;

/// How often it is looked whether something is due, or was left behind by an exchange that failed.
const GLANCE: Duration = Duration::from_secs(2);

/// The hub's clock.
struct HubClock(Hub);

impl Clock for HubClock {
    fn now_ms(&self) -> u64 {
        self.0.now_ms()
    }

    /// It is the clock that all others are checked by.
    fn is_vouched(&self) -> bool {
        true
    }
}

/// An open replica.
pub(super) struct OfficeReplica {
    /// Its app; nobody works there.
    pub(super) app: Arc<App>,
    /// What changes in it.
    pub(super) feed: Arc<Feed>,
    /// The office as a device of the hub.
    pub(super) device: DeviceRow,
    pub(super) hub: Hub,
    pub(super) store: Arc<Store>,
    /// What has changed since it was last looked whether somebody was erased.
    pub(super) changes: Mutex<Receiver<Change>>,
    transport: HubTransport,
    /// One exchange at a time.
    exchanging: Mutex<()>,
    _telling: Telling,
}

impl OfficeReplica {
    /// Opens the replica of an organisation in `folder`, makes it where there is none, and brings it up to the hub.
    ///
    /// # Errors
    /// When the hub or the file cannot be used.
    pub(super) fn open(hub: &Hub, folder: &Path, organisation: Uuid) -> Result<Arc<Self>, CommandError> {
        let missing = || CommandError::not_found(format_args!("there is no organisation {organisation}"));
        let device = hub.office_device(organisation).map_err(unavailable)?.ok_or_else(missing)?;
        let store = Arc::new(open_store(hub, folder, &device)?);
        let transport = HubTransport::acting_as(hub.clone(), device.clone());
        let is_enrolled = store.enrolment()?.is_some_and(|enrolment| enrolment.device == device.id);
        if !is_enrolled {
            replica::enrol(&store, &transport, "", "", &device.name)?;
        }
        let app = Arc::new(App::office(store.clone()));
        let asked = hub.clone();
        app.on_devices(move || known_devices(&asked, organisation));
        let feed = Feed::new(app.clone());
        let told = feed.clone();
        let telling = Telling::start(app.clone(), move |news| told.tell(news)).map_err(|error| no_thread(&error))?;
        let changes = Mutex::new(store.subscribe());
        let (hub, exchanging) = (hub.clone(), Mutex::default());
        let replica = Self { app, feed, device, hub, store, changes, transport, exchanging, _telling: telling };
        replica.exchange()?;
        Ok(Arc::new(replica))
    }

    /// Keeps it up to the hub until the hub stops listening.
    pub(super) fn keep_up(self: &Arc<Self>, hub: &Hub, runtime: &Handle) -> Result<(), CommandError> {
        let feed = hub.subscribe(self.device.organisation).map_err(unavailable)?;
        runtime.spawn(follow(self.clone(), feed));
        runtime.spawn(show_arrivals(self.clone(), hub.arrivals()));
        Ok(())
    }

    /// Sends what the last command saved; it is at the hub when this returns.
    ///
    /// # Errors
    /// When the hub cannot take it now; it stays in the queue and is sent later.
    pub(super) fn deliver(&self) -> Result<(), CommandError> {
        if self.owes()? {
            self.exchange()?;
            self.follow_up()?;
        }
        Ok(())
    }

    fn owes(&self) -> Result<bool, CommandError> {
        let (pending, rejected) = self.store.queue_counts()?;
        Ok(pending > rejected)
    }

    pub(super) fn exchange(&self) -> Result<(), CommandError> {
        let _one = self.exchanging.lock().unwrap_or_else(PoisonError::into_inner);
        replica::sync_once(&self.store, &self.transport).map(drop).map_err(not_at_the_hub)
    }

    fn glance(&self, has_moved: bool) {
        let settled = self.app.settle();
        let exchanged = match self.owes() {
            Ok(owes) if owes || has_moved => self.exchange(),
            other => other.map(drop),
        };
        let purged = self.follow_up().and_then(|_| self.run_night());
        if let Err(error) = settled.and(exchanged).and(purged.map(drop)) {
            tracing::warn!(%error, organisation = %self.device.organisation, "the office does not keep up with the hub");
        }
    }
}

/// The devices that may still bring something, and when each was last heard from; none while the hub does not answer.
fn known_devices(hub: &Hub, organisation: Uuid) -> Option<Vec<KnownDevice>> {
    let devices = hub.devices(organisation).inspect_err(|error| tracing::warn!(%error, "the devices are not known"));
    let in_use = devices.ok()?.into_iter().filter(|device| device.revoked_at.is_none());
    let known = |device: DeviceRow| KnownDevice {
        // Of an app that does not say what it owes it is taken that it has sent all when it calls.
        sent_all_at: if device.owes.is_some() { device.owed_none_at } else { device.last_seen_at },
        name: device.name,
        scopes: device.scopes,
        heard_at: device.last_seen_at,
    };
    Some(in_use.map(known).collect())
}

async fn follow(replica: Arc<OfficeReplica>, mut feed: watch::Receiver<u64>) {
    loop {
        let has_moved = match tokio::time::timeout(GLANCE, feed.changed()).await {
            Ok(Ok(())) => true,
            Err(_) => false,
            // The server is going to stop.
            Ok(Err(_)) => return,
        };
        let looking = replica.clone();
        if tokio::task::spawn_blocking(move || looking.glance(has_moved)).await.is_err() {
            tracing::error!("the office's look at the hub broke off");
        }
    }
}

/// Shows each photo when its last byte has come, which moves no feed.
async fn show_arrivals(replica: Arc<OfficeReplica>, mut arrivals: broadcast::Receiver<(Uuid, BlobId)>) {
    loop {
        let blob = match arrivals.recv().await {
            Ok((organisation, blob)) if organisation == replica.device.organisation => blob,
            Ok(_) | Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let showing = replica.clone();
        let shown = tokio::task::spawn_blocking(move || showing.store.blob_arrived(blob)).await;
        if let Ok(Err(error)) = shown {
            tracing::warn!(%error, "a photo has arrived and could not be shown");
        }
    }
}

fn open_store(hub: &Hub, folder: &Path, device: &DeviceRow) -> Result<Store, CommandError> {
    create_private(folder)?;
    let file = folder.join(format!("{}.sqlite3", device.organisation));
    let open = || {
        let ports = Ports { clock: Arc::new(HubClock(hub.clone())), entropy: Arc::new(OsEntropy) };
        let blobs = Arc::new(HubBlobs::new(hub.clone(), device.clone()));
        Store::open_with_blobs(&file, ports, env!("CARGO_PKG_VERSION"), blobs)
    };
    match open() {
        Err(StoreError::Damaged(_) | StoreError::NotAStore) => {
            let aside = set_aside(&file, hub.now_ms()).map_err(StoreError::from)?;
            tracing::warn!(aside = %aside.display(), "the office's store was damaged; it is made anew");
            Ok(open()?)
        }
        opened => Ok(opened?),
    }
}

/// Moves a damaged file out of the way, and gives where it is now.
fn set_aside(file: &Path, now_ms: u64) -> std::io::Result<PathBuf> {
    let aside = file.with_extension(format!("damaged-{now_ms}"));
    std::fs::rename(file, &aside)?;
    for suffix in ["-wal", "-shm"] {
        let mut log = file.as_os_str().to_owned();
        log.push(suffix);
        match std::fs::remove_file(&log) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

fn create_private(folder: &Path) -> Result<(), CommandError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder).map_err(StoreError::from)?)
}

fn not_at_the_hub(error: SyncError) -> CommandError {
    match error {
        SyncError::Store(error) => error.into(),
        error => CommandError::new(
            ProblemType::Store,
            format_args!("what was saved is kept, and not at the hub yet: {error}"),
        ),
    }
}

fn no_thread(error: &std::io::Error) -> CommandError {
    CommandError::internal(error)
}
