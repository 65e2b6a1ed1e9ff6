//! The record that is in conflict: which item a field belongs to, and who may settle it.

use causal::{Record, RecordId};
use domain::permission::Permission;
use domain::reading::read;
use domain::register::Right;
use replica::Reading;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::entry::Entry;
use crate::entry::look::Look;
use crate::error::CommandError;
use crate::inspection::{self, Inspection};
use crate::load::if_readable;
use crate::people;

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

/// The code of the item whose answer a field is part of.
pub(super) fn item_of<'f>(record: &Record, name: &'f str) -> Option<&'f str> {
    let is_inspection = &*record.kind == inspection::KIND;
    let path = name.strip_prefix("answers/").filter(|_| is_inspection)?;
    path.split_once('/').map(|(code, _)| code)
}

/// The form of an inspection that can be judged here.
pub(super) fn form_of(app: &App, record: &Record) -> Result<Option<Inspection>, CommandError> {
    if &*record.kind != inspection::KIND || record.state.is_deleted() {
        return Ok(None);
    }
    if_readable(Inspection::load(app, record.id))
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
        "route" | "checkpoint" => Permission::ManageRoutes,
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
