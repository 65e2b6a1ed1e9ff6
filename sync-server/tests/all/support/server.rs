//! The program, started and stopped.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::{Device, Response, database, send};

/// Runs a command, and gives its exit code and what it printed.
pub(crate) fn cli(args: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rounds-server"));
    let data = args.iter().skip_while(|word| **word != "--data").nth(1).copied().unwrap_or_default();
    let output = database::tell(command.args(args), data).output().expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("is text");
    let document = if printed.is_empty() { Value::Null } else { serde_json::from_str(&printed).expect("is JSON") };
    (output.status.code(), document)
}

/// Runs a command that must succeed.
pub(crate) fn cli_ok(args: &[&str]) -> Value {
    let (code, document) = cli(args);
    assert_eq!(code, Some(0), "{args:?}: {document}");
    document
}

/// Makes a store with one organisation.
pub(crate) fn init(data: &Path) -> Value {
    cli_ok(&["init", "--data", text(data), "--organisation", "实验小学"])
}

/// Verifies a store.
pub(crate) fn check(data: &Path) {
    assert_eq!(cli_ok(&["check", "--data", text(data)])["findings"], serde_json::json!([]));
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Waits until the log says something.
#[track_caller]
pub(crate) fn wait_for_log(log: &Receiver<String>, words: &str) {
    let until = Instant::now() + Duration::from_secs(60);
    while !log.recv_timeout(until.saturating_duration_since(Instant::now())).expect(words).contains(words) {}
}

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) url: String,
    child: Child,
    folder: Option<TempDir>,
    data: String,
}

impl Server {
    /// A server on a store of its own with one organisation.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path());
        let mut server = Self::on(folder.path(), &[]);
        server.folder = Some(folder);
        server
    }

    /// A server on a store that is there.
    pub(crate) fn on(data: &Path, further: &[&str]) -> Self {
        Self::logging(data, further, "warn", Stdio::inherit())
    }

    /// A server that can make no file larger than so many bytes, and the lines of its log as they come.
    #[cfg(unix)]
    pub(crate) fn with_files_of(data: &Path, bytes: u64) -> (Self, Receiver<String>) {
        // Counted in blocks of 512 bytes; the signal that comes with the limit would end the program.
        let limited = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes / 512);
        let mut command = Command::new("sh");
        command.args(["-c", &limited, env!("CARGO_BIN_EXE_rounds-server")]);
        Self::told(command, data, "error")
    }

    /// A server on a store of its own, and the lines of its log as they come.
    pub(crate) fn telling() -> (Self, Receiver<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path());
        let command = Command::new(env!("CARGO_BIN_EXE_rounds-server"));
        let (mut server, log) = Self::told(command, folder.path(), "info");
        server.folder = Some(folder);
        (server, log)
    }

    fn told(command: Command, data: &Path, level: &str) -> (Self, Receiver<String>) {
        let mut server = Self::spawn(command, data, &[], level, Stdio::piped());
        let log = BufReader::new(server.child.stderr.take().expect("it is piped"));
        let (line, lines) = mpsc::channel();
        std::thread::spawn(move || log.lines().map_while(Result::ok).try_for_each(|said| line.send(said)));
        (server, lines)
    }

    /// A server that logs this much, to there.
    pub(crate) fn logging(data: &Path, further: &[&str], level: &str, to: Stdio) -> Self {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_rounds-server")), data, further, level, to)
    }

    fn spawn(mut command: Command, data: &Path, further: &[&str], level: &str, to: Stdio) -> Self {
        let mut child = database::tell(&mut command, text(data))
            .args(["serve", "--data", text(data), "--listen", "127.0.0.1:0"])
            .args(further)
            .env("RUST_LOG", level)
            .stderr(to)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("the server is ready");
        let url = ready["listening"].as_str().expect("an address").to_owned();
        let address = url.rsplit('/').next().and_then(|address| address.parse().ok()).expect("an address");
        Self { address, url, child, folder: None, data: text(data).to_owned() }
    }

    /// Goes on with another server on the same store.
    pub(crate) fn replaced_by(mut self, mut further: Self) -> Self {
        further.folder = self.folder.take();
        further
    }

    pub(crate) fn data(&self) -> &Path {
        Path::new(&self.data)
    }

    /// Runs a command on this server's store.
    pub(crate) fn cli(&self, args: &[&str]) -> Value {
        cli_ok(&[args, &["--data", &self.data]].concat())
    }

    pub(crate) fn code(&self, further: &[&str]) -> String {
        let made = self.cli(&[&["enrol-code"], further].concat());
        made["code"].as_str().expect("a code").to_owned()
    }

    /// The epoch of the only organisation.
    pub(crate) fn epoch(&self) -> String {
        self.cli(&["check"])["organisations"][0]["epoch"].as_str().expect("an epoch").to_owned()
    }

    /// A code for a tablet of one of several organisations.
    pub(crate) fn code_of(&self, organisation: &str) -> String {
        self.code(&["--organisation", organisation])
    }

    pub(crate) fn tablet(&self) -> Device {
        Device::enrol(self.address, &self.code(&[]))
    }

    pub(crate) fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        send(self.address, method, target, headers, body)
    }

    /// Sends a signal and waits for the end; gives the exit code.
    pub(crate) fn stop(&mut self, signal: &str) -> Option<i32> {
        // Every shell has a kill of its own; the program is not everywhere.
        let kill = format!("kill -{signal} {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().expect("a shell runs");
        assert!(sent.success());
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not stop on {signal}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have been stopped before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
