//! `POST /app/sheets`: a paper as a file. `POST /app/sheets/{export}`: one that was made aside.

use std::time::Duration;

use app::{CommandError, SheetFile};
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::ProblemType;

use crate::answer::{Failure, json};
use crate::body;
use crate::gate::Caller;
use crate::state::DoorState;

/// The most that the name of a paper and its days take.
const MAX_ARGUMENT_BYTES: usize = 16 << 10;
/// A file that is whole within this time is given at once; the page is told of any other how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Gives the bytes of a short file at once, and of any other the name by which it is fetched when it is whole.
///
/// The bytes are given once, to who asked for them; neither the program nor a cache keeps any of them then.
pub(crate) async fn make(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    request: Body,
) -> Result<Response, Failure> {
    let too_large = || CommandError::new(ProblemType::TooLarge, "the arguments are larger than 16 KiB");
    let arguments = body::read(request, MAX_ARGUMENT_BYTES, too_large).await?;
    let arguments = String::from_utf8(arguments)
        .map_err(|_| CommandError::new(ProblemType::BadArguments, "the arguments are a JSON object in UTF-8"))?;
    let gate = door.gate.clone();
    let begin = move || {
        let app = gate.enter(&caller)?.app;
        let export = app.begin_sheet(&arguments)?;
        if !app.wait_for_sheet(&export, PATIENCE)? {
            return Ok(Err(export));
        }
        let file = app.take_sheet(&export)?;
        // That it leaves is known before it does.
        gate.deliver(&caller)?;
        Ok::<_, CommandError>(Ok(file))
    };
    match DoorState::blocking(&door.sheets, begin).await?? {
        Ok(file) => given(file),
        Err(export) => {
            let mut response = json(format!(r#"{{"export":"{export}"}}"#));
            *response.status_mut() = StatusCode::ACCEPTED;
            Ok(response)
        }
    }
}

/// Gives the bytes of a file that was made aside.
pub(crate) async fn take(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    export: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    let Path(export) = export.map_err(|_| CommandError::not_found("there is no such file").field("export"))?;
    let gate = door.gate.clone();
    let take = move || {
        let file = gate.enter(&caller)?.app.take_sheet(&export)?;
        gate.deliver(&caller)?;
        Ok::<_, CommandError>(file)
    };
    given(DoorState::blocking(&door.sheets, take).await??)
}

fn given(file: SheetFile) -> Result<Response, Failure> {
    let SheetFile { name, mime, bytes, .. } = file;
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded(&name));
    let mut response = Body::from(bytes).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    let disposition = HeaderValue::try_from(disposition).map_err(|error| CommandError::internal(&error))?;
    out.insert(header::CONTENT_DISPOSITION, disposition);
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A name as a header can hold it.
fn encoded(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_script_fits_a_header() {
        assert_eq!(encoded("值班_1.xlsx"), "%E5%80%BC%E7%8F%AD_1.xlsx");
        assert!(encoded("a\"b\r\n;").is_ascii() && !encoded("a\"b\r\n;").contains(['"', '\r', '\n', ';']));
    }
}
