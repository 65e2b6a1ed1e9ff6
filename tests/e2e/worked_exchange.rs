//! The worked exchange of `docs/protocol.md`, sent to a real server.

use std::collections::BTreeMap;

use rounds_tests::{TestServer, scratch_folder};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::http::client;

const DOCUMENT: &str = include_str!("../../docs/worked-exchange.http");

/// What `{{name}}` stands for.
type Names = BTreeMap<String, String>;

fn fill(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

/// Compares an answer with what the document expects; a `{{name}}` that is not known yet takes the value it meets.
fn compare(expected: &Value, actual: &Value, names: &mut Names) {
    match (expected, actual) {
        (Value::String(text), Value::String(met)) if text.starts_with("{{") => {
            let name = text.trim_matches(['{', '}']).to_owned();
            assert_eq!(names.entry(name).or_insert_with(|| met.clone()), met);
        }
        (Value::Object(expected), Value::Object(actual)) => {
            assert_eq!(expected.keys().collect::<Vec<_>>(), actual.keys().collect::<Vec<_>>());
            expected.iter().for_each(|(key, value)| compare(value, &actual[key], names));
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len());
            expected.iter().zip(actual).for_each(|(expected, actual)| compare(expected, actual, names));
        }
        _ => assert_eq!(expected, actual),
    }
}

#[test]
fn the_worked_exchange_replays() {
    let folder = scratch_folder();
    let mut server = TestServer::init(folder.path(), &[]);
    server.start();
    let mut names = Names::from([("code".to_owned(), server.enrol_code(&[]))]);
    let mut steps = 0;
    for step in DOCUMENT.split("\n### ").skip(1) {
        let (request, expected) = step.split_once("\n<<< ").expect("an answer to each request");
        let mut lines = request.lines().skip(1).filter(|line| !line.is_empty());
        let (method, path) = lines.next().and_then(|line| line.split_once(' ')).expect("a request line");
        let url = format!("{}{}", server.address(), fill(path, &names));
        let (headers, body): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("Authorization: "));
        let body = fill(&body.concat(), &names);
        let method = method.parse().expect("a method");
        let mut call = client().request(method, url);
        for header in headers {
            let value = header.split_once(": ").expect("a header").1;
            call = call.header("authorization", fill(value, &names));
        }
        names.insert("digest of this body".into(), hex::encode(Sha256::digest(body.as_bytes())));
        let answer = call.body(body).send().expect("an answer");
        let (status, expected) = expected.split_once('\n').expect("a status");
        let (actual_status, actual) = (answer.status().as_u16(), answer.json::<Value>().expect("JSON"));
        assert_eq!(status.trim(), actual_status.to_string(), "{request}\n{actual}");
        let expected: Value = serde_json::from_str(&fill(expected.trim(), &names)).expect("the document holds JSON");
        compare(&expected, &actual, &mut names);
        steps += 1;
    }
    assert!(steps >= 6, "the document has only {steps} steps");
}
