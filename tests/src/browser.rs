//! A browser at the door of a tablet.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::Value;

use crate::TestDevice;

/// `rounds serve` as a process, and a browser that has followed its link; the program ends with it.
pub struct TestBrowser {
    program: Child,
    client: Client,
    address: String,
    cookie: String,
}

impl TestBrowser {
    /// Starts the program, and follows the link that it prints.
    ///
    /// # Panics
    /// When it does not come up.
    pub fn at(tablet: &TestDevice) -> Self {
        // A second installation is refused, and is the same provider.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().timeout(None).build().expect("a client");
        let mut program = tablet.spawn(&["serve"]);
        let mut line = String::new();
        BufReader::new(program.stdout.take().expect("it is piped")).read_line(&mut line).expect("it says where");
        let said: Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| said[key].as_str().expect("a text").to_owned();
        let opened = client.get(text("open")).send().expect("an answer");
        let cookie =
            opened.headers()[SET_COOKIE].to_str().expect("a text").split(';').next().expect("a cookie").to_owned();
        Self { program, client, address: text("listening"), cookie }
    }

    /// Where the program listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The cookie that lets the browser in.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Asks for a command.
    ///
    /// # Panics
    /// When there is no answer.
    pub fn ask(&self, name: &str, arguments: &Value) -> Response {
        let request = self.client.post(format!("{}/app/call/{name}", self.address)).body(arguments.to_string());
        request.header("X-Rounds", "1").header(COOKIE, &self.cookie).send().expect("an answer")
    }

    /// The answer of a command.
    ///
    /// # Panics
    /// When it is refused.
    pub fn call(&self, name: &str, arguments: Value) -> Value {
        let answer = self.ask(name, &arguments);
        let status = answer.status();
        let answer: Value = answer.json().expect("JSON");
        assert!(status.is_success(), "{name} {arguments}: {status} {answer}");
        answer
    }

    /// Puts a photo, and gives what it is called.
    ///
    /// # Panics
    /// When it is not taken.
    pub fn put_photo(&self, bytes: &[u8]) -> Value {
        let request = self.client.put(format!("{}/app/blobs", self.address)).body(bytes.to_vec());
        let answer = request.header("X-Rounds", "1").header(COOKIE, &self.cookie).send().expect("an answer");
        answer.json().expect("JSON")
    }

    /// Asks for a photo by its name.
    ///
    /// # Panics
    /// When there is no answer.
    pub fn photo(&self, name: &Value) -> Response {
        let name = name.as_str().expect("a name");
        let request = self.client.get(format!("{}/app/blobs/{name}", self.address));
        request.header(COOKIE, &self.cookie).send().expect("an answer")
    }

    /// The stream of what changes.
    ///
    /// # Panics
    /// When there is no answer.
    pub fn events(&self) -> Response {
        let request = self.client.get(format!("{}/app/events", self.address));
        request.header("X-Rounds", "1").header(COOKIE, &self.cookie).send().expect("an answer")
    }

    /// Ends the program as a terminal does, and gives the exit code.
    ///
    /// # Panics
    /// When it cannot be ended.
    pub fn end(mut self) -> Option<i32> {
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.program.id())]).status();
        assert!(status.expect("a shell is there").success());
        self.program.wait().expect("it ends").code()
    }
}

impl Drop for TestBrowser {
    fn drop(&mut self) {
        // The test is over; a program that has already ended is as good.
        drop(self.program.kill());
        drop(self.program.wait());
    }
}
