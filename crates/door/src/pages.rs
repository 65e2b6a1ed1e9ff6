//! The built screens, and what stands in their place.

use app::CommandError;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;
use wire::ProblemType;

use crate::answer::Failure;
use crate::gate::Caller;
use crate::guard;
use crate::notice::{Notice, STYLE, STYLE_PATH};
use crate::state::DoorState;

/// What the build of `ui/` left; in the program itself in a release, read from the folder otherwise.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

const INDEX: &str = "index.html";
/// The build names what is in here after its content.
const HASHED: &str = "assets/";

/// Whether the screens were built.
pub fn is_built() -> bool {
    Built::get(INDEX).is_some()
}

pub(crate) async fn page(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(CommandError::new(ProblemType::MethodNotAllowed, "pages are only looked at").into());
    }
    let path = uri.path().trim_start_matches('/').to_owned();
    let path = if path.is_empty() { INDEX.to_owned() } else { path };
    if path == INDEX {
        let gate = door.gate.clone();
        if let Some(notice) = DoorState::blocking(&door.calls, move || gate.notice(&caller)).await? {
            return Ok(notice.into_response());
        }
    }
    let wants_page =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().windows(9).any(|part| part == b"text/html"));
    let found = tokio::task::spawn_blocking(move || find(&path, &headers)).await;
    match found.map_err(|error| CommandError::internal(&error))? {
        // Whoever is no browser is told in the form of every other refusal.
        Err(Notice::NotThere) if !wants_page => Err(CommandError::not_found("there is nothing at this address").into()),
        found => Ok(found.unwrap_or_else(|notice| notice.into_response())),
    }
}

/// `GET /open/{secret}`
pub(crate) async fn open(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    method: Method,
    headers: HeaderMap,
    secret: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    // Whoever only looks ahead does not use the link up.
    if method == Method::HEAD || headers.contains_key("sec-purpose") || headers.contains_key("purpose") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let Ok(Path(secret)) = secret else { return Ok(Notice::LinkUsed.into_response()) };
    let gate = door.gate.clone();
    let Some(cookie) = DoorState::blocking(&door.calls, move || gate.open(&secret)).await? else {
        return Ok(Notice::LinkUsed.into_response());
    };
    // A redirect from the page of somebody else would come without the cookie that it brings.
    let mut response =
        Html(r#"<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>校园巡检</title>"#).into_response();
    let value = guard::set_cookie(&door.gate.cookie_name(caller.is_secure), &cookie, caller.is_secure)?;
    response.headers_mut().insert(header::SET_COOKIE, value);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn find(path: &str, headers: &HeaderMap) -> Result<Response, Notice> {
    if !is_plain(path) {
        return Err(Notice::NotThere);
    }
    if path == STYLE_PATH {
        return Ok(
            ([(header::CONTENT_TYPE, media_type(path)), (header::CACHE_CONTROL, "no-cache")], STYLE).into_response()
        );
    }
    let missing = if path == INDEX { Notice::NotBuilt } else { Notice::NotThere };
    let file = Built::get(path).ok_or(missing)?;
    let tag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()));
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(file.data.into_owned()).into_response(),
    };
    let cache = match path {
        INDEX => "no-store",
        path if path.starts_with(HASHED) => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    if path != INDEX {
        out.extend(HeaderValue::try_from(tag).ok().map(|tag| (header::ETAG, tag)));
    }
    Ok(response)
}

/// Whether a path is one that the build makes: names of plain letters, and no way up.
fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-~@+".contains(&b))
    };
    path.split('/').all(is_name)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "wasm" => "application/wasm",
        "mp3" => "audio/mpeg",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_a_build_makes_are_looked_for() {
        for path in ["index.html", "icon.svg", "assets/index-B2x_9.js", "fonts/a.b.woff2"] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "../Cargo.toml",
            "assets/../../x",
            "assets//x",
            "a/./b",
            ".env",
            "a/.git/x",
            "a%2fb",
            "a\\b",
            "c:/x",
            "/etc/passwd",
            "a\0b",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
