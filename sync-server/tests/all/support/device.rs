//! A tablet's side of the protocol, as plain JSON.

use std::net::SocketAddr;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Response, send};

/// The id of a record.
pub(crate) fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

/// A finding with one write of the message's first replica.
pub(crate) fn finding(number: u128, counter: u64, title: &str) -> Value {
    json!({"id": id(number), "kind": "finding", "scope": null, "version": [[0, counter]],
        "writes": [[0, counter, 5, null]], "fields": {"title": [[0, title]]}})
}

/// A finding whose one write names these blobs.
pub(crate) fn finding_with_photos(number: u128, counter: u64, scope: Option<&str>, names: &[&str]) -> Value {
    let mut record = finding(number, counter, "");
    let photos: Vec<Value> = names.iter().map(|name| json!({"blob": name, "mime": "image/jpeg"})).collect();
    record["scope"] = json!(scope);
    record["fields"] = json!({"photos": [[0, photos]]});
    record
}

/// The name of a blob.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// An enrolled device and its end of the push chain.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    pub(crate) device: String,
    pub(crate) epoch: String,
    pub(crate) replica: String,
    pub(crate) number: u64,
    pub(crate) previous: Option<String>,
}

impl Device {
    pub(crate) fn enrol(address: SocketAddr, code: &str) -> Self {
        let replica = Uuid::new_v4().to_string();
        let body = json!({"code": code, "device_name": "平板", "replica": replica}).to_string();
        let response = send(address, "POST", "/v1/enrol", &[], body.as_bytes());
        assert_eq!(response.status, 201, "{response:?}");
        let answer = response.json();
        let text = |name: &str| answer[name].as_str().expect("a text").to_owned();
        let (token, device, epoch) = (text("token"), text("device"), text("epoch"));
        Self { address, token, device, epoch, replica, number: 0, previous: None }
    }

    pub(crate) fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        let bearer = format!("Bearer {}", self.token);
        send(self.address, method, target, &[&[("authorization", bearer.as_str())], headers].concat(), body)
    }

    /// The body of the next push.
    pub(crate) fn body(&self, records: &[Value]) -> Vec<u8> {
        let push = json!({"epoch": self.epoch, "replica": self.replica, "number": self.number + 1,
            "previous": self.previous, "replicas": [self.replica], "records": records});
        push.to_string().into_bytes()
    }

    /// Notes that `body` was taken.
    pub(crate) fn taken(&mut self, body: &[u8]) {
        self.number += 1;
        self.previous = Some(hex::encode(Sha256::digest(body)));
    }

    pub(crate) fn push(&mut self, records: &[Value]) -> Value {
        let body = self.body(records);
        let response = self.send("POST", "/v1/push", &[], &body);
        assert_eq!(response.status, 200, "{response:?}");
        self.taken(&body);
        response.json()
    }

    /// Sends a part of a blob.
    pub(crate) fn patch(&self, name: &str, offset: usize, total: usize, bytes: &[u8]) -> Response {
        let (offset, total) = (offset.to_string(), total.to_string());
        let headers = [("upload-offset", offset.as_str()), ("upload-length", total.as_str())];
        self.send("PATCH", &format!("/v1/blobs/{name}"), &headers, bytes)
    }

    /// Sends a whole blob, and gives its name.
    pub(crate) fn upload(&self, bytes: &[u8]) -> String {
        let name = sha256(bytes);
        let answer = self.patch(&name, 0, bytes.len(), bytes);
        assert_eq!(answer.status, 204, "{answer:?}");
        name
    }

    /// What the server says it has of a blob: where it ends, and whether that is all.
    pub(crate) fn progress(&self, name: &str) -> Option<(u64, bool)> {
        let answer = self.send("HEAD", &format!("/v1/blobs/{name}"), &[], b"");
        if answer.status == 404 {
            return None;
        }
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{answer:?}");
        let offset = answer.header("upload-offset").and_then(|offset| offset.parse().ok()).expect("an offset");
        let complete = answer.header("upload-complete").expect("it stands there");
        assert!(["?0", "?1"].contains(&complete), "{complete}");
        Some((offset, complete == "?1"))
    }

    /// The bytes of a blob that this device may read.
    pub(crate) fn blob(&self, name: &str) -> Option<Vec<u8>> {
        let answer = self.send("GET", &format!("/v1/blobs/{name}"), &[], b"");
        if answer.status == 404 {
            assert_eq!(answer.problem(), "not-found");
            return None;
        }
        assert_eq!(answer.status, 200, "{answer:?}");
        Some(answer.body)
    }

    pub(crate) fn pull(&self, after: Option<&str>, limit: u64) -> Response {
        let after = after.map_or(String::new(), |after| format!("&after={after}"));
        self.send("GET", &format!("/v1/pull?limit={limit}{after}"), &[], b"")
    }

    /// Reads the feed from `after` to its end: the records, and the cursor.
    pub(crate) fn pull_all(&self, after: Option<&str>) -> (Vec<Value>, String) {
        let (mut records, mut after) = (Vec::new(), after.map(str::to_owned));
        loop {
            let page = self.pull(after.as_deref(), 200).json();
            records.extend(page["records"].as_array().expect("a list").iter().cloned());
            let cursor = page["cursor"].as_str().expect("a cursor").to_owned();
            if page["more"] == false {
                return (records, cursor);
            }
            after = Some(cursor);
        }
    }
}
