//! Any bytes on any endpoint: a 4xx problem, never a 5xx, never a changed store.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::*;

/// A server, a device, and a record that must stay as it is.
struct Target {
    server: Server,
    device: Device,
    before: Vec<u8>,
}

impl Target {
    fn new() -> Self {
        let server = Server::new();
        let mut device = server.tablet();
        device.push(&[finding(1, 1, "a")]);
        let before = device.pull(None, 200).body;
        Self { server, device, before }
    }

    /// Runs `attack` with many inputs on one server.
    fn survives<S: Strategy>(strategy: S, attack: impl Fn(&Self, S::Value))
    where
        S::Value: std::fmt::Debug,
    {
        let target = Self::new();
        let config = ProptestConfig { cases: 150, max_shrink_iters: 50, ..ProptestConfig::default() };
        let run = TestRunner::new(config).run(&strategy, |input| {
            attack(&target, input);
            Ok(())
        });
        run.unwrap_or_else(|error| panic!("{error}"));
    }

    fn check_unchanged(&self) {
        assert_eq!(self.device.pull(None, 200).body, self.before, "the store has changed");
    }
}

/// Nothing under /v1 succeeds here, and what fails is a problem.
fn check_refused(response: &Response, context: &dyn std::fmt::Debug) {
    assert!((400..500).contains(&response.status), "{context:?}: {response:?}");
    response.problem();
}

const TARGETS: [&str; 7] = [
    "/v1/push",
    "/v1/pull?limit=0",
    "/v1/enrol",
    "/v1/records/x/history",
    "/v1/live?after=&after=",
    "/v1/blobs/00",
    "/v1/x",
];

fn encodings() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![None, Some("gzip"), Some("zstd"), Some("identity"), Some("br"), Some("\u{fffd}")])
}

/// One part of a push, and what stands there instead.
fn bent_part() -> impl Strategy<Value = (&'static str, Value)> {
    let junk = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        // What has the shape of some part, right or wrong.
        (0..4u64).prop_map(Value::from),
        "[a-z_]{1,8}".prop_map(Value::from),
        (0..3u128).prop_map(|number| id(number).into()),
        (0..2u64, 0..4u64).prop_map(|(replica, counter)| json!([[replica, counter]])),
        (0..2u64, 0..4u64).prop_map(|(replica, counter)| json!([[replica, counter, 5, null]])),
        (0..2u64).prop_map(|write| json!([[write, "b"]])),
        Just(json!([[0, 0], [0, 9_007_199_254_740_992_u64], [99, 1], ["x"]])),
    ];
    let parts = vec![
        "/epoch",
        "/replica",
        "/number",
        "/previous",
        "/replicas",
        "/replicas/0",
        "/records",
        "/records/0",
        "/records/0/id",
        "/records/0/kind",
        "/records/0/scope",
        "/records/0/version",
        "/records/0/version/0",
        "/records/0/version/0/1",
        "/records/0/writes",
        "/records/0/writes/0",
        "/records/0/writes/0/0",
        "/records/0/writes/0/2",
        "/records/0/writes/0/3",
        "/records/0/fields",
        "/records/0/fields/title",
        "/records/0/fields/title/0",
        "/records/0/fields/title/0/0",
    ];
    (prop::sample::select(parts), junk)
}

#[test]
fn any_bytes_as_a_body_are_refused() {
    let methods = vec!["POST", "GET", "PUT", "PATCH", "DELETE", "OPTIONS", "WHAT"];
    let inputs = (
        prop::sample::select(TARGETS.to_vec()),
        prop::sample::select(methods),
        encodings(),
        prop::collection::vec(any::<u8>(), 0..300),
    );
    Target::survives(inputs, |target, (place, method, encoding, body)| {
        let headers: Vec<_> = encoding.map(|encoding| ("content-encoding", encoding)).into_iter().collect();
        let response = target.device.send(method, place, &headers, &body);
        check_refused(&response, &(method, place, encoding));
        target.check_unchanged();
    });
}

#[test]
fn any_target_is_refused() {
    Target::survives(("[!-~]{0,60}", "[!-~]{0,60}", any::<bool>()), |target, (path, query, has_token)| {
        let path = format!("/v1/x{}?{}", path.replace(['#', '?'], ""), query.replace('#', ""));
        let response = match has_token {
            true => target.device.send("GET", &path, &[], b""),
            false => target.server.send("GET", &path, &[], b""),
        };
        // What is not HTTP at all is refused before there is a request, and without a body.
        if response.status != 400 || !response.body.is_empty() {
            check_refused(&response, &path);
        }
    });
}

