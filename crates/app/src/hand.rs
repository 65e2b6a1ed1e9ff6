//! Whose hand signs, and how that is known: of who works, or of a colleague beside them who has proved to be there.

use uuid::Uuid;
use wire::ProblemType;

use crate::app::{App, Author};
use crate::entry::view::{own_vouch, vouch};
use crate::error::CommandError;
use crate::voucher;

/// Who signs.
pub(crate) struct Hand {
    /// The person.
    pub(crate) person: String,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`.
    pub(crate) how: &'static str,
    /// The proof that is used up by it; none where who works signs.
    pub(crate) voucher: Option<Uuid>,
}

impl Hand {
    /// Who signs `record`: whoever `voucher` was given to for this act on the record as it was seen, else who works.
    ///
    /// # Errors
    /// `bad-voucher`; `person-needed` where nobody works.
    pub(crate) fn of(
        app: &App,
        given: Option<Uuid>,
        (record, act, saw): (Uuid, &str, &str),
    ) -> Result<Self, CommandError> {
        if let Some(name) = given {
            let held = voucher::held(app, name, record, act, saw)?;
            return Ok(Self { person: held.person, how: vouch(held.how).code(), voucher: Some(name) });
        }
        let needed = || CommandError::new(ProblemType::PersonNeeded, "a name is signed by somebody; say who works");
        let person = app.by().ok_or_else(needed)?.to_string();
        Ok(Self { person, how: how(app)?, voucher: None })
    }
}

/// How it is known who works.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn how(app: &App) -> Result<&'static str, CommandError> {
    Ok(match (own_vouch(app)?, app.worker()) {
        (Some(vouch), _) => vouch.code(),
        // Who signed in to the office is known by the password of their account.
        (None, Author::Account(_)) => "session",
        (None, _) => "none",
    })
}
