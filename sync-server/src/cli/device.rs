//! `rounds-server device`

use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::Clock;
use crate::storage::{DeviceRow, OrganisationRow, ReadTxn, Result as StorageResult};

#[derive(Subcommand)]
pub(super) enum DeviceCommand {
    /// Lists the enrolled devices, of all organisations unless one is named.
    List {
        #[command(flatten)]
        store: StoreArgs,
        /// The organisation.
        #[arg(long, value_name = "UUID")]
        organisation: Option<Uuid>,
    },
    /// Takes a device's access away, from the next request on.
    Revoke {
        /// The device.
        id: Uuid,
        #[command(flatten)]
        store: StoreArgs,
        /// The organisation; a device of another one is not found.
        #[arg(long, value_name = "UUID")]
        organisation: Option<Uuid>,
    },
}

pub(super) fn device(command: DeviceCommand) -> Result<Value, CommandError> {
    match command {
        DeviceCommand::List { store, organisation } => {
            let store = OpenStore::open(&store)?;
            let named = organisation.map(|id| store.organisation(Some(id))).transpose()?;
            store.read(|txn| list(txn, named))
        }
        DeviceCommand::Revoke { id, store, organisation } => {
            let store = OpenStore::open(&store)?;
            let named = organisation.map(|id| store.organisation(Some(id))).transpose()?;
            revoke(&store, id, named.map(|organisation| organisation.id))
        }
    }
}

/// The office itself is no enrolled device, and is left out.
fn list(txn: &dyn ReadTxn, named: Option<OrganisationRow>) -> StorageResult<Value> {
    let mut devices = Vec::new();
    let organisations = match named {
        Some(organisation) => vec![organisation],
        None => txn.organisations()?,
    };
    for organisation in organisations {
        for device in txn.devices(organisation.id)?.into_iter().filter(|device| device.token_hash.is_some()) {
            let replicas = txn.replicas(organisation.id, device.id)?;
            devices.push(json!({
                "id": device.id,
                "name": device.name,
                "role": device.role.as_str(),
                "scopes": device.scopes,
                "replicas": replicas,
                "revoked": device.revoked_at.is_some(),
                "last_seen_at": device.last_seen_at,
                "organisation": organisation.id,
            }));
        }
    }
    Ok(Value::Array(devices))
}

fn revoke(store: &OpenStore, id: Uuid, of: Option<Uuid>) -> Result<Value, CommandError> {
    let now = store.clock()?.now_ms();
    let is_meant = |device: &DeviceRow| device.token_hash.is_some() && of.is_none_or(|of| of == device.organisation);
    let missing = || CommandError::not_found(format_args!("there is no device {id}"));
    let organisation = store.read(|txn| txn.device(id))?.filter(is_meant).ok_or_else(missing)?.organisation;
    store.change(organisation, |txn| {
        // A device stays with its organisation, and may have been revoked meanwhile.
        let Some(device) = txn.device(id)? else { return Ok(Err(missing())) };
        if device.revoked_at.is_none() {
            txn.revoke_device(id, now)?;
        }
        Ok(Ok(()))
    })?;
    Ok(json!({"id": id, "revoked": true}))
}
