//! What a tablet serves, as its code lists it: campuses, and the compartments of each that it holds.

use std::ops::ControlFlow;

use domain::register::{Hold, holds_among, scopes_of};
use thiserror::Error;
use uuid::Uuid;

pub use domain::register::Serves;

use crate::storage::{ReadTxn, StorageError};

/// Why there are no scopes for a code.
#[derive(Debug, Error)]
pub enum ServingError {
    /// What a tablet serves hangs on a campus, and none is known yet.
    #[error("there is no campus yet: name one, or make it first")]
    NoCampus,
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A word that says what a tablet serves.
///
/// # Errors
/// The words that there are.
pub fn parse(text: &str) -> Result<Serves, String> {
    text.parse()
}

/// The scopes of a tablet: of these campuses, or of all, with the compartments for what it serves.
///
/// Where nothing is said of what it serves, the scopes are those that were named, and nothing narrows a tablet of which nothing was
/// said at all.
///
/// Cost: a look at every record where something is served and no campus is named.
///
/// # Errors
/// [`ServingError`]
pub fn scopes(
    txn: &(impl ReadTxn + ?Sized),
    organisation: Uuid,
    named: &[Uuid],
    serves: &[Serves],
) -> Result<Option<Vec<Uuid>>, ServingError> {
    if serves.is_empty() {
        return Ok((!named.is_empty()).then(|| scopes_of(named, &[])));
    }
    let campuses = if named.is_empty() { campuses(txn, organisation)? } else { named.to_vec() };
    if campuses.is_empty() {
        return Err(ServingError::NoCampus);
    }
    Ok(Some(scopes_of(&campuses, serves)))
}

/// The codes of the compartments that a tablet with these scopes holds.
pub(super) fn holds(scopes: Option<&[Uuid]>) -> Vec<&'static str> {
    holds_among(scopes).into_iter().map(Hold::code).collect()
}

fn campuses(txn: &(impl ReadTxn + ?Sized), organisation: Uuid) -> Result<Vec<Uuid>, StorageError> {
    let mut campuses = Vec::new();
    txn.feed(organisation, 0, None, &mut |row| {
        if &*row.record.kind == "campus" && !row.record.state.is_deleted() && !row.record.state.is_purged() {
            campuses.push(row.record.id.0);
        }
        ControlFlow::Continue(())
    })?;
    Ok(campuses)
}
