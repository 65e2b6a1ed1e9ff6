//! The store behind the window: opened once, shared by everything, and tried again when it would not open.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use app::{App, Background, CommandError, Hearing, News};
use replica::{Clock, OsEntropy, Ports};

/// Passes news on to the page.
pub(crate) type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// The way to the app; it stays shut as long as the store cannot be opened.
pub(crate) struct Gate {
    folder: PathBuf,
    ports: Ports,
    tell: Tell,
    open: Mutex<Option<Open>>,
}

struct Open {
    app: Arc<App>,
    _background: Option<Background>,
}

impl Gate {
    /// A gate to the store in `folder`, which is not opened yet.
    pub(crate) fn new(folder: PathBuf, clock: Arc<dyn Clock>, tell: Tell) -> Self {
        Self { folder, ports: Ports { clock, entropy: Arc::new(OsEntropy) }, tell, open: Mutex::new(None) }
    }

    /// Where the store is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The app; opens the store where that has not been done, and then the work in the background begins.
    ///
    /// # Errors
    /// Why the store cannot be opened; the next call tries again, since a person may have helped meanwhile.
    pub(crate) fn app(&self) -> Result<Arc<App>, CommandError> {
        // What a panic can have left is either nothing or a whole app.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*open {
            return Ok(open.app.clone());
        }
        let app = Arc::new(App::open_shared(&self.folder, self.ports.clone())?);
        let (tell, listener, hearing) = (self.tell.clone(), app.clone(), Mutex::new(Hearing::of(&app)?));
        let hear = move |news| hearing.lock().unwrap_or_else(PoisonError::into_inner).hear(&listener, news);
        let background = Background::start(app.clone(), move |news| hear(news).into_iter().for_each(|news| tell(news)))
            .inspect_err(|error| tracing::error!(%error, "nothing will be sent or received"));
        *open = Some(Open { app: app.clone(), _background: background.ok() });
        Ok(app)
    }

    /// The program ends: takes the newest changes into the file of the store, for its threads keep it open to the end.
    pub(crate) fn close(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*open
            && let Err(error) = open.app.store().fold_log()
        {
            tracing::warn!(%error, "the newest changes stay in the log");
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use replica::SystemClock;

    use super::*;

    /// A gate to a store in `folder` whose news nobody hears.
    pub(crate) fn gate_to(folder: &Path) -> Gate {
        Gate::new(folder.to_path_buf(), Arc::new(SystemClock), Arc::new(drop))
    }

    #[test]
    fn a_store_is_opened_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let gate = gate_to(folder.path());
        let (first, second) = (gate.app().expect("a new store"), gate.app().expect("the same store"));
        assert!(Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn a_program_that_ends_leaves_everything_in_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let gate = gate_to(folder.path());
        let app = gate.app().expect("a new store");
        app.store().set_device_setting("draft", &"半句话").expect("a setting");
        gate.close();
        let log = std::fs::metadata(folder.path().join("rounds.sqlite3-wal")).expect("the log");
        assert_eq!(log.len(), 0);
    }

    #[test]
    fn a_store_that_would_not_open_is_tried_again() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("store");
        std::fs::write(&folder, "a file stands where the folder should be").expect("a file");
        let gate = gate_to(&folder);
        assert_eq!(gate.app().err().map(|error| error.code()), Some("store"));
        std::fs::remove_file(&folder).expect("somebody helps");
        assert!(gate.app().is_ok());
    }

    #[test]
    fn two_windows_share_one_store() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (gate_to(folder.path()), gate_to(folder.path()));
        assert!(one.app().is_ok() && other.app().is_ok());
    }
}
