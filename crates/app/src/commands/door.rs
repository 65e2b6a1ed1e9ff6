//! Where a screen stands, and what it runs on.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::command::{Command, read};
use crate::dto::door::{Door, DoorKind, OrganisationRef};
use crate::dto::nothing::Nothing;
use crate::error::CommandError;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("door.get", "Tells where the screen stands, and who is signed in.", get),
        read(
            "app.about",
            "Tells which version this is, where it keeps its store, and under which licences it is used.",
            about,
        ),
    ]
}

/// What the app runs on.
#[derive(Debug, Serialize, JsonSchema)]
struct About {
    /// The version of the app.
    version: &'static str,
    /// The folder of the store.
    store: String,
    /// How many bytes the store has there, photos left out.
    store_bytes: u64,
    /// The replica id of the store.
    replica: Uuid,
    /// The id that the server gave this device; null before enrolment.
    device: Option<Uuid>,
    /// What people call this device.
    device_name: Option<String>,
    /// The address of the server.
    server: Option<String>,
    /// Whose store it is.
    organisation: Option<OrganisationRef>,
    /// The licence of the app.
    licence: &'static str,
    /// What it is built from, one package a line: name, version, licence.
    licences: &'static str,
}

fn get(app: &App, _: Nothing) -> Result<Door, CommandError> {
    Ok(Door {
        door: DoorKind::Tablet,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        organisation: organisation(app)?,
        account: None,
    })
}

fn about(app: &App, _: Nothing) -> Result<About, CommandError> {
    let store = app.store();
    let enrolment = store.enrolment()?;
    Ok(About {
        version: env!("CARGO_PKG_VERSION"),
        store: store.folder().display().to_string(),
        store_bytes: bytes(store.folder()),
        replica: store.identity()?.replica.0,
        device: enrolment.as_ref().map(|enrolment| enrolment.device),
        device_name: enrolment.as_ref().map(|enrolment| enrolment.device_name.clone()),
        server: enrolment.map(|enrolment| enrolment.server),
        organisation: organisation(app)?,
        licence: env!("CARGO_PKG_LICENSE"),
        licences: include_str!("../../licences.txt"),
    })
}

/// Whose store it is; none before enrolment.
pub(super) fn organisation(app: &App) -> Result<Option<OrganisationRef>, CommandError> {
    let enrolment = app.store().enrolment()?;
    Ok(enrolment.map(|enrolment| OrganisationRef { id: enrolment.organisation.id, name: enrolment.organisation.name }))
}

/// What the files in a folder have together; what cannot be read counts nothing.
fn bytes(folder: &std::path::Path) -> u64 {
    let Ok(files) = std::fs::read_dir(folder) else { return 0 };
    let of = |file: std::fs::DirEntry| file.metadata().ok().filter(std::fs::Metadata::is_file).map_or(0, |it| it.len());
    files.flatten().map(of).sum()
}
