//! Where the rows of registers lie, which declaration they were written by, and what is said of those that are not to be seen.

use causal::RecordId;
use domain::kind::Class;
use domain::register::{Register, Stage, VOID, hold_scope, register};
use uuid::Uuid;
use wire::ProblemType;

use super::parts::serves;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::locking::is_locked;

/// What a row says of the declaration that it was written by, such as `duty_shift@1`.
pub(crate) fn form(register: &Register) -> String {
    format!("{}@{}", register.kind, register.form)
}

/// Whether a later version of its declaration wrote a row: it is kept, counted and not shown.
pub(crate) fn is_newer(document: &Document) -> bool {
    let Some((kind, number)) = text(document, "form").and_then(|form| form.rsplit_once('@')) else { return false };
    let declared = register(kind).map_or(0, |register| register.form);
    number.parse::<u32>().is_ok_and(|number| number > declared)
}

/// The scopes in which the rows of a register lie on a campus; all where no campus is known.
pub(crate) fn scopes(campus: &Campus, register: &Register) -> Vec<Uuid> {
    campus.id.map(|campus| register.hold.map_or(campus, |hold| hold_scope(campus, hold))).into_iter().collect()
}

/// Whether this device holds the rows of a register on a campus: those of a compartment are on the tablets that serve it alone, as long
/// as it is not locked.
pub(crate) fn is_here(app: &App, campus: &Campus, register: &Register) -> Result<bool, CommandError> {
    Ok(serves(app, scopes(campus, register).first().copied())? && !is_locked_away(app, campus, register)?)
}

/// Whether the rows of a register lie in a compartment that is locked here.
pub(crate) fn is_locked_away(app: &App, campus: &Campus, register: &Register) -> Result<bool, CommandError> {
    Ok(register.hold.is_some() && is_locked(app, campus)?)
}

/// Refuses to write what this device may never deliver, and what is locked.
///
/// # Errors
/// `not-served`, `hold-locked`
pub(crate) fn check_here(app: &App, campus: &Campus, register: &Register) -> Result<(), CommandError> {
    if is_locked_away(app, campus, register)? {
        let message = format_args!("{} is locked until this device has reached the server", register.kind);
        return Err(CommandError::new(ProblemType::HoldLocked, message).field("kind"));
    }
    match is_here(app, campus, register)? {
        true => Ok(()),
        false => {
            Err(CommandError::new(ProblemType::NotServed, format_args!("{} is not on this device", register.kind))
                .field("kind"))
        }
    }
}

/// The stages at which a row can be chosen: any but void; of master data those at which it is in use: the last one, which holds where
/// nothing was said, and those from which an act leads on.
pub(crate) fn stages_in_use(register: &Register) -> Vec<&str> {
    let is_in_use =
        |stage: &&Stage| register.class != Class::Master || stage.when.is_empty() || register.is_open(&stage.code);
    let stages = register.stages.iter().filter(|stage| stage.code != VOID).filter(is_in_use);
    stages.map(|stage| stage.code.as_str()).collect()
}

/// The campus that a row belongs to: the one that it names, where it lies in a compartment, else its scope.
pub(crate) fn campus_of(app: &App, scope: Option<Uuid>, document: &Document) -> Result<Campus, CommandError> {
    let named = text(document, "campus").and_then(|campus| Uuid::parse_str(campus).ok());
    Campus::load(app, named.or(scope))
}

/// The one refusal of a row that is not here and of one that is not seen.
pub(crate) fn absent(id: RecordId) -> CommandError {
    CommandError::not_found(format_args!("there is no entry {id} here")).field("id")
}

/// The register that an argument names, where the person who works has to do with it.
///
/// # Errors
/// `not-found`, about the argument `kind`.
pub(crate) fn named(kind: &str) -> Result<&'static Register, CommandError> {
    register(kind).ok_or_else(|| unknown_kind(kind))
}

/// The one refusal of a register that there is not, and of one whose rows are not seen.
pub(crate) fn unknown_kind(kind: &str) -> CommandError {
    CommandError::not_found(format_args!("there is no register {kind} here")).field("kind")
}
