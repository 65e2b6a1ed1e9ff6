//! The browser's door, asked by friends and by strangers.

mod client;
mod photos;
mod sheets;

use std::time::{Duration, Instant};

use serde_json::json;

use client::Open;

const OURS: &str = "x-rounds";

#[test]
fn the_link_opens_the_door_once_and_for_nobody_who_only_looks() {
    let door = Open::start();
    let ours = (OURS, "1".to_owned());
    assert_eq!(door.ask("GET", "/", &[], b"").status, 401);
    assert_eq!(door.ask("GET", "/open/guess", &[], b"").status, 410);
    let opened = door.follow_link();
    assert_eq!(opened.status, 200);
    let cookie = &opened.headers["set-cookie"];
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert_eq!(door.follow_link().status, 410, "the link is used up");
    let held = ("cookie", cookie.split(';').next().expect("a cookie").to_owned());
    assert_eq!(door.ask("GET", "/", std::slice::from_ref(&held), b"").status, 200);
    assert_eq!(door.ask("POST", "/app/call/sync.status", &[held, ours], b"{}").status, 200);
}

#[test]
fn an_answer_is_packed_when_it_is_long_enough_to_be_worth_it() {
    let door = Open::start();
    let headers = [door.cookie(), (OURS, "1".to_owned()), ("accept-encoding", "zstd, gzip".to_owned())];
    let short = door.ask("POST", "/app/call/sync.status", &headers, b"{}");
    assert_eq!((short.status, short.headers.get("content-encoding")), (200, None));
    let long = door.ask("POST", "/app/call/template.list", &headers, b"{}");
    assert_eq!((long.status, long.headers.get("content-encoding").map(String::as_str)), (200, Some("zstd")));
}

#[test]
fn a_forged_cookie_opens_nothing() {
    let door = Open::start();
    let ours = (OURS, "1".to_owned());
    let (_, real) = door.cookie();
    let (name, value) = real.split_once('=').expect("a cookie");
    let forged = [
        String::new(),
        format!("{name}="),
        format!("{name}={}", "A".repeat(value.len())),
        format!("{name}={}", &value[..value.len() - 1]),
        format!("{name}={value}x"),
        format!("other={value}"),
    ];
    for cookie in forged {
        let held = ("cookie", cookie.clone());
        for (method, path) in [("POST", "/app/call/sync.status"), ("GET", "/app/events"), ("PUT", "/app/blobs")] {
            let refused = door.ask(method, path, &[held.clone(), ours.clone()], b"{}");
            assert_eq!((refused.status, refused.code().as_str()), (401, "signed-out"), "{method} {path} {cookie}");
        }
        let blob = format!("/app/blobs/{}", "0".repeat(64));
        assert_eq!(door.ask("GET", &blob, &[held], b"").status, 401);
    }
}

#[test]
fn the_page_of_a_stranger_can_ask_for_nothing() {
    let door = Open::start();
    let held = door.cookie();
    let ours = (OURS, "1".to_owned());
    let origin = |value: &str| ("origin", value.to_owned());
    let call = |headers: &[(&str, String)]| door.ask("POST", "/app/call/sync.status", headers, b"{}");
    assert_eq!(call(&[held.clone(), ours.clone(), origin(&format!("http://{}", door.address))]).status, 200);
    let stranger = [
        vec![held.clone()],
        vec![held.clone(), ours.clone(), origin("http://evil.example")],
        vec![held.clone(), ours.clone(), origin("null")],
        vec![held.clone(), ours.clone(), ("sec-fetch-site", "cross-site".to_owned())],
        vec![held.clone(), ours.clone(), ("sec-fetch-site", "same-site".to_owned())],
    ];
    for headers in stranger {
        let refused = call(&headers);
        assert_eq!((refused.status, refused.code().as_str()), (403, "cross-site"), "{headers:?}");
    }
    let photo = door.ask("PUT", "/app/blobs", std::slice::from_ref(&held), b"\xff\xd8\xff");
    assert_eq!((photo.status, photo.code().as_str()), (403, "cross-site"));
    let listening = door.ask("GET", "/app/events", &[held, ("sec-fetch-site", "cross-site".to_owned())], b"");
    assert_eq!(listening.status, 403);
}

#[test]
fn a_stranger_name_that_leads_to_this_machine_finds_nothing() {
    let door = Open::start();
    let (_, cookie) = door.cookie();
    let port = door.address.port();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        "127.0.0.1:1".to_owned(),
        format!("127.0.0.1.evil.example:{port}"),
        String::new(),
    ] {
        for path in ["/", "/app/events", "/open/x"] {
            let refused = door.ask_exactly("GET", path, &[("host", &host), ("cookie", &cookie)], b"");
            assert_eq!(refused.status, 400, "{host} {path}");
        }
        let headers = [("host", host.as_str()), ("cookie", &cookie), (OURS, "1")];
        assert_eq!(door.ask_exactly("POST", "/app/call/sync.status", &headers, b"{}").code(), "not-ours");
    }
    let twice = [("host", &*format!("127.0.0.1:{port}")), ("host", "evil.example"), ("cookie", &cookie)];
    assert_eq!(door.ask_exactly("GET", "/", &twice, b"").status, 400);
    let named = format!("localhost:{port}");
    assert_eq!(door.ask_exactly("GET", "/", &[("host", &named), ("cookie", &cookie)], b"").status, 200);
}

