//! Becoming a device of an organisation, for the first time or anew.

use causal::ReplicaId;
use wire::EnrolRequest;

use super::engine::{hear_time, sync_once};
use super::{SyncError, SyncLock, Transport};
use crate::ports::new_uuid_v4;
use crate::{Enrolment, Store, StoreError};

/// Enrols the store with a code.
///
/// A store that was enrolled before keeps its records and its queue, and goes on under a new replica id: the old one
/// belongs to the device that it was.
/// What only the device that it was may send is sent first, as far as that server takes it; what the new one does not serve then
/// leaves the store.
///
/// # Errors
/// [`SyncError::Refused`] for a wrong, used or expired code; [`crate::StoreError::OtherOrganisation`] when the code
/// belongs to another organisation than the records. Nothing has changed then.
pub fn enrol(
    store: &Store,
    transport: &dyn Transport,
    server: &str,
    code: &str,
    device_name: &str,
) -> Result<Enrolment, SyncError> {
    if store.is_read_only() {
        // The code works once, and would be burnt.
        return Err(StoreError::ReadOnly.into());
    }
    let before = store.enrolment()?;
    if before.as_ref().is_some_and(|before| before.server == server.trim_end_matches('/')) && store.owes_scoped()? {
        // What stays behind for whatever reason stays in the store as well.
        if let Err(error) = sync_once(store, transport) {
            tracing::debug!(%error, "some of what was owed waits for a code that serves it");
        }
    }
    let _lock = SyncLock::try_take(store)?.ok_or(SyncError::Busy)?;
    let replica = match &before {
        None => store.identity()?.replica,
        Some(_) => ReplicaId(new_uuid_v4(&*store.ports().entropy)),
    };
    // Its token is shown to the server that gave it, and to no other.
    let replaces = before.filter(|before| before.server == server.trim_end_matches('/')).map(|before| before.token);
    let request = EnrolRequest {
        code: code.trim().to_owned(),
        device_name: device_name.to_owned(),
        replica: replica.0,
        replaces,
    };
    let answer = transport.enrol(&request)?;
    let enrolment = Enrolment {
        server: server.trim_end_matches('/').to_owned(),
        token: answer.token,
        device: answer.device,
        device_name: device_name.to_owned(),
        organisation: answer.organisation,
        scopes: answer.scopes,
        role: answer.role,
    };
    store.complete_enrolment(&enrolment, &answer.epoch, replica)?;
    hear_time(store, transport);
    Ok(enrolment)
}
