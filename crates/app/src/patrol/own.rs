//! Which runs were begun on this device and are not finished: a run is written by one tablet, and it is offered there again.

use causal::RecordId;
use domain::patrol::Run;

use super::stored::StoredRun;
use crate::app::App;
use crate::error::CommandError;
use crate::form::undo::Setting;
use crate::load::if_readable;

const PREFIX: &str = "patrol_run/";

/// Remembers a run that is begun here.
pub(crate) fn remember(run: RecordId) -> Setting {
    (format!("{PREFIX}{run}"), Some(true.into()))
}

/// Forgets one that is finished.
pub(crate) fn forget(run: RecordId) -> Setting {
    (format!("{PREFIX}{run}"), None)
}

/// The run that was begun here, is open, and is as `is` says; of several the newest.
pub(crate) fn open_here(app: &App, is: impl Fn(&Run) -> bool) -> Result<Option<StoredRun>, CommandError> {
    let begun: Vec<(String, bool)> = app.store().device_settings(PREFIX)?;
    for (id, _) in begun.into_iter().rev() {
        let Ok(id) = id.parse() else { continue };
        let run = if_readable(StoredRun::load(app, RecordId(id)))?;
        if let Some(run) = run.filter(|run| run.run.is_open() && is(&run.run)) {
            return Ok(Some(run));
        }
    }
    Ok(None)
}

/// Whether a run was begun here, and is not finished.
pub(crate) fn is_here(app: &App, run: RecordId) -> Result<bool, CommandError> {
    Ok(app.store().device_setting::<bool>(&format!("{PREFIX}{run}"))?.is_some())
}
