//! The record that is in conflict: at which place a field is answered, and who may settle it.

use std::collections::{BTreeMap, BTreeSet};

use causal::{Record, RecordId};
use domain::form::{AnswerField, PlaceName};
use domain::permission::Permission;
use domain::reading::{Conflict, read};
use domain::register::Right;
use replica::Reading;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::entry::Entry;
use crate::entry::look::Look;
use crate::error::CommandError;
use crate::form::place::Place;
use crate::load::if_readable;
use crate::{inspection, people, places};

pub(super) const PIN: &str = "pin";

pub(super) fn load(app: &App, id: Uuid) -> Result<Reading, CommandError> {
    let missing = || CommandError::not_found(format_args!("there is no record {id}")).field("id");
    app.store().get(RecordId(id))?.ok_or_else(missing)
}

/// As [`load`]; a record that the person who works does not see is absent.
pub(super) fn load_seen(app: &App, id: Uuid) -> Result<Reading, CommandError> {
    let reading = load(app, id)?;
    match Look::at(app, &reading.record)?.is_seen() {
        true => Ok(reading),
        false => Err(CommandError::not_found(format_args!("there is no record {id}")).field("id")),
    }
}

/// The places at which fields in conflict are answered, as far as their forms can be judged here.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn places_of(
    app: &App,
    record: &Record,
    conflicts: &[Conflict],
) -> Result<BTreeMap<PlaceName, Place>, CommandError> {
    let fields = conflicts.iter().filter_map(|conflict| AnswerField::parse(&conflict.field));
    let names: BTreeSet<PlaceName> = fields.filter(|_| !record.state.is_deleted()).map(|field| field.place).collect();
    let mut found = BTreeMap::new();
    for name in names {
        if let Some(place) = if_readable(places::load(app, record.id, &name))?.flatten() {
            found.insert(name, place);
        }
    }
    Ok(found)
}

/// Answers are settled by who confirms inspections, or by who started this one; master data by who keeps it; anything else by
/// whoever may correct records.
pub(super) fn check_rights(app: &App, record: &Record) -> Result<(), CommandError> {
    if domain::register::register(&record.kind).is_some() {
        return check_rights_of_row(app, record);
    }
    let campus = Campus::load(app, people::place(record))?;
    let permission = match &*record.kind {
        inspection::KIND => {
            let document = read(&record.kind, &record.state);
            let lead = document.get("created").and_then(|created| created.get("by")?.as_str());
            if lead.is_some() && lead == app.by().as_deref() {
                return Ok(());
            }
            Permission::ConfirmInspection
        }
        "person" | people::GRANT => Permission::ManagePeople,
        "campus" | "area" => Permission::ManageAreas,
        "route" | "checkpoint" | "tag" | "route_plan" => Permission::ManageRoutes,
        "template_version" => Permission::ManageTemplates,
        "setting" => Permission::ManageSettings,
        PIN => return Err(CommandError::new(ProblemType::NotAllowed, "a PIN is set anew with pin.set").field("id")),
        _ => Permission::CorrectRecord,
    };
    people::require(app, &campus, permission)
}

/// A conflict in a row is settled by who writes rows of its register, and sees this one.
fn check_rights_of_row(app: &App, record: &Record) -> Result<(), CommandError> {
    let (entry, viewer) = Entry::seen(app, record.id)?;
    if entry.grants(&viewer, Right::Write) && !entry.is_newer() {
        return Ok(());
    }
    Err(CommandError::new(ProblemType::NotAllowed, "this row is for others to write").field("id"))
}
