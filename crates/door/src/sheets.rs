//! `POST /app/sheets`: a paper as a file.

use app::{CommandError, SheetFile};
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use wire::ProblemType;

use crate::answer::Failure;
use crate::body;
use crate::gate::Caller;
use crate::state::DoorState;

/// The most that the name of a paper and its days take.
const MAX_ARGUMENT_BYTES: usize = 16 << 10;

/// Gives the bytes once, to who asks for them; neither the program nor a cache keeps any of it.
pub(crate) async fn take(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    request: Body,
) -> Result<Response, Failure> {
    let too_large = || CommandError::new(ProblemType::TooLarge, "the arguments are larger than 16 KiB");
    let arguments = body::read(request, MAX_ARGUMENT_BYTES, too_large).await?;
    let arguments = String::from_utf8(arguments)
        .map_err(|_| CommandError::new(ProblemType::BadArguments, "the arguments are a JSON object in UTF-8"))?;
    let gate = door.gate.clone();
    let make = move || {
        let file = gate.enter(&caller)?.app.sheet_file(&arguments)?;
        // That it leaves is known before it does.
        gate.deliver(&caller)?;
        Ok::<_, CommandError>(file)
    };
    let SheetFile { name, mime, bytes, .. } = DoorState::blocking(&door.calls, make).await??;
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
