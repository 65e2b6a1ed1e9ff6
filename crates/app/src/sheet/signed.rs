//! What of a paper was signed, and what has changed since.

use causal::RecordId;
use domain::field::Language;
use domain::paper::{Basis, Revision, Signed, Since, paper_id, put_after_signing, said};
use domain::sheet::{Sheet, SheetShape};
use uuid::Uuid;

use super::order::Order;
use crate::app::App;
use crate::error::CommandError;

/// The kind of the record of a paper.
pub(crate) const KIND: &str = "paper";

/// A paper of one place and period, as far as it was signed.
pub(crate) struct SignedPaper {
    /// Its record, whether it is there or not.
    pub(crate) id: RecordId,
    /// The scope of its record.
    pub(crate) scope: Uuid,
    /// The place that it is of.
    pub(crate) place: Option<String>,
    /// What somebody who reads the record now has seen; empty where nothing was signed.
    pub(crate) version: String,
    /// Who signed what.
    pub(crate) signed: Signed,
    /// What has changed since the last revision; none where nothing was signed, or where its content is not on this device.
    pub(crate) since: Option<Since>,
    /// The digest of what the sheet says.
    pub(crate) said: String,
    /// Whether this device holds the scope, and so may sign.
    pub(crate) is_held: bool,
}

impl SignedPaper {
    /// What was signed of the paper that is asked for; puts the rows of the sheet that came later behind the others.
    pub(super) fn load(order: &Order<'_>, sheet: &mut Sheet) -> Result<Option<Self>, CommandError> {
        let Some(campus) = order.campus.id else { return Ok(None) };
        let id = RecordId(paper_id(campus, &order.code, order.place.as_deref(), order.days));
        let scope = order.of.paper_scope(campus);
        let (version, signed) = record(order.app, id)?.unwrap_or_default();
        if let Some(first) = signed.first().filter(|_| sheet.shape != SheetShape::Grid)
            && let Some(basis) = basis(order.app, first)?
        {
            put_after_signing(sheet, &basis);
        }
        let since = match signed.last() {
            Some(last) => since(order, last, sheet)?,
            None => None,
        };
        let held = order.app.store().enrolment()?.and_then(|enrolment| enrolment.scopes);
        Ok(Some(Self {
            id,
            scope,
            place: order.place.clone(),
            version,
            signed,
            since,
            said: said(sheet),
            is_held: holds(held.as_deref(), &[scope]),
        }))
    }
}

/// The version of the record of a paper, and what it holds; none where it is not here.
pub(crate) fn record(app: &App, id: RecordId) -> Result<Option<(String, Signed)>, CommandError> {
    let reading = app.store().get(id)?.filter(|reading| &*reading.record.kind == KIND);
    let reading = reading.filter(|reading| !reading.record.state.is_deleted());
    Ok(reading.map(|reading| {
        let document = domain::reading::read(KIND, &reading.record.state);
        (reading.version, Signed::read(&document))
    }))
}

/// The content of a revision; none where its bytes have not come to this device, or are not what was signed.
pub(crate) fn basis(app: &App, revision: &Revision) -> Result<Option<Basis>, CommandError> {
    let Ok(blob) = revision.digest.parse() else { return Ok(None) };
    if !app.store().has_blob(blob)? {
        return Ok(None);
    }
    let bytes = app.store().read_blob(blob)?;
    let is_signed = |bytes: &Vec<u8>| domain::canonical::sha256_hex(bytes) == revision.digest;
    Ok(bytes.filter(is_signed).and_then(|bytes| Basis::read(&bytes)))
}

/// What the sheet says otherwise than the revision; it is made again where it was signed in the other language.
fn since(order: &Order<'_>, revision: &Revision, sheet: &Sheet) -> Result<Option<Since>, CommandError> {
    let Some(basis) = basis(order.app, revision)? else { return Ok(None) };
    let language = if basis.language == "en" { Language::En } else { Language::Zh };
    if language == order.language {
        return Ok(Some(basis.since(sheet)));
    }
    Ok(Some(basis.since(&Order { language, ..order.clone() }.sheet()?)))
}

/// Whether a device that holds these scopes, or all, holds all of those.
pub(super) fn holds(held: Option<&[Uuid]>, needed: &[Uuid]) -> bool {
    held.is_none_or(|held| needed.iter().all(|scope| held.contains(scope)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_papers_of_what_it_holds_alone() {
        let [campus, other] = [1, 2].map(Uuid::from_u128);
        assert!(holds(None, &[campus]) && holds(Some(&[campus]), &[campus]) && holds(Some(&[campus]), &[]));
        assert!(!holds(Some(&[campus]), &[other]) && !holds(Some(&[campus]), &[campus, other]));
    }
}
