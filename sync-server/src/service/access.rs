//! Who is calling.

use crate::storage::{DeviceRow, ReadTxn, Result};

use super::secret_hash;

/// Why a caller is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no token, or none that the server knows.
    Unauthorised,
    /// The device was revoked.
    DeviceRevoked,
}

/// The device that holds `token`.
pub(super) fn authenticate(
    txn: &(impl ReadTxn + ?Sized),
    token: &str,
) -> Result<std::result::Result<DeviceRow, Refusal>> {
    Ok(match txn.device_by_token(&secret_hash(token))? {
        None => Err(Refusal::Unauthorised),
        Some(device) if device.revoked_at.is_some() => Err(Refusal::DeviceRevoked),
        Some(device) => Ok(device),
    })
}

/// Whether a device with these scopes may read and write records of `scope`.
pub(super) fn may_see(scopes: Option<&[uuid::Uuid]>, scope: Option<uuid::Uuid>) -> bool {
    match (scopes, scope) {
        (Some(scopes), Some(scope)) => scopes.contains(&scope),
        _ => true,
    }
}
