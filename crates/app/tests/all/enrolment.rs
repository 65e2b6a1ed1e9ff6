//! Becoming a device by what somebody typed or pasted.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use serde_json::{Value, json};

use crate::support::Tablet;

/// A server that answers so many calls and hands on what it was sent.
fn server(answers: Vec<(u16, Value)>) -> (String, Receiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for (status, answer) in answers {
            let (mut stream, _) = listener.accept().expect("a call");
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).expect("a line");
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a length");
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            sender.send(serde_json::from_slice(&body).expect("JSON")).expect("somebody listens");
            let text = answer.to_string();
            let kind = if status < 400 { "application/json" } else { "application/problem+json" };
            write!(
                stream,
                "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                text.len()
            )
            .expect("an answer");
        }
    });
    (address, receiver)
}

fn membership(organisation: u128) -> (u16, Value) {
    let answer = json!({
        "token": "t0", "device": "0199a1f0-0000-7000-8000-0000000000dd",
        "organisation": {"id": uuid::Uuid::from_u128(organisation), "name": "实验学校"},
        "scopes": null, "epoch": "0199a1f0-0000-7000-8000-0000000000ee",
    });
    (201, answer)
}

#[test]
fn a_code_typed_in_any_way_enrols_the_device() {
    let typed = ["7kq4m-2xw9d", " 7KQ4M 2XW9D ", "７ｋｑ４ｍ－２ｘｗ９ｄ", "7KQ4M2XW9D"];
    for code in typed {
        let (address, sent) = server(vec![membership(1)]);
        let tablet = Tablet::new();
        let arguments = json!({"server": format!(" {address}/ "), "code": code, "device_name": "平板 1"});
        let enrolled = tablet.shared().call("sync.enrol", arguments);
        assert_eq!(sent.recv().expect("a call")["code"], "7KQ4M2XW9D", "{code}");
        assert_eq!(enrolled["organisation"]["name"], "实验学校");
        let status = tablet.shared().call("sync.status", json!({}));
        assert_eq!((&status["device_name"], &status["server"]), (&json!("平板 1"), &json!(address)));
        assert_eq!((&status["badge"], &status["badge_reason"]), (&json!("sending"), &json!("unread")));
        assert_eq!(tablet.shared().call("door.get", json!({}))["organisation"]["name"], "实验学校");
    }
}

#[test]
fn a_whole_link_is_enough_wherever_it_is_pasted() {
    for in_code in [true, false] {
        let (address, sent) = server(vec![membership(1)]);
        let link = format!("{address}/#/enrol?code=7KQ4M-2XW9D");
        let arguments = if in_code { json!({"code": link}) } else { json!({"server": link, "code": ""}) };
        let enrolled = Tablet::new().shared().call("sync.enrol", arguments);
        assert_eq!(enrolled["server"], json!(address));
        assert_eq!(sent.recv().expect("a call")["code"], "7KQ4M2XW9D");
    }
}

#[test]
fn each_way_to_fail_has_a_code_of_its_own() {
    let tablet = Tablet::new();
    let hand = tablet.shared();
    let refusal = |server: &str, code: &str| hand.refusal("sync.enrol", json!({"server": server, "code": code}));
    let wrong = json!({"type": "urn:rounds:problem:enrol-refused", "title": "no", "status": 403});
    let (address, _sent) = server(vec![(403, wrong)]);
    assert_eq!(refusal(&address, "AAAAA-AAAAA"), ("enrol-refused".into(), Some("code".into())));
    assert_eq!(refusal("http://127.0.0.1:1", "AAAAA-AAAAA"), ("unreachable".into(), Some("server".into())));
    for bad in ["", "ftp://rounds.example.cn", "http://", "http://me@rounds.example.cn", "在 哪里", "http://x:99999"]
    {
        assert_eq!(refusal(bad, "AAAAA-AAAAA"), ("bad-address".into(), Some("server".into())), "{bad}");
    }
    for bad in ["", "  ", "编号一", "AAAAA/AAAAA", &"A".repeat(100)] {
        assert_eq!(refusal("http://127.0.0.1:1", bad), ("bad-code".into(), Some("code".into())), "{bad}");
    }
    let portal = json!({"welcome": "wifi"});
    let (address, _sent) = server(vec![(200, portal)]);
    assert_eq!(refusal(&address, "AAAAA-AAAAA").0, "unreachable");
    assert_eq!(hand.call("sync.status", json!({}))["device"], Value::Null, "nothing has changed");
}

#[test]
fn a_code_of_another_organisation_is_refused() {
    let (address, _sent) = server(vec![membership(1), membership(2)]);
    let tablet = Tablet::new();
    let hand = tablet.shared();
    let arguments = json!({"server": address, "code": "AAAAA-AAAAA"});
    hand.call("sync.enrol", arguments.clone());
    assert_eq!(hand.refusal("sync.enrol", arguments).0, "other-organisation");
    assert_eq!(hand.call("sync.status", json!({}))["organisation"]["id"], json!(uuid::Uuid::from_u128(1)));
}
