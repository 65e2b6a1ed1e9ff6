//! One paper.

use super::arguments::Get;
use crate::app::App;
use crate::dto::sheet::{SheetSignature, SheetSigning, SheetView};
use crate::error::CommandError;
use crate::names::Names;
use crate::qr;
use crate::sheet::{SignedPaper, make};

pub(super) fn get(app: &App, arguments: Get) -> Result<SheetView, CommandError> {
    let made = make(app, &arguments.into())?;
    let mut view = SheetView::from(made.sheet);
    view.signing = made.signed.map(|signed| signing(app, &signed)).transpose()?;
    Ok(view)
}

/// What was signed of it, and by whom.
fn signing(app: &App, paper: &SignedPaper) -> Result<SheetSigning, CommandError> {
    let names = Names::new(app);
    let last = paper.signed.last();
    let code = last.and_then(|last| last.code(paper.id.0)).map(|code| code.to_string());
    let on = last.into_iter().flat_map(|last| paper.signed.on(last));
    let signature = |signature: &domain::paper::Signature| SheetSignature {
        role: signature.role.clone(),
        by: names.person(&signature.person),
        at: signature.at,
        how: signature.how.clone(),
        strokes: serde_json::from_value(signature.strokes.clone()).unwrap_or_default(),
    };
    Ok(SheetSigning {
        paper: paper.id.0,
        saw: paper.said.clone(),
        may_sign: paper.is_held,
        revision: last.map(|last| last.n),
        qr: code.as_deref().map(qr::svg).transpose()?,
        code,
        signatures: on.map(signature).collect(),
        since: paper.since.map(Into::into),
    })
}
