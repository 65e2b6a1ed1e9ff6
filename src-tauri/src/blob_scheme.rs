//! `rounds-blob://localhost/<sha256>`: the photos of the store, for the page's images.

use std::borrow::Cow;

use replica::BlobId;
use tauri::http::{Method, Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::gate::Gate;

/// The scheme; Windows and Android show it as `http://rounds-blob.localhost/`.
pub(crate) const NAME: &str = "rounds-blob";
/// The next person at the same screen may not see it, and the disk is near: nothing keeps it beside the store.
const BY_NOTHING: &str = "no-store";

/// Answers a request of the web view, on a thread that may wait for the disk.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let handle = context.app_handle().clone();
    tauri::async_runtime::spawn_blocking(move || {
        let gate = handle.try_state::<Gate>();
        responder.respond(respond(&request, |name| read(gate.as_deref()?, name)));
    });
}

type Bytes = Cow<'static, [u8]>;

fn respond(request: &Request<Vec<u8>>, read: impl FnOnce(&str) -> Option<Photo>) -> Response<Bytes> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refused(StatusCode::METHOD_NOT_ALLOWED);
    }
    let name = request.uri().path().strip_prefix('/').unwrap_or_default();
    if !is_digest(name) {
        return refused(StatusCode::NOT_FOUND);
    }
    let Some(Photo { bytes, mime }) = read(name) else { return refused(StatusCode::NOT_FOUND) };
    let body = if request.method() == Method::HEAD { Vec::new() } else { bytes };
    let response = Response::builder()
        .header(header::CONTENT_TYPE, mime)
        .header(header::CACHE_CONTROL, BY_NOTHING)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        // The page draws on photos, and a canvas gives back only what it was allowed to read; no other page can ask.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.body(body.into()).unwrap_or_else(|_| refused(StatusCode::INTERNAL_SERVER_ERROR))
}

/// A photo that the store holds whole, and that the person who works sees.
struct Photo {
    bytes: Vec<u8>,
    mime: &'static str,
}

fn read(gate: &Gate, name: &str) -> Option<Photo> {
    let id: BlobId = name.parse().ok()?;
    let found = gate.app().and_then(|app| match app.blob_sight(id)?.is_seen() {
        false => Ok(None),
        true => Ok(app.store().read_blob(id)?),
    });
    let bytes = match found {
        Ok(found) => found?,
        Err(error) => {
            tracing::warn!(%error, name, "a photo cannot be read");
            return None;
        }
    };
    let mime = app::photo_type(&bytes).unwrap_or("application/octet-stream");
    Some(Photo { bytes, mime })
}

fn refused(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::default());
    *response.status_mut() = status;
    response
}

fn is_digest(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use app::App;
    use replica::Ports;
    use serde_json::{Value, json};

    use super::*;
    use crate::gate::tests::gate_to;

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a picture, as far as its first bytes tell";

    /// A gate with a guard before it, and a photo that an open finding names.
    fn gate_with(folder: &std::path::Path, photo: &[u8]) -> (Gate, BlobId) {
        let support = App::open(folder, Ports::system(), None).expect("a new store");
        let call = |name: &str, arguments: Value| -> Value {
            let answer = support.dispatch(name, &arguments.to_string()).expect("it is carried out");
            serde_json::from_str(&answer).expect("JSON")
        };
        let guard = call("person.save", json!({"name": "李明"}))["id"].clone();
        call("person.grant", json!({"person": guard, "role": "guard"}));
        let id = support.store().put_blob(photo).expect("room on the disk");
        let named = json!({"blob": id.to_string(), "mime": "image/jpeg", "size": photo.len(), "taken_at": 1, "source": "camera"});
        call("finding.report", json!({"description": "门把手松动", "photos": [named]}));
        let gate = gate_to(folder);
        let switch = json!({"person": guard}).to_string();
        gate.app().expect("the store").dispatch("person.switch", &switch).expect("a guard needs no PIN");
        (gate, id)
    }

    fn ask(gate: &Gate, method: Method, address: &str) -> Response<Bytes> {
        let request = Request::builder().method(method).uri(address).body(Vec::new()).expect("a request");
        respond(&request, |name| read(gate, name))
    }

    #[test]
    fn a_photo_is_shown_to_who_sees_what_names_it_and_kept_by_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (gate, id) = gate_with(folder.path(), JPEG);
        for address in [format!("rounds-blob://localhost/{id}"), format!("http://rounds-blob.localhost/{id}?again")] {
            let response = ask(&gate, Method::GET, &address);
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpeg");
            assert_eq!(response.headers()[header::CACHE_CONTROL], BY_NOTHING);
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(&**response.body(), JPEG);
        }
        assert!(ask(&gate, Method::HEAD, &format!("rounds-blob://localhost/{id}")).body().is_empty());
        gate.app().expect("the store").dispatch("person.switch", "{}").expect("nobody stands there");
        let response = ask(&gate, Method::GET, &format!("rounds-blob://localhost/{id}"));
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn nothing_but_stored_photos_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (gate, id) = gate_with(folder.path(), JPEG);
        let id = id.to_string();
        let upper = id.to_uppercase();
        for path in [
            "",
            "rounds.sqlite3",
            "../rounds.sqlite3",
            "%2e%2e/rounds.sqlite3",
            "blobs",
            &"0".repeat(64),
            &upper,
            &id[1..],
        ] {
            let response = ask(&gate, Method::GET, &format!("rounds-blob://localhost/{path}"));
            assert_eq!((response.status(), response.body().len()), (StatusCode::NOT_FOUND, 0), "{path}");
        }
        let longer = ask(&gate, Method::GET, &format!("rounds-blob://localhost/{id}/more"));
        assert_eq!(longer.status(), StatusCode::NOT_FOUND);
        assert_eq!(
            ask(&gate, Method::POST, &format!("rounds-blob://localhost/{id}")).status(),
            StatusCode::METHOD_NOT_ALLOWED
        );
    }

    #[test]
    fn bytes_that_are_no_picture_are_never_taken_for_a_page() {
        let folder = tempfile::tempdir().expect("a folder");
        let (gate, id) = gate_with(folder.path(), b"<!doctype html><script>");
        let response = ask(&gate, Method::GET, &format!("rounds-blob://localhost/{id}"));
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(response.headers()[header::CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox");
    }
}
