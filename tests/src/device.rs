//! `rounds` as a person at a terminal uses it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::{TestServer, program};

/// A tablet without a window.
#[derive(Clone)]
pub struct TestDevice {
    folder: PathBuf,
    person: Option<String>,
    /// The flag that sets its clock, and to what.
    clock: Option<[String; 2]>,
    /// No file that it writes grows beyond so many bytes.
    file_limit: Option<u64>,
    /// It runs as a user of the system who owns nothing.
    is_nobody: bool,
}

impl TestDevice {
    /// A tablet whose store lies in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), person: None, clock: None, file_limit: None, is_nobody: false }
    }

    /// The same tablet in the hands of `person`.
    #[must_use]
    pub fn held_by(&self, person: &str) -> Self {
        Self { person: Some(person.to_owned()), ..self.clone() }
    }

    /// The same tablet with its clock at `time`.
    #[must_use]
    pub fn at(&self, time: &str) -> Self {
        Self { clock: Some(["--now".to_owned(), time.to_owned()]), ..self.clone() }
    }

    /// The same tablet with its wall clock at `ms`, for which nobody vouches.
    #[must_use]
    pub fn showing(&self, ms: u64) -> Self {
        Self { clock: Some(["--wall".to_owned(), ms.to_string()]), ..self.clone() }
    }

    /// The same tablet on a disk that takes no file of more than `bytes` bytes.
    #[must_use]
    pub fn on_a_full_disk(&self, bytes: u64) -> Self {
        Self { file_limit: Some(bytes), ..self.clone() }
    }

    /// The same tablet in the hands of a user of the system who owns nothing.
    ///
    /// Only who may do everything has to become somebody else for that.
    #[must_use]
    pub fn as_nobody(&self) -> Self {
        Self { is_nobody: true, ..self.clone() }
    }

    /// The folder of the store.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Enrols with a fresh code.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn enrol(&self, server: &TestServer, more: &[&str]) -> Value {
        let code = server.enrol_code(more);
        self.run(&["enrol", "--server", &server.address(), "--code", &code])
    }

    /// The id of the organisation that it belongs to, as its screens tell it.
    ///
    /// # Panics
    /// When it belongs to none.
    pub fn enrolled_organisation(&self) -> String {
        let about = self.call("app.about", serde_json::json!({}));
        about["organisation"]["id"].as_str().expect("it is enrolled").to_owned()
    }

    /// Runs `rounds --store DIR ...` and gives what it printed.
    ///
    /// # Panics
    /// When it ends badly.
    pub fn run(&self, arguments: &[&str]) -> Value {
        let (code, answer) = self.try_run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {answer}");
        answer
    }

    /// As [`TestDevice::run`], with the exit code.
    ///
    /// # Panics
    /// When the program cannot be run.
    pub fn try_run(&self, arguments: &[&str]) -> (i32, Value) {
        let output = self.command(arguments).stdin(Stdio::null()).output().expect("the program was built");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code().unwrap_or(-1), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Runs a command of the app.
    ///
    /// # Panics
    /// When it is refused.
    pub fn call(&self, name: &str, arguments: Value) -> Value {
        self.run(&["call", name, &arguments.to_string()])
    }

    /// The problem that a command of the app is refused with.
    ///
    /// # Panics
    /// When it is carried out.
    pub fn refused(&self, name: &str, arguments: Value) -> Value {
        let (code, answer) = self.try_run(&["call", name, &arguments.to_string()]);
        assert_eq!(code, 1, "{name}: {answer}");
        answer["problem"].clone()
    }

    /// Runs a command for each document, in one process.
    ///
    /// # Panics
    /// When the program cannot be run.
    pub fn call_lines(&self, name: &str, documents: &[Value]) -> Vec<Value> {
        let mut process = self.spawn(&["call", name, "-"]);
        let mut input = process.stdin.take().expect("it is piped");
        let text: String = documents.iter().map(|document| format!("{document}\n")).collect();
        let writing = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let output = process.wait_with_output().expect("it ends");
        writing.join().expect("the writer does not panic").expect("it reads all");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().map(|line| serde_json::from_str(line).expect("a document a line")).collect()
    }

    /// Starts the program with its input and output piped.
    ///
    /// # Panics
    /// When the program cannot be run.
    pub fn spawn(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().expect("the program was built")
    }

    /// Runs one exchange.
    ///
    /// # Panics
    /// When it fails.
    pub fn sync(&self) -> Value {
        self.run(&["sync"])
    }

    /// Reads a record.
    ///
    /// # Panics
    /// When there is none.
    pub fn get(&self, id: &str) -> Value {
        self.call("record.get", serde_json::json!({ "id": id }))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self.file_limit {
            None => Command::new(program("rounds")),
            Some(bytes) => {
                // A write beyond the limit fails, where it would otherwise end the program.
                let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes / 512);
                let mut shell = Command::new("sh");
                shell.args(["-c", &script]).arg(program("rounds"));
                shell
            }
        };
        #[cfg(unix)]
        if self.is_nobody && is_root() {
            std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
        }
        command.arg("--store").arg(&self.folder);
        if let Some(person) = &self.person {
            command.args(["--as", person]);
        }
        if let Some(clock) = &self.clock {
            command.args(clock);
        }
        command.args(arguments);
        command
    }
}

/// The user who owns nothing, by custom.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

#[cfg(unix)]
fn is_root() -> bool {
    let whoami = Command::new("id").arg("-u").output().expect("every Unix has it");
    whoami.stdout.trim_ascii() == b"0"
}
