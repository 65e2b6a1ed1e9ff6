//! `rounds enrol` and `rounds sync`

use std::process::ExitCode;
use std::sync::mpsc;

use app::{App, Invitation};
use replica::{HttpTransport, SyncError};
use wire::{Problem, ProblemType};

use crate::output;

/// Enrols the store, and prints whose device it is now.
pub(crate) fn enrol(app: &App, server: &str, code: &str, device_name: &str) -> ExitCode {
    let invitation = match Invitation::read(Some(server), code) {
        Ok(invitation) => invitation,
        // What is no code at all is a wrong one, for a script as for a server.
        Err(error) if error.field.as_deref() == Some("code") => {
            return output::fail(&Problem::new(ProblemType::EnrolRefused).detail(error));
        }
        Err(error) => return output::fail(&error.problem()),
    };
    let Invitation { server, code } = &invitation;
    let enrolled = HttpTransport::new(server)
        .map_err(SyncError::from)
        .and_then(|transport| replica::enrol(app.store(), &transport, server, code, device_name));
    match enrolled {
        Ok(enrolment) => {
            let answer = serde_json::json!({
                "device": enrolment.device,
                "organisation": enrolment.organisation,
                "scopes": enrolment.scopes,
            });
            output::print(&answer.to_string())
        }
        Err(error) => output::fail(&error.problem()),
    }
}

/// Runs one exchange, and prints what it moved and what is left; what has come is indexed then, for nobody else may do it.
pub(crate) fn sync(app: &App) -> ExitCode {
    let code = match transport(app).and_then(|transport| replica::sync_once(app.store(), &transport)) {
        Ok(_) => print_outcome(app),
        Err(error) => output::fail(&error.problem()),
    };
    if let Err(error) = app.store().index_waiting() {
        tracing::debug!(%error, "what waits for the index waits on");
    }
    code
}

/// Syncs for ever, and prints a line after each exchange that moved something or failed.
pub(crate) fn watch(app: &App) -> ExitCode {
    let transport = match transport(app) {
        Ok(transport) => transport,
        Err(error) => return output::fail(&error.problem()),
    };
    let (_wake, woken) = mpsc::channel();
    replica::watch(app.store(), &transport, &woken, |result| match result {
        Ok(outcome) if *outcome == Default::default() => {}
        Ok(_) => drop(print_outcome(app)),
        Err(error) => drop(output::print(&output::problem_document(&error.problem()))),
    });
    ExitCode::SUCCESS
}

fn transport(app: &App) -> Result<HttpTransport, SyncError> {
    let enrolment = app.store().enrolment()?.ok_or(SyncError::NotEnrolled)?;
    Ok(HttpTransport::new(&enrolment.server)?)
}

/// The contract's keys of `rounds sync`: the status without what only `rounds status` tells.
fn print_outcome(app: &App) -> ExitCode {
    const KEYS: [&str; 7] = ["pushed", "pulled", "rejected", "pending", "pending_blobs", "conflicts", "cursor"];
    let status = match app.dispatch("sync.status", "{}") {
        Ok(status) => status,
        Err(error) => return output::fail(&error.problem()),
    };
    let mut document: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&status).unwrap_or_default();
    document.retain(|key, _| KEYS.contains(&key.as_str()));
    output::print(&serde_json::Value::Object(document).to_string())
}
