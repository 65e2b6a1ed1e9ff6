//! Signing for a run: for one's own visits, or as the second for those of others, on whatever device that holds it.

use std::collections::BTreeMap;

use causal::Value;
use domain::patrol::{SignRole, covers, saw, signer_part};
use domain::permission::Permission;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use super::arrive::fresh;
use crate::app::App;
use crate::document::{field, person_field};
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::hand::Hand;
use crate::patrol::{Marks, StoredRun, may_sign, signers};
use crate::people::not_allowed;
use crate::sight::Viewer;
use crate::signature::checked_signature;
use crate::voucher;

/// The act that a second signer's proof is for.
const ACT: &str = "sign";

/// Arguments of `patrol.sign`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sign {
    /// The run.
    run: Uuid,
    /// The signature.
    signature: Strokes,
    /// What `person.vouch` gave for the act `sign` on this run: the signature is that person's.
    #[serde(default, rename = "as")]
    voucher: Option<Uuid>,
    /// The `saw` of the run as it was shown; left out, the run as it is when the command is called.
    #[serde(default)]
    saw: Option<String>,
}

/// A run that was signed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSigned")]
pub(super) struct SignedRun {
    /// What its author has seen now.
    version: String,
    /// As what it was signed.
    role: SignRole,
    /// For how many visits.
    visits: usize,
    /// How many persons have still to sign for its window.
    missing: usize,
}

/// A signature, before it is put among the fields of a run.
pub(super) struct Signed<'a> {
    pub(super) person: &'a str,
    pub(super) role: SignRole,
    pub(super) how: &'static str,
    pub(super) is_nil: bool,
    pub(super) covers: BTreeMap<String, String>,
}

impl Signed<'_> {
    /// Its field: under a name of its own, so that no signature takes the place of another.
    ///
    /// # Errors
    /// `bad-person` where the name is too long for a field.
    pub(super) fn field(
        self,
        app: &App,
        marks: &Marks,
        Strokes(lines): Strokes,
    ) -> Result<(String, Value), CommandError> {
        let Self { person, role, how, is_nil, covers } = self;
        let sign = json!({"role": role, "strokes": lines, "how": how, "nil": is_nil, "covers": covers});
        let mut sign = marks.on(sign, "at");
        sign["by"] = json!(person);
        let (group, _) = person_field("signs", person, serde_json::Value::Null)?;
        Ok(field(format!("{group}/{}", fresh(app)), sign))
    }
}

/// Whoever has visits on the run signs for those; whoever has none in its window signs as the second for all of them, and never for a
/// 零报告.
pub(super) fn sign(app: &App, arguments: Sign) -> Result<SignedRun, CommandError> {
    let missing = || CommandError::not_drawn("signature");
    let drawn = checked_signature("signature", arguments.signature)?.ok_or_else(missing)?;
    let run = StoredRun::seen(app, arguments.run)?;
    if run.run.is_void {
        return Err(CommandError::new(ProblemType::Void, "the round is void").field("run"));
    }
    let document = &run.corrected.document;
    let now = saw(&run.run, document);
    if arguments.saw.is_some_and(|saw| saw != now) {
        return Err(CommandError::new(ProblemType::Changed, "the round says something else by now").field("saw"));
    }
    let hand = Hand::of(app, arguments.voucher, (run.id.0, ACT, &now))?;
    check_may_sign(app, &run, &hand)?;
    let own = || {
        let error =
            CommandError::new(ProblemType::OwnWork, "who has walked a part of the window is no second under it");
        error.field(if hand.voucher.is_some() { "as" } else { "run" })
    };
    let role = signers(app, &run)?.role_on(&run.run, &hand.person).ok_or_else(own)?;
    let covers = match role {
        SignRole::Walker => covers(&run.run, document, |visit| visit.by.as_deref() == Some(&hand.person)),
        SignRole::Second => covers(&run.run, document, |_| true),
    };
    let part = signer_part(&run.run, document, Some(&hand.person), &run.failing());
    let visits = covers.len();
    let signed = Signed { person: &hand.person, role, how: hand.how, is_nil: part.is_nil, covers };
    let set = vec![signed.field(app, &Marks::next(app, &run.run), drawn)?];
    // Who signs walks nothing, and so takes no part.
    let save = replica::Save { set, ..run.save(app, None, Vec::new())? };
    let saved = match hand.voucher {
        Some(name) => {
            let saved = app.store().save_taking_settings(&[voucher::setting(name)], vec![save])?;
            saved.ok_or_else(voucher::used)?.into_iter().next()
        }
        None => Some(app.store().save(save)?),
    };
    let missing = signers(app, &StoredRun::load(app, run.id)?)?.missing();
    Ok(SignedRun { version: saved.map(|saved| saved.version).unwrap_or_default(), role, visits, missing })
}

/// Refuses the hand of somebody who has nothing to do with patrols.
fn check_may_sign(app: &App, run: &StoredRun, hand: &Hand) -> Result<(), CommandError> {
    if may_sign(&Viewer::of(app, &run.campus, &hand.person)?) {
        return Ok(());
    }
    Err(not_allowed(Permission::Patrol).field(if hand.voucher.is_some() { "as" } else { "run" }))
}
