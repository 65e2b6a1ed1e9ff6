//! `rounds-server` as a process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{database, program};

/// A data folder of the server, and the process that serves it while it runs.
pub struct TestServer {
    data: PathBuf,
    /// Kept from start to start, so that a tablet finds the server where it was.
    port: u16,
    process: Option<Child>,
}

impl TestServer {
    /// Makes a store with one organisation in `data`; nothing runs yet.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn init(data: &Path, more: &[&str]) -> Self {
        let server = Self { data: data.to_owned(), port: 0, process: None };
        let mut arguments = vec!["init", "--organisation", "中心幼儿园"];
        arguments.extend(more);
        server.run(&arguments);
        server
    }

    /// A server over a data folder that is there.
    pub fn over(data: &Path) -> Self {
        Self { data: data.to_owned(), port: 0, process: None }
    }

    /// Runs `rounds-server COMMAND --data DIR ...` and gives what it printed.
    ///
    /// # Panics
    /// When it ends badly.
    pub fn run(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.try_run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {answer}");
        answer
    }

    /// As [`TestServer::run`], with the exit code.
    ///
    /// # Panics
    /// When the program cannot be run.
    pub fn try_run(&self, arguments: &[&str]) -> (i32, Value) {
        let mut command = Command::new(program("rounds-server"));
        command.args(arguments).arg("--data").arg(&self.data).stdin(Stdio::null());
        let output = database::tell(&mut command, &self.data).output().expect("the program was built");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code().unwrap_or(-1), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Starts serving, on the port it had before.
    ///
    /// # Panics
    /// When it does not become ready.
    pub fn start(&mut self) {
        // The system may hold the port for a moment after the last start.
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let (mut process, said) = self.spawn();
            if let Some(address) = said["listening"].as_str() {
                self.port = address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
                self.process = Some(process);
                return;
            }
            process.wait().expect("it ends");
            let is_taken = said["problem"]["type"] == "urn:rounds:problem:cannot-listen";
            assert!(is_taken && self.port != 0 && Instant::now() < until, "not ready: {said}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// A process that serves or has failed, and what it said first.
    fn spawn(&self) -> (Child, Value) {
        let mut command = Command::new(program("rounds-server"));
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"]).arg(&self.data);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = database::tell(&mut command, &self.data).spawn().expect("the program was built");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it is readable");
        let said = serde_json::from_str(&line).unwrap_or(Value::String(line));
        (process, said)
    }

    /// Stops serving as an administrator does, and gives the exit code.
    ///
    /// # Panics
    /// When it cannot be stopped.
    pub fn stop(&mut self) -> i32 {
        let mut process = self.process.take().expect("it runs");
        // Every shell has a kill of its own; the program is not everywhere.
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {}", process.id())]).status();
        assert!(status.expect("a shell is there").success());
        process.wait().expect("it ends").code().unwrap_or(-1)
    }

    /// Stops serving as a power cut does.
    ///
    /// # Panics
    /// When it cannot be stopped.
    pub fn kill(&mut self) {
        let mut process = self.process.take().expect("it runs");
        process.kill().expect("it can be killed");
        process.wait().expect("it ends");
    }

    /// The process that serves; 0 while none does.
    pub fn process_id(&self) -> u32 {
        self.process.as_ref().map_or(0, Child::id)
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A new enrolment code.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn enrol_code(&self, more: &[&str]) -> String {
        let mut arguments = vec!["enrol-code"];
        arguments.extend(more);
        self.run(&arguments)["code"].as_str().expect("a code").to_owned()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            // The test is over; a process that has already ended is as good.
            drop(process.kill());
            drop(process.wait());
        }
    }
}
