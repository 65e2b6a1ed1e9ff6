//! A client of the protocol that knows only its document: a few lines of HTTP and JSON.

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One device that speaks HTTP by hand.
pub(crate) struct RawDevice {
    client: Client,
    address: String,
    pub(crate) token: String,
    pub(crate) epoch: String,
    pub(crate) replica: String,
    number: u64,
    previous: Value,
}

pub(crate) fn client() -> Client {
    // A second installation is refused, and is the same provider.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::new()
}

impl RawDevice {
    pub(crate) fn enrol(address: &str, code: &str) -> Self {
        let client = client();
        let replica = uuid::Uuid::new_v4().to_string();
        let body = json!({ "code": code, "device_name": "raw", "replica": replica });
        let answer = client.post(format!("{address}/v1/enrol")).json(&body).send().expect("an answer");
        assert_eq!(answer.status(), 201);
        let answer: Value = answer.json().expect("JSON");
        let text = |key: &str| answer[key].as_str().expect("a text").to_owned();
        Self {
            client,
            address: address.to_owned(),
            token: text("token"),
            epoch: text("epoch"),
            replica,
            number: 0,
            previous: Value::Null,
        }
    }

    /// The body of the next push.
    pub(crate) fn body(&self, records: Value) -> String {
        json!({
            "epoch": self.epoch, "replica": self.replica, "number": self.number + 1, "previous": self.previous,
            "replicas": [self.replica], "records": records,
        })
        .to_string()
    }

    /// Sends a body as it is.
    pub(crate) fn send(&self, body: &str) -> Response {
        let request = self.client.post(format!("{}/v1/push", self.address)).bearer_auth(&self.token);
        request.body(body.to_owned()).send().expect("an answer")
    }

    /// Pushes and moves the chain on.
    pub(crate) fn push(&mut self, records: Value) -> Value {
        let body = self.body(records);
        let answer = self.send(&body);
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().expect("JSON");
        let digest = hex::encode(Sha256::digest(body.as_bytes()));
        assert_eq!(answer["digest"], digest.as_str());
        self.number += 1;
        self.previous = digest.into();
        answer
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.address)).bearer_auth(&self.token).send().expect("an answer")
    }

    /// The whole feed.
    pub(crate) fn pull(&self) -> Vec<Value> {
        let mut records = Vec::new();
        let mut path = "/v1/pull?limit=1000".to_owned();
        loop {
            let page: Value = self.get(&path).json().expect("JSON");
            records.extend(page["records"].as_array().expect("records").iter().cloned());
            if page["more"] == false {
                return records;
            }
            path = format!("/v1/pull?limit=1000&after={}", page["cursor"].as_str().expect("a cursor"));
        }
    }
}

/// A record with one write of replica 0.
pub(crate) fn record(id: &str, kind: &str, counter: u64, fields: Value) -> Value {
    let fields = fields.as_object().expect("fields").iter();
    let fields: serde_json::Map<String, Value> =
        fields.map(|(name, value)| (name.clone(), json!([[0, value]]))).collect();
    json!({
        "id": id, "kind": kind, "scope": null, "version": [[0, counter]],
        "writes": [[0, counter, 1_763_850_000_000u64, null]], "fields": fields,
    })
}

pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
