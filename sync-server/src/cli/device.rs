//! `rounds-server device`

use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::Clock;
use crate::storage::{ReadTxn, Result as StorageResult, Storage};

#[derive(Subcommand)]
pub(super) enum DeviceCommand {
    /// Lists the enrolled devices of all organisations.
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Takes a device's access away, from the next request on.
    Revoke {
        /// The device.
        id: Uuid,
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn device(command: DeviceCommand) -> Result<Value, CommandError> {
    match command {
        DeviceCommand::List { store } => OpenStore::open(&store)?.read(list),
        DeviceCommand::Revoke { id, store } => revoke(&OpenStore::open(&store)?, id),
    }
}

/// The office itself is no enrolled device, and is left out.
fn list(txn: &dyn ReadTxn) -> StorageResult<Value> {
    let mut devices = Vec::new();
    for organisation in txn.organisations()? {
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

fn revoke(store: &OpenStore, id: Uuid) -> Result<Value, CommandError> {
    let now = store.clock()?.now_ms();
    let mut txn = store.storage.write()?;
    let device = txn.device(id)?.filter(|device| device.token_hash.is_some());
    let device = device.ok_or_else(|| CommandError::not_found(format_args!("there is no device {id}")))?;
    if device.revoked_at.is_none() {
        txn.revoke_device(id, now)?;
    }
    txn.commit()?;
    Ok(json!({"id": id, "revoked": true}))
}
