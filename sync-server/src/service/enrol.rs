//! Enrolment: a code becomes a device.

use causal::ReplicaId;
use uuid::Uuid;
use wire::{EnrolAnswer, EnrolRequest, Organisation};

use super::secrets::{new_secret_code, new_token, normalise_code};
use super::{Random, random_uuid, secret_hash};
use crate::storage::{DeviceRow, EnrolCodeRow, ReadTxn, Result, Role, StorageError, WriteTxn};

/// What a device to come may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// What it may write.
    pub role: Role,
    /// The campuses it may read and write; none for all.
    pub scopes: Option<Vec<Uuid>>,
    /// Until when the code works.
    pub expires_at: u64,
}

/// Makes a code that enrols one device of `organisation`.
///
/// # Errors
/// [`StorageError`]
pub fn invite(
    txn: &mut dyn WriteTxn,
    random: &dyn Random,
    organisation: Uuid,
    invitation: &Invitation,
) -> Result<String> {
    let code = new_secret_code(random);
    txn.insert_enrol_code(&EnrolCodeRow {
        hash: secret_hash(&normalise_code(&code)),
        organisation,
        role: invitation.role,
        scopes: invitation.scopes.clone(),
        expires_at: invitation.expires_at,
        used_at: None,
    })?;
    Ok(code)
}

/// Makes the device that a code was given for; nothing when the code is wrong, used or expired.
///
/// A code is looked up and used up in one transaction, so of two tablets that type it only one gets in.
pub(super) fn enrol(
    txn: &mut dyn WriteTxn,
    random: &dyn Random,
    now_ms: u64,
    request: &EnrolRequest,
) -> Result<Option<EnrolAnswer>> {
    let Some(code) = good_code(txn, now_ms, &request.code)? else { return Ok(None) };
    let token = new_token(random);
    let device = DeviceRow {
        id: random_uuid(random),
        organisation: code.organisation,
        name: request.device_name.clone(),
        role: code.role,
        scopes: code.scopes,
        token_hash: Some(secret_hash(&token)),
        created_at: now_ms,
        revoked_at: None,
        last_seen_at: Some(now_ms),
        owes: None,
        owed_none_at: None,
    };
    txn.use_enrol_code(&code.hash, now_ms)?;
    end_replaced(txn, now_ms, &device, request.replaces.as_deref())?;
    txn.insert_device(&device)?;
    // A replica id that another device owns stays with it; the first push will say so.
    let replica = ReplicaId(request.replica);
    if txn.replica_owner(device.organisation, replica)?.is_none() {
        txn.bind_replica(device.organisation, replica, device.id)?;
    }
    membership(txn, &device, token).map(Some)
}

/// Ends the device that the store was before: it is the same tablet, and nobody would miss a token that is left alive.
///
/// Whoever shows its token is that device; one of another organisation is left alone.
fn end_replaced(txn: &mut dyn WriteTxn, now_ms: u64, device: &DeviceRow, token: Option<&str>) -> Result<()> {
    let Some(token) = token else { return Ok(()) };
    let before = txn.device_by_token(&secret_hash(token))?;
    match before.filter(|before| before.organisation == device.organisation && before.revoked_at.is_none()) {
        Some(before) => txn.revoke_device(before.id, now_ms),
        None => Ok(()),
    }
}

/// What was invited with the code that somebody typed, if it still works.
pub(super) fn good_code(txn: &(impl ReadTxn + ?Sized), now_ms: u64, typed: &str) -> Result<Option<EnrolCodeRow>> {
    let code = txn.enrol_code(&secret_hash(&normalise_code(typed)))?;
    Ok(code.filter(|code| code.used_at.is_none() && now_ms < code.expires_at))
}

/// What `device` is told of the organisation that it belongs to.
pub(super) fn membership(txn: &(impl ReadTxn + ?Sized), device: &DeviceRow, token: String) -> Result<EnrolAnswer> {
    let organisation = txn
        .organisation(device.organisation)?
        .ok_or_else(|| StorageError::DamagedRow(format!("device {}", device.id)))?;
    Ok(EnrolAnswer {
        token,
        device: device.id,
        organisation: Organisation { id: organisation.id, name: organisation.name },
        scopes: device.scopes.clone(),
        epoch: organisation.epoch.to_string(),
        role: Some(device.role.as_str().to_owned()),
    })
}
