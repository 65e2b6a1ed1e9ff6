//! Somebody who is asked for their PIN: to take a device over, or to sign beside who works on it.

use causal::RecordId;
use uuid::Uuid;
use wire::ProblemType;

use super::pin::accept;
use crate::app::App;
use crate::document::text;
use crate::error::CommandError;
use crate::pin;

/// Makes sure that there is such a person, who works here and has entered their PIN; gives whether they have one.
///
/// # Errors
/// `not-found` or `inactive`, about `person`; `pin-needed`, `wrong-pin` or `wait`, about `pin`.
pub(super) fn has_proved(app: &App, id: Uuid, typed: Option<&str>) -> Result<bool, CommandError> {
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "person");
    let missing = || CommandError::not_found(format_args!("there is no person {id}")).field("person");
    let found = found.ok_or_else(missing)?;
    if found.doc.get("active") == Some(&false.into()) {
        let name = text(&found.doc, "name").unwrap_or("this person").to_owned();
        return Err(
            CommandError::new(ProblemType::Inactive, format_args!("{name} no longer works here")).field("person")
        );
    }
    match (typed, pin::is_set(app, id)?) {
        (Some(typed), true) => accept(pin::attempt(app, id, typed)?, "pin").map(|()| true),
        (None, true) => Err(CommandError::new(ProblemType::PinNeeded, "the PIN is needed").field("pin")),
        (_, false) => Ok(false),
    }
}
