//! What becomes of drafts that nobody gives in: those of who left are offered to nobody, those of a compartment do not lie about.

use causal::RecordId;
use domain::register::register;
use replica::DraftKey;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::locking::is_locked;

const DAY_MS: u64 = 24 * 3_600_000;
/// How long what somebody has begun stays who no longer works here: long enough to come back from a mistake.
const KEPT_MS: u64 = 30 * DAY_MS;
/// How long what was begun of a compartment stays: it may hold what few devices hold, such as the scan of a certificate.
const KEPT_SEALED_MS: u64 = 7 * DAY_MS;
/// So many drafts of one person are looked through.
const MOST_OF_ONE: u64 = 1_000;

/// A draft that will be removed.
pub(crate) struct Ending {
    /// Which.
    pub(crate) key: DraftKey,
    /// When, ms since 1970 UTC.
    pub(crate) removed_at: u64,
}

/// Removes what people who no longer work here have left untouched for thirty days, and what was begun of a compartment and left for
/// seven.
///
/// Cost: one look at a small table when there is nothing so old.
pub(crate) fn tidy(app: &App) -> Result<(), CommandError> {
    let now = app.now_ms();
    for person in app.store().authors_of_drafts(now.saturating_sub(KEPT_SEALED_MS))? {
        for ending in ending_of(app, &person, now)? {
            app.store().discard_draft(&ending.key)?;
        }
    }
    let before = now.saturating_sub(KEPT_MS);
    for person in app.store().authors_of_drafts(before)? {
        if has_left(app, &person)? {
            app.store().discard_drafts_of(&person, before)?;
        }
    }
    Ok(())
}

/// What a person has begun of a compartment that is removed until `by`, ms since 1970 UTC.
pub(crate) fn ending_of(app: &App, person: &str, by: u64) -> Result<Vec<Ending>, CommandError> {
    let mut ending = Vec::new();
    for draft in app.store().drafts_of(person, MOST_OF_ONE)? {
        let removed_at = draft.at.saturating_add(KEPT_SEALED_MS);
        if removed_at < by && is_sealed(app, &draft.key)? {
            ending.push(Ending { key: draft.key, removed_at });
        }
    }
    Ok(ending)
}

/// Who left with something begun that is removed until `by`: how much, and when the first of it is.
pub(crate) fn ending_of_who_left(app: &App, by: u64) -> Result<Vec<(String, usize, u64)>, CommandError> {
    let mut ending = Vec::new();
    for person in app.store().authors_of_drafts(by.saturating_sub(KEPT_MS))? {
        if !has_left(app, &person)? {
            continue;
        }
        let drafts = app.store().drafts_of(&person, MOST_OF_ONE)?;
        let times: Vec<u64> =
            drafts.iter().map(|draft| draft.at.saturating_add(KEPT_MS)).filter(|at| *at < by).collect();
        ending.extend(times.iter().min().map(|first| (person, times.len(), *first)));
    }
    Ok(ending)
}

/// Whether something that was begun is hidden with the compartments of this device, which it has locked: it comes back with them.
pub(crate) fn is_locked_away(app: &App, key: &DraftKey) -> Result<bool, CommandError> {
    Ok(is_sealed(app, key)? && is_locked(app, &Campus::here(app)?)?)
}

/// Whether a form is one of a register that lives in a compartment, or has a part there: `entry.save/KIND`, `entry.act/KIND.ACT`, or
/// another one about a row of it.
fn is_sealed(app: &App, key: &DraftKey) -> Result<bool, CommandError> {
    let Some((name, rest)) = key.form.split_once('/').filter(|(name, _)| name.starts_with("entry.")) else {
        return Ok(false);
    };
    let kind = match key.record.as_deref().and_then(|record| Uuid::parse_str(record).ok()) {
        Some(record) if name == "entry.correct" => app.store().find_one(RecordId(record))?.map(|found| found.kind),
        _ => rest.split('.').next().map(str::to_owned),
    };
    let register = kind.and_then(|kind| register(&kind));
    Ok(register
        .is_some_and(|register| register.hold.is_some() || register.parts.iter().any(|part| part.hold.is_some())))
}

/// Whether a person works here no longer; a name from the command line has no record, and does not leave.
fn has_left(app: &App, person: &str) -> Result<bool, CommandError> {
    let Ok(id) = Uuid::parse_str(person) else { return Ok(false) };
    let found = app.store().find_one(RecordId(id))?;
    Ok(found.is_none_or(|found| found.doc.get("active") == Some(&false.into())))
}
