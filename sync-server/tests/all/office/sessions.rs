//! Sessions: how they begin, and that nothing opens the door but they.

use serde_json::{Value, json};

use super::{Browser, demo, school};
use crate::support::*;

#[test]
fn the_cookie_is_for_the_browser_alone_and_ends_with_the_session() {
    let (server, account) = school(&["--demo"]);
    let browser = Browser::at(&server);
    let arguments = json!({"name": account["name"], "password": account["password"]});
    let answer = browser.post("door.sign_in", &arguments);
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains("Secure"), "without TLS it would never come back: {cookie}");
    let held = browser.copied();
    assert_eq!(held.account()["name"], "admin");
    let out = browser.post("door.sign_out", &json!({}));
    assert!(out.header("set-cookie").expect("it is cleared").contains("Max-Age=0"));
    for name in ["today.get", "account.list"] {
        assert_eq!(held.refused(name, json!({})), (401, "signed-out".to_owned()), "{name}");
    }
    assert_eq!(held.account(), Value::Null);
}

#[test]
fn behind_a_proxy_with_tls_on_this_machine_the_cookie_is_secure() {
    let (server, account) = school(&["--demo"]);
    let body = json!({"name": account["name"], "password": account["password"]}).to_string();
    let headers = [("x-rounds", "1"), ("x-forwarded-proto", "https")];
    let answer = server.send("POST", "/app/call/door.sign_in", &headers, body.as_bytes());
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-") && cookie.ends_with("; Secure"), "{cookie}");
}

#[test]
fn nothing_opens_the_door_but_a_session() {
    let (server, browser) = demo();
    let real = browser.cookie.borrow().clone().expect("a cookie");
    let (name, value) = real.split_once('=').expect("a pair");
    for cookie in [String::new(), format!("{name}="), format!("{name}={}", "A".repeat(43)), format!("other={value}")] {
        let stranger = Browser::at(&server);
        *stranger.cookie.borrow_mut() = Some(cookie.clone());
        for name in ["today.get", "record.list", "account.list", "office.enrol_code", "door.begin", "no.such"] {
            let arguments = match name {
                "door.begin" => json!({"person_name": "x", "password": "kitchen-7-lamp"}),
                _ => json!({}),
            };
            assert_eq!(stranger.refused(name, arguments), (401, "signed-out".to_owned()), "{name} {cookie}");
        }
        assert_eq!(stranger.ask("GET", "/app/events", b"").status, 401);
        assert_eq!(stranger.ask("PUT", "/app/blobs", b"\xff\xd8\xff").status, 401);
        assert_eq!(stranger.ask("GET", &format!("/app/blobs/{}", sha256(b"x")), b"").status, 401);
    }
    let bearer = server.tablet();
    let answer = bearer.send("POST", "/app/call/today.get", &[("x-rounds", "1")], b"{}");
    assert_eq!(answer.status, 401, "a tablet's token is no session");
    let session = [("cookie", real.as_str())];
    assert_eq!(server.send("GET", "/v1/pull", &session, b"").problem(), "unauthorised", "and a session is no token");
}

#[test]
fn a_page_of_a_stranger_can_make_the_browser_ask_for_nothing() {
    let (server, browser) = demo();
    let cookie = browser.cookie.borrow().clone().expect("a cookie");
    let ask = |headers: &[(&str, &str)]| {
        let headers = [headers, &[("cookie", cookie.as_str())]].concat();
        server.send("POST", "/app/call/today.get", &headers, b"{}").status
    };
    assert_eq!(ask(&[("x-rounds", "1"), ("origin", &server.url)]), 200);
    assert_eq!(ask(&[]), 403);
    assert_eq!(ask(&[("x-rounds", "1"), ("origin", "http://evil.example")]), 403);
    assert_eq!(ask(&[("x-rounds", "1"), ("sec-fetch-site", "same-site")]), 403);
}

#[test]
fn whoever_guesses_has_to_wait_and_is_told_how_long() {
    let (server, account) = school(&["--demo"]);
    let browser = Browser::at(&server);
    for _ in 0..5 {
        let guess = json!({"name": "admin", "password": "guess"});
        assert_eq!(browser.refused("door.sign_in", guess), (401, "wrong-password".to_owned()));
    }
    let arguments = json!({"name": account["name"], "password": account["password"]});
    let waiting = browser.post("door.sign_in", &arguments);
    assert_eq!((waiting.status, waiting.problem().as_str()), (429, "wait"), "even the right one is not looked at");
    let wait = waiting.json()["wait_s"].as_u64().expect("seconds");
    assert!((20..=30).contains(&wait), "{wait}");
    assert_eq!(waiting.header("retry-after"), Some(wait.to_string().as_str()));
    let nobody = json!({"name": "nobody", "password": "guess"});
    assert_eq!(
        browser.refused("door.sign_in", nobody).1,
        "wrong-password",
        "nobody's name is answered like a wrong password"
    );
}

#[test]
fn a_password_from_the_command_line_ends_every_session() {
    let (server, browser) = demo();
    assert_eq!(browser.account()["name"], "admin");
    let made = server.cli(&["account", "password", "admin"]);
    assert_eq!(browser.refused("today.get", json!({})), (401, "signed-out".to_owned()));
    browser.sign_in(&made);
    assert_eq!(browser.account()["name"], "admin");
}
