//! A second signer on the same device.

use causal::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use super::pin::accept;
use crate::app::App;
use crate::document::text;
use crate::error::CommandError;
use crate::{pin, voucher};

/// Arguments of `person.vouch`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Vouch {
    /// Who signs as the second.
    person: Uuid,
    /// Their PIN; left out for somebody who has none, whose signature then reads as unproved.
    #[serde(default)]
    pin: Option<String>,
    /// The row that is signed.
    record: Uuid,
    /// The act, such as `take`.
    act: String,
    /// The `saw` of the row as it was shown to them.
    saw: String,
}

/// The proof of a second signer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VoucherGiven")]
pub(super) struct Voucher {
    /// Give it as `as` to `entry.act`.
    voucher: Uuid,
    /// Until when it holds, ms since 1970 UTC.
    until: u64,
}

pub(super) fn vouch(app: &App, arguments: Vouch) -> Result<Voucher, CommandError> {
    let id = arguments.person;
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "person");
    let missing = || CommandError::not_found(format_args!("there is no person {id}")).field("person");
    let found = found.ok_or_else(missing)?;
    if found.doc.get("active") == Some(&false.into()) {
        let name = text(&found.doc, "name").unwrap_or("this person").to_owned();
        return Err(
            CommandError::new(ProblemType::Inactive, format_args!("{name} no longer works here")).field("person")
        );
    }
    match (&arguments.pin, pin::is_set(app, id)?) {
        (Some(pin), true) => accept(pin::attempt(app, id, pin)?, "pin")?,
        (None, true) => return Err(CommandError::new(ProblemType::PinNeeded, "the PIN is needed").field("pin")),
        (_, false) => {}
    }
    let (voucher, until) = voucher::give(app, &id.to_string(), arguments.record, &arguments.act, &arguments.saw)?;
    Ok(Voucher { voucher, until })
}
