//! The demo school: a server's store with a campus, and the store of one enrolled tablet, under `target/demo/`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::json;

/// The school's name and sort; the walk-through names what is there.
const ORGANISATION: &str = "中心幼儿园";
const PRESET: &str = "kindergarten";
/// The tablet's name.
const TABLET: &str = "演示平板";

/// Where everything of the demo is.
pub(crate) struct Demo {
    folder: PathBuf,
    programs: PathBuf,
}

/// The first account of the office.
pub(crate) struct Account {
    /// Its name.
    pub(crate) name: String,
    /// Its password.
    pub(crate) password: String,
}

impl Demo {
    /// The demo in `folder`, by the programs in `programs`; started over when `is_fresh`.
    pub(crate) fn open(folder: PathBuf, programs: PathBuf, is_fresh: bool) -> Result<Self> {
        let demo = Self { folder, programs };
        // A store without its note was left half made: nobody could log in to it.
        let is_half_made = demo.folder.exists() && !demo.note().exists();
        if demo.folder.exists() && (is_fresh || is_half_made) {
            std::fs::remove_dir_all(&demo.folder).context("the old demo cannot be removed")?;
        }
        std::fs::create_dir_all(&demo.folder).context("the demo's folder cannot be made")?;
        Ok(demo)
    }

    /// The server's store.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("server")
    }

    /// The tablet's store.
    pub(crate) fn tablet(&self) -> PathBuf {
        self.folder.join("tablet")
    }

    /// What the program called `name` logs.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.log"))
    }

    /// `rounds-server` of this build.
    pub(crate) fn server_program(&self) -> PathBuf {
        self.programs.join("rounds-server")
    }

    /// `rounds` of this build.
    pub(crate) fn tablet_program(&self) -> PathBuf {
        self.programs.join("rounds")
    }

    /// The window of this build.
    pub(crate) fn window_program(&self) -> PathBuf {
        self.programs.join("rounds-window")
    }

    /// Makes the school unless it is there, and gives the office account.
    pub(crate) fn school(&self) -> Result<Account> {
        if !self.note().exists() {
            let mut init = Command::new(self.server_program());
            init.arg("init").arg("--data").arg(self.data()).args(["--organisation", ORGANISATION]);
            init.args(["--preset", PRESET, "--demo"]);
            self.write_note(&json::document(&printed(init)?, "rounds-server init")?)?;
        }
        let note = self.read_note()?;
        let read = |pointer| json::text(&note, pointer, "rounds-server init");
        Ok(Account { name: read("/account/name")?, password: read("/account/password")? })
    }

    /// Makes the tablet a device of the school whose server listens at `listening`, unless it is one already.
    ///
    /// A server that got another port is another address to the tablet: it is enrolled again, which keeps its records.
    pub(crate) fn enrol(&self, listening: &str) -> Result<()> {
        let mut note = self.read_note()?;
        if self.tablet().exists() && note["enrolled_at"] == listening {
            return Ok(());
        }
        let mut code = Command::new(self.server_program());
        code.arg("enrol-code").arg("--data").arg(self.data());
        let code = json::document(&printed(code)?, "rounds-server enrol-code")?;
        let code = json::text(&code, "/code", "rounds-server enrol-code")?;
        let mut enrol = Command::new(self.tablet_program());
        enrol.arg("--store").arg(self.tablet());
        enrol.args(["enrol", "--server", listening, "--code", &code, "--device-name", TABLET]);
        printed(enrol)?;
        note["enrolled_at"] = json!(listening);
        self.write_note(&note)
    }

    fn note(&self) -> PathBuf {
        self.folder.join("demo.json")
    }

    fn read_note(&self) -> Result<Value> {
        let text = std::fs::read_to_string(self.note()).context("the demo's note cannot be read; try --fresh")?;
        json::document(&text, "the demo's note")
    }

    fn write_note(&self, note: &Value) -> Result<()> {
        write_whole(&self.note(), &note.to_string()).context("the demo's note cannot be written")
    }
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let part = path.with_extension("part");
    std::fs::write(&part, text)?;
    std::fs::rename(part, path)
}

/// What a command printed on its standard output.
fn printed(mut command: Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{name} did not start"))?;
    let (out, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "{} failed ({})\n{out}{log}", crate::cargo::shown(&command), output.status);
    Ok(out.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stand_in;

    /// A folder with stand-ins for both programs, each noting what it was called with.
    fn programs(name: &str) -> PathBuf {
        let folder = stand_in::folder(name);
        let server = r#"case "$1" in
            init) echo '{"organisation":"o","epoch":"e","account":{"name":"logi","password":"secret"}}';;
            enrol-code) echo '{"code":"ABCD","expires_at":1}';;
            esac"#;
        for (program, script) in [("rounds-server", server), ("rounds", "mkdir -p \"$2\"")] {
            let calls = folder.join("calls");
            let script = format!("echo \"{program} $*\" >> {}\n{script}", calls.display());
            stand_in::program(&folder, program, &script);
        }
        folder
    }

    fn calls(folder: &Path) -> usize {
        std::fs::read_to_string(folder.join("calls")).unwrap_or_default().lines().count()
    }

    #[test]
    fn the_demo_goes_on_where_it_was_unless_it_is_to_start_over() {
        let folder = programs("goes-on");
        let open = |is_fresh| Demo::open(folder.join("demo"), folder.clone(), is_fresh).expect("a demo");
        let start = |demo: &Demo, listening: &str| {
            let account = demo.school().expect("a school");
            demo.enrol(listening).expect("a tablet");
            (account.name, account.password)
        };
        let expected = ("logi".to_owned(), "secret".to_owned());
        assert_eq!(start(&open(false), "http://a"), expected);
        assert_eq!(calls(&folder), 3, "init, code, enrol");
        assert_eq!(start(&open(false), "http://a"), expected);
        assert_eq!(calls(&folder), 3, "nothing is made twice");
        assert_eq!(start(&open(false), "http://b"), expected);
        assert_eq!(calls(&folder), 5, "another address: code, enrol");
        assert_eq!(start(&open(true), "http://b"), expected);
        assert_eq!(calls(&folder), 8, "everything anew");
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }

    #[test]
    fn a_half_made_demo_is_made_anew() {
        let folder = programs("half");
        let left_over = folder.join("demo/server/store");
        std::fs::create_dir_all(&left_over).expect("a folder");
        Demo::open(folder.join("demo"), folder.clone(), false).expect("a demo");
        assert!(!left_over.exists());
        std::fs::remove_dir_all(folder).expect("cleaning up");
    }

    #[test]
    fn a_command_that_fails_shows_what_it_said() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo why >&2; exit 3"]);
        let error = printed(command).expect_err("it failed").to_string();
        assert!(error.contains("why") && error.contains('3'), "{error}");
    }
}