#[test]
fn what_cannot_be_understood_is_refused_and_never_the_fault_of_the_door() {
    let door = Open::start();
    let headers = [door.cookie(), (OURS, "1".to_owned())];
    let call = |name: &str, body: &[u8]| door.ask("POST", &format!("/app/call/{name}"), &headers, body);
    let refusals = [
        (call("no.such", b"{}"), 404, "unknown-command"),
        (call("%ff", b"{}"), 404, "unknown-command"),
        (call("sync.queue", b"{"), 400, "bad-arguments"),
        (call("sync.queue", b"[]"), 400, "bad-arguments"),
        (call("sync.queue", b"\xff\xfe"), 400, "bad-arguments"),
        (call("sync.queue", br#"{"limit":0}"#), 400, "bad-arguments"),
        (call("sync.queue", br#"{"more":1}"#), 400, "bad-arguments"),
        (call("record.save", br#"{"kind":"note","set":{}}"#), 403, "support-only"),
        (call("inspection.get", br#"{"id":"00000000-0000-0000-0000-000000000000"}"#), 404, "not-found"),
        (call("sync.queue", &vec![b' '; (2 << 20) + 1]), 413, "too-large"),
        (door.ask("GET", "/app/call/sync.queue", &headers, b""), 405, "method-not-allowed"),
        (door.ask("DELETE", "/", &headers, b""), 405, "method-not-allowed"),
        (door.ask("GET", "/app/nothing", &headers, b""), 404, "not-found"),
    ];
    for (answer, status, code) in refusals {
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{answer:?}");
    }
    assert_eq!(call("sync.queue", b"").json()["items"], json!([]), "no text is no arguments");
}

#[test]
fn no_path_leads_out_of_the_built_screens() {
    let door = Open::start();
    let held = [door.cookie()];
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/..\\Cargo.toml",
        "//etc/passwd",
        "/assets/%00",
        "/.env",
        "/Cargo.toml",
    ] {
        let answer = door.ask("GET", path, &held, b"");
        assert_eq!(answer.status, 404, "{path}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("[package]"), "{path}");
    }
}

#[test]
fn every_answer_tells_the_browser_to_be_careful() {
    let door = Open::start();
    let held = [door.cookie()];
    for path in ["/", "/nothing", "/app/nothing", "/open/x"] {
        let headers = door.ask("GET", path, &held, b"").headers;
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert!(headers["permissions-policy"].starts_with("camera=(self),"), "{path}");
        let policy = &headers["content-security-policy"];
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).expect("it is there");
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains(" 'unsafe-eval'"), "{scripts}");
        let styles = policy.split(';').find(|part| part.trim().starts_with("style-src")).expect("it is there");
        assert_eq!(styles.trim(), "style-src 'self'", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
    }
}

#[test]
fn a_page_hears_of_a_change_at_once() {
    let door = Open::start();
    let held = door.cookie();
    let mut lines = door.listen(std::slice::from_ref(&held));
    assert!(lines.by_ref().any(|line| line == "event: sync"), "the state of the exchange comes first");
    let headers = [held, (OURS, "1".to_owned())];
    let person = door.ask("POST", "/app/call/person.list", &headers, b"{}");
    assert_eq!(person.status, 200);
    let saving = replica::Save {
        kind: "person".to_owned(),
        set: vec![("name".to_owned(), causal::Value::from_json(&json!("王芳")))],
        ..replica::Save::default()
    };
    let id = door.app.store().save(saving).expect("it is kept").id;
    assert!(lines.by_ref().any(|line| line == "event: changed"));
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).expect("data");
    let change: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(change, json!({"kinds": ["person"], "ids": [id.to_string()]}));
}

#[test]
fn a_page_hears_nothing_of_what_nobody_there_sees() {
    let door = Open::start();
    let mut lines = door.listen(&[door.cookie()]);
    assert!(lines.by_ref().any(|line| line == "event: sync"), "the state of the exchange comes first");
    let save = |kind: &str| {
        let set = vec![("name".to_owned(), causal::Value::from_json(&json!("王芳")))];
        let saving = replica::Save { kind: kind.to_owned(), set, ..replica::Save::default() };
        door.app.store().save(saving).expect("it is kept")
    };
    save("health_certificate");
    save("finding");
    save("person");
    assert!(lines.by_ref().any(|line| line == "event: changed"));
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).expect("data");
    let change: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(
        change["kinds"],
        json!(["person"]),
        "who stands at the lock hears the names to choose from, and no more"
    );
}

#[test]
fn a_page_that_comes_back_is_told_that_anything_may_have_changed() {
    let door = Open::start();
    let mut lines = door.listen(&[door.cookie(), ("last-event-id", "1".to_owned())]);
    assert!(lines.any(|line| line == r#"data: {"ids":[],"kinds":[]}"#));
}

#[test]
fn a_stream_ends_when_the_program_does() {
    let door = Open::start();
    let mut lines = door.listen(&[door.cookie()]);
    assert!(lines.by_ref().any(|line| line == "event: sync"));
    door.stop();
    let ended = Instant::now();
    // What was on its way may still come; then nothing more does.
    lines.for_each(drop);
    assert!(ended.elapsed() < Duration::from_secs(5), "it ended by itself");
}
