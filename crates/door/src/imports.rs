//! `POST /app/imports/{kind}`: a file of rows, read into a plan.

use app::{CommandError, MAX_IMPORT_BYTES};
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use wire::ProblemType;

use crate::answer::{Failure, json};
use crate::body;
use crate::gate::Caller;
use crate::state::DoorState;

/// Reads the bytes once; nothing of the file is kept but the plan.
pub(crate) async fn read(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    kind: Result<Path<String>, PathRejection>,
    request: Body,
) -> Result<Response, Failure> {
    let gate = door.gate.clone();
    let shown = caller.shown.clone();
    let app = match DoorState::blocking(&door.calls, move || gate.enter(&caller)).await? {
        Ok(entered) => entered.app,
        Err(error) => {
            body::drain(request).await;
            return Err(error.into());
        }
    };
    let Path(kind) = kind.map_err(|_| CommandError::not_found("there is no such register").field("kind"))?;
    let too_large = || CommandError::new(ProblemType::TooLarge, "a file of rows is of at most 10 MB").field("file");
    let bytes = body::read(request, MAX_IMPORT_BYTES, too_large).await?;
    let plan = move || app.import_file(shown.as_deref(), &kind, &bytes);
    Ok(json(DoorState::blocking(&door.photos, plan).await??))
}
