//! The office server of the demo: started, listened to, and ended with everything else.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::json;

/// How long a server that was asked to stop may take; it gives what is under way 10 seconds.
const DRAIN: Duration = Duration::from_secs(15);

/// A running server; dropping it ends it.
pub(crate) struct Server {
    child: Child,
    /// Its address, as it said when it was ready.
    pub(crate) listening: String,
}

impl Server {
    /// Starts `program` on the store in `data`, and waits until it listens. What it logs goes to the file `log`.
    pub(crate) fn start(program: &Path, data: &Path, address: SocketAddr, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(data).arg("--listen").arg(address.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file);
        let mut child = command.spawn().with_context(|| format!("{} did not start", program.display()))?;
        let mut printed = BufReader::new(child.stdout.take().context("the output was not piped")?);
        let mut server = Self { child, listening: String::new() };
        let mut line = String::new();
        printed.read_line(&mut line).context("the server's output broke off")?;
        if line.is_empty() {
            let log = std::fs::read_to_string(log).unwrap_or_default();
            bail!("the server did not come up:\n{log}");
        }
        server.listening =
            json::text(&json::document(&line, "rounds-server serve")?, "/listening", "rounds-server serve")?;
        // Somebody has to read on: a server must never stop because its output is full.
        std::thread::spawn(move || std::io::copy(&mut printed, &mut std::io::sink()));
        Ok(server)
    }

    /// How the server ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("the server was lost")
    }

    /// Asks the server to finish, and ends it when it takes too long.
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
        self.child.kill().context("the server cannot be ended")?;
        self.child.wait().context("the server was lost")?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("xtask: {error:#}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stand_in;

    fn start(program: &Path, folder: &Path) -> Result<Server> {
        Server::start(program, folder, SocketAddr::from(([127, 0, 0, 1], 1)), &folder.join("log"))
    }

    #[test]
    fn a_server_is_ready_when_it_says_so_and_ends_when_asked() {
        let script = r#"trap 'exit 0' TERM; echo "{\"listening\":\"http://$5\"}"; while :; do sleep 0.05; done"#;
        let folder = stand_in::folder("ready");
        let program = stand_in::program(&folder, "server", script);
        let mut server = start(&program, &folder).expect("a server");
        assert_eq!(server.listening, "http://127.0.0.1:1");
        assert!(server.ended().expect("a child").is_none());
        server.stop().expect("it stops");
        assert!(server.ended().expect("a child").is_some_and(|status| status.success()));
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }

    #[test]
    fn a_server_that_does_not_come_up_is_told_with_its_log() {
        let folder = stand_in::folder("broken");
        let program = stand_in::program(&folder, "server", "echo 'no such store' >&2; exit 1");
        let error = start(&program, &folder).err().expect("no server");
        assert!(error.to_string().contains("no such store"), "{error:#}");
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }
}
