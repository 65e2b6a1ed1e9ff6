//! What every request must pass, and what every answer says to the browser.

use std::net::SocketAddr;

use app::CommandError;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use wire::ProblemType;

use crate::answer::Failure;
use crate::body;
use crate::gate::{Caller, SessionCookie};
use crate::state::DoorState;

/// Our own pages send it with whatever is more than looking: `1`, or `auto` where the page acts by itself.
/// A page of somebody else cannot, unless we allowed it to.
const OURS: &str = "x-rounds";
const BY_ITSELF: &str = "auto";
/// Names the person whom the page shows as working.
const SHOWN: &str = "x-rounds-person";

/// What a page may load and do: everything that is ours, and nothing else.
///
/// The screens set styles by script alone, so none may stand in a page; the decoder of codes is WebAssembly.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // With `no-referrer`, some browsers would not say of our own pages' requests where they come from.
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// Adds to every answer what it says to the browser; a policy that an answer has of its own stays.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(PAGE_POLICY));
    response
}

/// Lets a request through that is meant for us and comes from our own pages, and notes who it is.
pub(crate) async fn admit(State(door): State<DoorState>, mut request: Request, next: Next) -> Response {
    match caller(&door, &request) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => {
            body::drain(request.into_body()).await;
            Failure(error).into_response()
        }
    }
}

fn caller(door: &DoorState, request: &Request) -> Result<Caller, CommandError> {
    let headers = request.headers();
    let host = host(request).ok_or_else(|| CommandError::new(ProblemType::NotOurs, "the request names no host"))?;
    if !door.gate.admits_host(&host) {
        return Err(CommandError::new(ProblemType::NotOurs, format_args!("nothing is served under the name {host}")));
    }
    check_origin(request.method(), request.uri().path(), headers, &host)?;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    // Only a proxy on this machine is believed what it says of its own callers.
    let proxied = |name: &str| text(headers, name).filter(|_| peer.is_some_and(|peer| peer.is_loopback()));
    let forwarded = proxied("x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    let is_secure = door.gate.speaks_tls()
        || proxied("x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
    Ok(Caller {
        session: cookie(headers, &door.gate.cookie_name(is_secure)),
        address: forwarded.or(peer),
        shown: text(headers, SHOWN).map(str::to_owned),
        host,
        is_secure,
        is_by_itself: text(headers, OURS) == Some(BY_ITSELF),
    })
}

/// Refuses what the page of somebody else makes a browser ask.
fn check_origin(method: &Method, path: &str, headers: &HeaderMap, host: &str) -> Result<(), CommandError> {
    let cross = |what: &str| {
        Err(CommandError::new(ProblemType::CrossSite, format_args!("{what}: only our own pages may ask this")))
    };
    let only_looks = matches!(*method, Method::GET | Method::HEAD);
    if only_looks && !path.starts_with("/app/") {
        return Ok(());
    }
    // `same-site` is not enough: every port of this machine is one site.
    if text(headers, "sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return cross("Sec-Fetch-Site");
    }
    let is_of_host = |origin: &str| origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host));
    if headers.get(header::ORIGIN).is_some() && !text(headers, "origin").is_some_and(is_of_host) {
        return cross("Origin");
    }
    if !only_looks && !text(headers, OURS).is_some_and(|value| matches!(value, "1" | BY_ITSELF)) {
        return cross("X-Rounds");
    }
    Ok(())
}

fn host(request: &Request) -> Option<String> {
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = match named.next() {
        Some(host) if named.next().is_none() => host.to_str().ok()?,
        Some(_) => return None,
        None => request.uri().authority()?.as_str(),
    };
    Some(host.to_ascii_lowercase())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The value of the cookie `name`.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// The header that changes the cookie `name`.
pub(crate) fn set_cookie(name: &str, cookie: &SessionCookie, is_secure: bool) -> Result<HeaderValue, CommandError> {
    let (value, seconds) = match cookie {
        SessionCookie::Set(value, seconds) => (value.as_str(), *seconds),
        SessionCookie::Clear => ("", 0),
    };
    let secure = if is_secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(text).map_err(|error| CommandError::internal(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: Method, path: &str, headers: &[(&'static str, &'static str)], expected: bool) {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let passed = check_origin(&method, path, &pairs.collect(), "127.0.0.1:8787").is_ok();
        assert_eq!(passed, expected, "{method} {path} {headers:?}");
    }

    #[test]
    fn only_our_own_pages_do_more_than_look() {
        let ours = ("x-rounds", "1");
        check(Method::POST, "/app/call/today.get", &[ours], true);
        check(Method::POST, "/app/call/today.get", &[("x-rounds", "auto")], true);
        check(Method::POST, "/app/call/today.get", &[], false);
        check(Method::POST, "/app/call/today.get", &[("x-rounds", "")], false);
        check(Method::POST, "/", &[], false);
        check(Method::PUT, "/app/blobs", &[ours, ("origin", "http://127.0.0.1:8787")], true);
        for origin in ["http://evil.example", "http://127.0.0.1:9999", "http://127.0.0.1", "null", ""] {
            check(Method::POST, "/app/call/today.get", &[ours, ("origin", origin)], false);
        }
        check(Method::POST, "/app/call/today.get", &[ours, ("sec-fetch-site", "same-origin")], true);
        for site in ["cross-site", "same-site"] {
            check(Method::POST, "/app/call/today.get", &[ours, ("sec-fetch-site", site)], false);
            check(Method::GET, "/app/events", &[("sec-fetch-site", site)], false);
            check(Method::GET, "/", &[("sec-fetch-site", site)], true);
        }
        check(Method::GET, "/app/events", &[], true);
    }

    #[test]
    fn a_cookie_is_found_among_others_and_is_for_us_alone() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; rounds-80=secret"));
        headers.append(header::COOKIE, HeaderValue::from_static("rounds-8080=other"));
        assert_eq!(cookie(&headers, "rounds-80").as_deref(), Some("secret"));
        assert_eq!(cookie(&headers, "rounds-8080").as_deref(), Some("other"));
        assert_eq!(cookie(&headers, "rounds"), None);
        let set = set_cookie("rounds-80", &SessionCookie::Set("secret".into(), 60), true).expect("a header");
        assert_eq!(set, "rounds-80=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
        let cleared = set_cookie("rounds-80", &SessionCookie::Clear, false).expect("a header");
        assert_eq!(cleared, "rounds-80=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }
}
