//! An open store, and the person in front of it.

use std::path::Path;
use std::sync::Arc;

use replica::{Ports, Store, StoreError};

use crate::{CommandError, command};

/// A replica with the commands that a person may give it.
pub struct App {
    store: Store,
    by: Option<Arc<str>>,
}

impl App {
    /// Opens the store in `folder`; `by` is the person whose name goes on every save, where one is known.
    ///
    /// # Errors
    /// When the store cannot be opened; nothing is changed then.
    pub fn open(folder: &Path, ports: Ports, by: Option<Arc<str>>) -> Result<Self, StoreError> {
        Ok(Self { store: Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?, by })
    }

    /// The store behind the commands.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The person who works.
    pub fn by(&self) -> Option<Arc<str>> {
        self.by.clone()
    }

    /// The time, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> u64 {
        self.store.ports().clock.now_ms()
    }

    /// Runs the command `name` with JSON arguments, and gives its answer as JSON; a save is on disk when it returns.
    ///
    /// # Errors
    /// [`CommandError`]; nothing that was saved before has changed then.
    pub fn dispatch(&self, name: &str, arguments: &str) -> Result<String, CommandError> {
        let command = command::find(name).ok_or_else(|| CommandError::unknown_command(name))?;
        (command.run)(self, arguments)
    }
}
