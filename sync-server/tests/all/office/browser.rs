//! A browser at the office.

use std::cell::RefCell;
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::support::*;

/// It keeps the cookie, as browsers do.
pub(super) struct Browser {
    pub(super) address: SocketAddr,
    pub(super) cookie: RefCell<Option<String>>,
}

impl Browser {
    pub(super) fn at(server: &Server) -> Self {
        Self { address: server.address, cookie: RefCell::default() }
    }

    /// Another browser that holds the same cookie.
    pub(super) fn copied(&self) -> Self {
        Self { address: self.address, cookie: self.cookie.clone() }
    }

    pub(super) fn ask(&self, method: &str, path: &str, body: &[u8]) -> Response {
        let cookie = self.cookie.borrow().clone().unwrap_or_default();
        let headers = [("x-rounds", "1"), ("cookie", cookie.as_str())];
        let response = send(self.address, method, path, &headers, body);
        if let Some(set) = response.header("set-cookie") {
            let pair = set.split(';').next().expect("a pair").to_owned();
            *self.cookie.borrow_mut() = (!pair.ends_with('=')).then_some(pair);
        }
        response
    }

    pub(super) fn post(&self, name: &str, arguments: &Value) -> Response {
        self.ask("POST", &format!("/app/call/{name}"), arguments.to_string().as_bytes())
    }

    /// Gives a command that must be carried out.
    #[track_caller]
    pub(super) fn call(&self, name: &str, arguments: Value) -> Value {
        let answer = self.post(name, &arguments);
        assert_eq!(answer.status, 200, "{name} {arguments}: {answer:?}");
        answer.json()
    }

    /// The status and the code of a refusal.
    #[track_caller]
    pub(super) fn refused(&self, name: &str, arguments: Value) -> (u16, String) {
        let answer = self.post(name, &arguments);
        (answer.status, answer.problem())
    }

    /// Signs in with what an account was made with.
    #[track_caller]
    pub(super) fn sign_in(&self, account: &Value) -> Value {
        self.call("door.sign_in", json!({"name": account["name"], "password": account["password"]}))
    }

    /// Signs in with a password that somebody else has set, and chooses one of one's own; gives what one signs in with then.
    #[track_caller]
    pub(super) fn sign_in_and_choose(&self, account: &Value) -> Value {
        assert_eq!(self.sign_in(account)["account"]["must_change_password"], true);
        let password = "garden-4-kettle";
        self.call("door.password", json!({"password": password}));
        json!({"name": account["name"], "password": password})
    }

    /// Who is signed in.
    pub(super) fn account(&self) -> Value {
        self.call("door.get", json!({}))["account"].clone()
    }
}
