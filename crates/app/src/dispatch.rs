//! What a door calls: it opens a store, and gives commands by their names. It stands above everything else in this crate.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use replica::{Ports, SalvageReport, Store, StoreError};
use wire::ProblemType;

use crate::app::{App, Author, while_changed};
use crate::command::{Access, Audience, Command};
use crate::commands;
use crate::drafts;
use crate::envelope::settle_clocks;
use crate::error::CommandError;
use crate::form::pending;
use crate::places;

static COMMANDS: LazyLock<Vec<Command>> = LazyLock::new(commands::declare);

/// Every command there is, by name.
pub fn all_commands() -> &'static [Command] {
    &COMMANDS
}

/// The command called `name`.
fn find(name: &str) -> Option<&'static Command> {
    all_commands().iter().find(|command| command.name == name)
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
        Ok(Self::start(Arc::new(Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?), Author::Fixed(by)))
    }

    /// Saves what the store in `from` still holds into a new one in `to`; `from` is only read.
    ///
    /// # Errors
    /// As [`replica::salvage`].
    pub fn salvage(from: &Path, to: &Path, ports: Ports) -> Result<SalvageReport, StoreError> {
        replica::salvage(from, to, ports, env!("CARGO_PKG_VERSION"))
    }

    /// Opens the store of a tablet that people share: the name on every save is that of the person who was last switched to
    /// with `person.switch`, a save without one is refused, and so are commands for [`Audience::Support`].
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_shared(folder: &Path, ports: Ports) -> Result<Self, StoreError> {
        Ok(Self::start(Arc::new(Store::open(folder, ports, env!("CARGO_PKG_VERSION"))?), Author::Switched))
    }

    /// The app of an office over a store that is open: nobody works there until [`App::acting_as`] names somebody.
    pub fn office(store: Arc<Store>) -> Self {
        Self::start(store, Author::Account(None))
    }

    fn start(store: Arc<Store>, worker: Author) -> Self {
        let app = Self::new(store, worker);
        // A store that opens must not be kept from its people by one answer that cannot be followed up.
        if let Err(error) = app.settle().and_then(|()| drafts::tidy(&app)) {
            tracing::warn!(%error, "what is due could not be done");
        }
        app
    }

    /// Does what is due by now: writes the findings of failed answers whose undo has ended, and what the time was when rows
    /// were saved before the device knew it.
    ///
    /// Called before each command and when the store opens; a window calls it every few seconds too.
    /// Cost: one look into an index when nothing is due.
    ///
    /// # Errors
    /// When the store cannot be read or written; what is left is tried again the next time.
    pub fn settle(&self) -> Result<(), CommandError> {
        self.exports().forget_old(self.now_ms());
        self.store().count_steady()?;
        pending::settle_due(self, places::load)?;
        settle_clocks(self)
    }

    /// Runs the command `name` with JSON arguments, and gives its answer as JSON; a save is on disk when it returns.
    ///
    /// A command whose record is changed by somebody else between its reading and its save is run again from the start, so that
    /// it decides on what is there.
    ///
    /// # Errors
    /// [`CommandError`]; nothing that was saved before has changed then.
    pub fn dispatch(&self, name: &str, arguments: &str) -> Result<String, CommandError> {
        self.dispatch_for(None, name, arguments)
    }

    /// Runs a command for a screen that shows `shown` as the person who works.
    ///
    /// # Errors
    /// As [`App::dispatch`]; `other-person` when what is done in somebody's name would be done in another one's.
    pub fn dispatch_for(&self, shown: Option<&str>, name: &str, arguments: &str) -> Result<String, CommandError> {
        let command = find(name).ok_or_else(|| CommandError::unknown_command(name))?;
        self.check_audience(command)?;
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "what is due could not be done");
        }
        let app = self.in_hand()?;
        app.check_person(command, shown)?;
        let answer = while_changed(|| (command.run)(&app, arguments));
        match &answer {
            Err(error) if error.kind == ProblemType::DiskFull => app.note_disk_full(true),
            Ok(_) if command.access == Access::Write => app.note_disk_full(false),
            _ => {}
        }
        answer
    }

    fn check_audience(&self, command: &Command) -> Result<(), CommandError> {
        let name = command.name;
        match (command.audience, self.worker()) {
            (Audience::Support, Author::Switched | Author::Serving(_) | Author::Account(_)) => Err(CommandError::new(
                ProblemType::SupportOnly,
                format_args!("{name} is for support, on the command line"),
            )),
            (Audience::Tablet, Author::Account(_)) => Err(CommandError::new(
                ProblemType::TabletOnly,
                format_args!("{name} is for a tablet, and the office is none"),
            )),
            _ => Ok(()),
        }
    }

    /// Where people share a door, what changes records takes somebody's name; support on the command line may leave it out.
    ///
    /// A screen may be behind: somebody else was switched to in another window. What it sends was meant for the name that it
    /// shows, and goes under no other.
    fn check_person(&self, command: &Command, shown: Option<&str>) -> Result<(), CommandError> {
        if !matches!(command.access, Access::Write | Access::Own) {
            return Ok(());
        }
        if matches!(self.worker(), Author::Serving(None) | Author::Account(None)) {
            let message = format_args!("{} takes somebody's name; say first who works", command.name);
            return Err(CommandError::new(ProblemType::PersonNeeded, message));
        }
        if shown.is_some_and(|shown| self.by().as_deref() != Some(shown)) {
            return Err(CommandError::new(
                ProblemType::OtherPerson,
                "somebody else works here by now; nothing was saved",
            ));
        }
        Ok(())
    }
}
