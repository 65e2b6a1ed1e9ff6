//! Nights are run though nobody signs in.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;

use super::gate::Office;

/// How often it is looked whether a night has begun in which nobody has opened the office.
const LOOK: Duration = Duration::from_secs(600);

/// Opens the replica of every organisation once in a while, so that its nights are run though nobody signs in.
pub(super) async fn keep_nights(office: Weak<Office>, mut stopping: watch::Receiver<bool>) {
    loop {
        match tokio::time::timeout(LOOK, stopping.changed()).await {
            Err(_) => {}
            Ok(Ok(())) if !*stopping.borrow() => continue,
            Ok(_) => return,
        }
        let Some(office) = office.upgrade() else { return };
        if tokio::task::spawn_blocking(move || open_all(&office)).await.is_err() {
            tracing::error!("the look for a new night broke off");
        }
    }
}

fn open_all(office: &Arc<Office>) {
    let organisations = match office.hub.read_store(|txn| txn.organisations()) {
        Ok(organisations) => organisations,
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "which organisations there are cannot be read");
            return;
        }
    };
    for organisation in organisations {
        // Its own look runs the night.
        if let Err(error) = office.replica(organisation.id) {
            tracing::warn!(%error, organisation = %organisation.id, "the office's replica does not open for its night");
        }
    }
}