#[test]
fn a_bent_push_never_fails_the_server_and_changes_nothing_when_refused() {
    let judged = AtomicUsize::new(0);
    Target::survives(bent_part(), |target, (part, junk)| {
        // Each is the first push of a new replica, so that nothing is refused for its place in a chain.
        let replica = uuid::Uuid::new_v4().to_string();
        let device = Device { replica, number: 0, previous: None, ..target.device.clone() };
        let mut push: Value = serde_json::from_slice(&device.body(&[finding(1, 1, "a")])).expect("is JSON");
        *push.pointer_mut(part).expect("the part is there") = junk;
        let before = device.pull(None, 200).body;
        let response = device.send("POST", "/v1/push", &[], push.to_string().as_bytes());
        if response.status != 200 {
            check_refused(&response, &push);
        } else {
            judged.fetch_add(1, Ordering::Relaxed);
            if response.json()["results"][0]["outcome"] == "merged" {
                return; // Bent into something that is right.
            }
        }
        assert_eq!(device.pull(None, 200).body, before, "{push}");
    });
    let judged = judged.into_inner();
    // About every seventh does; so few would mean that the chain turns them away.
    assert!(judged > 3, "only {judged} reached the judging of their records");
}

/// A header of a part of a blob: numbers that fit, numbers that do not, and no numbers.
fn bent_number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..40u64).prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        "[!-~]{0,12}",
    ]
}

#[test]
fn a_bent_part_of_a_blob_never_fails_the_server_and_becomes_no_other_blob() {
    let name = sha256(b"photo");
    let inputs = (bent_number(), bent_number(), encodings(), prop::collection::vec(any::<u8>(), 0..40));
    Target::survives(inputs, |target, (offset, length, encoding, bytes)| {
        let mut headers = vec![("upload-offset", offset.as_str()), ("upload-length", length.as_str())];
        headers.extend(encoding.map(|encoding| ("content-encoding", encoding)));
        let response = target.device.send("PATCH", &format!("/v1/blobs/{name}"), &headers, &bytes);
        if response.status != 204 {
            check_refused(&response, &headers);
        }
        assert!(target.device.blob(&name).is_none_or(|kept| kept == b"photo"));
        let range = [("range", offset.as_str()), ("if-range", length.as_str())];
        check_refused(&target.device.send("GET", &format!("/v1/blobs/{name}"), &range, b""), &range);
        target.check_unchanged();
    });
}

#[test]
fn bytes_that_are_no_http_never_stop_the_server() {
    Target::survives(prop::collection::vec(any::<u8>(), 1..400), |target, bytes| {
        let bytes = [bytes.as_slice(), b"\r\n\r\n"].concat();
        if let Some(response) = raw(target.server.address, &bytes) {
            assert!((400..500).contains(&response.status), "{response:?}");
        }
        target.check_unchanged();
    });
}

#[test]
fn absurd_heads_are_refused() {
    let target = Target::new();
    let huge = "x".repeat(60_000);
    let many: Vec<(String, &str)> = (0..90).map(|n| (format!("x-{n}"), "y")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    check_refused(&target.device.send("GET", &format!("/v1/pull?after={huge}"), &[], b""), &"a long query");
    check_refused(&target.server.send("GET", "/v1/pull", &[("authorization", &huge)], b""), &"a long token");
    check_refused(&target.server.send("GET", "/v1/pull", &many, b""), &"many headers");
    check_refused(&target.device.send("GET", "/v1/pull?limit=0", &[("x-large", &huge)], b""), &"a large header");
    let enormous = "x".repeat(2_000_000);
    let request = format!("GET /v1/pull HTTP/1.1\r\nhost: x\r\nx-large: {enormous}\r\n\r\n");
    if let Some(response) = raw(target.server.address, request.as_bytes()) {
        assert!((400..500).contains(&response.status), "{response:?}");
    }
    target.check_unchanged();
}

#[test]
fn a_body_that_ends_too_early_is_refused() {
    let target = Target::new();
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: 500\r\n\r\n{{",
        target.device.token
    );
    let mut stream = std::net::TcpStream::connect(target.server.address).expect("the server listens");
    std::io::Write::write_all(&mut stream, head.as_bytes()).expect("is sent");
    stream.shutdown(std::net::Shutdown::Write).expect("is shut");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).expect("a timeout");
    let mut answer = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut answer).expect("the server closes");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    target.check_unchanged();
}
