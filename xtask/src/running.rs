//! The programs of the demo: started, listened to, and ended with everything else.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::json;

/// How long a server that was asked to stop may take; it gives what is under way 10 seconds.
const DRAIN: Duration = Duration::from_secs(15);

/// A program that runs until it is told to stop; dropping it ends it.
pub(crate) struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts `command`; what it logs goes to the file `log`.
    pub(crate) fn start(mut command: Command, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        let child = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn();
        let name = program_name(&command);
        Ok(Self { child: child.with_context(|| format!("{name} did not start"))?, name })
    }

    /// Starts `command`, and waits for the JSON document that it prints when it is ready.
    pub(crate) fn start_and_hear(mut command: Command, log: &Path) -> Result<(Self, Value)> {
        let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file);
        let name = program_name(&command);
        let child = command.spawn().with_context(|| format!("{name} did not start"))?;
        // From here on it is ended also when it says nothing of use.
        let mut running = Self { child, name };
        let mut printed = BufReader::new(running.child.stdout.take().context("the output was not piped")?);
        let mut line = String::new();
        printed.read_line(&mut line).with_context(|| format!("the output of {} broke off", running.name))?;
        if line.is_empty() {
            let log = std::fs::read_to_string(log).unwrap_or_default();
            bail!("{} did not come up:\n{log}", running.name);
        }
        let document = json::document(&line, &running.name)?;
        // Somebody has to read on: a program must never stop because its output is full.
        std::thread::spawn(move || std::io::copy(&mut printed, &mut std::io::sink()));
        Ok((running, document))
    }

    /// What the program is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("a program was lost")
    }

    /// Asks it to finish, and ends it when it takes too long.
    pub(crate) fn stop(&mut self) -> Result<()> {
        if self.ended()?.is_some() {
            return Ok(());
        }
        let id = self.child.id().to_string();
        let asked = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
        let until = Instant::now() + DRAIN;
        while asked.as_ref().is_ok_and(ExitStatus::success) && Instant::now() < until {
            if self.ended()?.is_some() {
                return Ok(());
            }
            sleep(Duration::from_millis(20));
        }
        self.child.kill().context("a program cannot be ended")?;
        self.child.wait().context("a program was lost")?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("xtask: {error:#}");
        }
    }
}

fn program_name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stand_in;

    fn start(program: &Path, folder: &Path) -> Result<(Running, Value)> {
        Running::start_and_hear(Command::new(program), &folder.join("log"))
    }

    #[test]
    fn a_program_is_ready_when_it_says_so_and_ends_when_asked() {
        let script = r#"trap 'exit 0' TERM; echo '{"listening":"here"}'; while :; do sleep 0.05; done"#;
        let folder = stand_in::folder("ready");
        let program = stand_in::program(&folder, "server", script);
        let (mut server, said) = start(&program, &folder).expect("a server");
        assert_eq!((server.name(), &said["listening"]), ("server", &Value::from("here")));
        assert!(server.ended().expect("a child").is_none());
        server.stop().expect("it stops");
        assert!(server.ended().expect("a child").is_some_and(|status| status.success()));
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }

    #[test]
    fn a_program_that_does_not_come_up_is_told_with_its_log() {
        let folder = stand_in::folder("broken");
        let program = stand_in::program(&folder, "server", "echo 'no such store' >&2; exit 1");
        let error = start(&program, &folder).err().expect("no server");
        assert!(error.to_string().contains("no such store"), "{error:#}");
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }
}
