//! A second signer on the same device, or at the same desk in the office.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::asked::has_proved;
use crate::app::App;
use crate::error::CommandError;
use crate::voucher;

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
    has_proved(app, id, arguments.pin.as_deref())?;
    let (voucher, until) = voucher::give(app, &id.to_string(), arguments.record, &arguments.act, &arguments.saw)?;
    Ok(Voucher { voucher, until })
}
