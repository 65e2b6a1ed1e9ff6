//! What a second signer has proved on this device: for one act on one row as it stood, once, for two minutes.
//!
//! Kept beside the records and never sent; what is sent is the act, which says by whom and how it was proved.

use replica::new_uuid_v4;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::error::CommandError;
use crate::pin;
use crate::session::Proof;

/// How long a voucher holds.
const HOLDS_MS: u64 = 120_000;
const PREFIX: &str = "voucher/";

/// A proof that is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Voucher {
    /// Who signs.
    pub(crate) person: String,
    /// How that is known.
    pub(crate) how: Proof,
    record: Uuid,
    act: String,
    /// The digest of what was signed.
    pub(crate) saw: String,
    given: u64,
}

/// Keeps a proof; gives its name, and until when it holds, ms since 1970 UTC.
pub(crate) fn give(app: &App, person: &str, record: Uuid, act: &str, saw: &str) -> Result<(Uuid, u64), CommandError> {
    let given = app.now_ms();
    let how = match Uuid::parse_str(person) {
        Ok(person) => pin::proof(app, person)?,
        Err(_) => Proof::None,
    };
    forget_old(app, given)?;
    let name = new_uuid_v4(&*app.store().ports().entropy);
    let (act, saw) = (act.to_owned(), saw.to_owned());
    let voucher = Voucher { person: person.to_owned(), how, record, act, saw, given };
    app.store().set_device_setting(&setting(name), &voucher)?;
    Ok((name, given + HOLDS_MS))
}

/// The proof of this name, when it is for this act on this row as it stands.
///
/// # Errors
/// `bad-voucher`, about the argument `as`, for any other.
pub(crate) fn held(app: &App, name: Uuid, record: Uuid, act: &str, saw: &str) -> Result<Voucher, CommandError> {
    let voucher: Option<Voucher> = app.store().device_setting(&setting(name))?;
    let refuse = |why: &str| CommandError::new(ProblemType::BadVoucher, why).field("as");
    let voucher = voucher.ok_or_else(|| refuse("there is no such proof, or it was used"))?;
    // A clock that was set back gives no longer time.
    let now = app.now_ms();
    if !(voucher.given..=voucher.given + HOLDS_MS).contains(&now) {
        return Err(refuse("the proof has expired"));
    }
    if voucher.record != record || voucher.act != act {
        return Err(refuse("the proof is for another act"));
    }
    if voucher.saw != saw {
        return Err(refuse("the row has changed since it was signed"));
    }
    Ok(voucher)
}

/// The refusal of a proof that somebody else has used meanwhile.
pub(crate) fn used() -> CommandError {
    CommandError::new(ProblemType::BadVoucher, "the proof was used").field("as")
}

/// The setting of this device that holds a proof; whoever takes it away has used it.
pub(crate) fn setting(name: Uuid) -> String {
    format!("{PREFIX}{name}")
}

fn forget_old(app: &App, now: u64) -> Result<(), CommandError> {
    for (name, voucher) in app.store().device_settings::<Voucher>(PREFIX)? {
        if !(voucher.given..=voucher.given + HOLDS_MS).contains(&now) {
            app.store().clear_device_setting(&format!("{PREFIX}{name}"))?;
        }
    }
    Ok(())
}
