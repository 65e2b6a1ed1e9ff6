//! A PostgreSQL of one's own: in a scratch folder, on a socket there, for as long as its tests run.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// Where Debian puts the programs of each release that the server is known to work with, newest first.
const PLACES: &[&str] = &[
    "/usr/lib/postgresql/17/bin",
    "/usr/lib/postgresql/16/bin",
    "/usr/lib/postgresql/15/bin",
    "/usr/lib/postgresql/14/bin",
];
/// The user that it runs as where the tests run as root, as whom it refuses to run.
const NOBODY: &str = "nobody";
/// Who owns its databases.
const OWNER: &str = "rounds";
/// A role that is asked for a password; all others of this machine's user are let in.
const GUARDED: &str = "guarded";
/// Enough connections for many tests at once. Only a crash of the machine may lose something, after which nobody asks for it: so
/// what a test lets crash does not look through all its files. `fsync` stays on, since the server refuses to work without.
const SETTINGS: &str = "listen_addresses = ''
max_connections = 500
shared_buffers = 64MB
full_page_writes = off
recovery_init_sync_method = syncfs
max_wal_size = 4GB
autovacuum = off
";
/// How long it may take to begin.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the programs of a PostgreSQL are that the server is known to work with.
fn programs() -> Option<&'static Path> {
    PLACES.iter().map(Path::new).find(|place| place.join("postgres").is_file())
}

/// Whether there is one at all.
pub(crate) fn is_installed() -> bool {
    programs().is_some()
}

/// A running PostgreSQL; it ends, and its folder goes away, when this is dropped.
pub(crate) struct Cluster {
    folder: PathBuf,
    process: Child,
}

impl Cluster {
    /// Starts one.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs().context("no PostgreSQL is installed")?;
        let folder = std::env::temp_dir().join(format!("rounds-postgres-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let user = ordinary_user()?;
        if let Some((user, group)) = user {
            own(&folder, user, group)?;
        }
        let process = make(programs, &folder, user).and_then(|()| spawn(programs, &folder, user));
        let process = process.inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;
        let mut cluster = Self { folder, process };
        cluster.wait_until_ready(programs)?;
        cluster.run(programs, &format!("create role {GUARDED} login password 'right'"))?;
        Ok(cluster)
    }

    /// The address of a database whose owner may make others.
    pub(crate) fn url(&self) -> String {
        let folder = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://{OWNER}@{folder}/postgres")
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut asking = Command::new(programs.join("pg_isready"));
            asking.arg("--quiet").arg("--host").arg(&self.folder);
            if asking.status().context("pg_isready did not start")?.success() {
                return Ok(());
            }
            let has_ended = self.process.try_wait().context("PostgreSQL was lost")?.is_some();
            if has_ended || Instant::now() > until {
                bail!("PostgreSQL does not start: {}", fs::read_to_string(self.folder.join("log")).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn run(&self, programs: &Path, sql: &str) -> Result<()> {
        let mut psql = Command::new(programs.join("psql"));
        psql.args(["--quiet", "--username", OWNER, "--dbname", "postgres", "--command", sql, "--host"])
            .arg(&self.folder);
        ensure!(psql.status().context("psql did not start")?.success(), "psql failed");
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its databases are thrown away with it, so it need not write them; killed, it would leave a piece of shared memory.
        let quit = format!("kill -QUIT {}", self.process.id());
        if !Command::new("sh").args(["-c", &quit]).status().is_ok_and(|status| status.success()) {
            drop(self.process.kill());
        }
        drop(self.process.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Makes the files of a cluster.
fn make(programs: &Path, folder: &Path, user: Option<(u32, u32)>) -> Result<()> {
    let data = folder.join("data");
    let mut command = Command::new(programs.join("initdb"));
    command.args(["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]);
    let made = as_user(command.arg("--pgdata").arg(&data), user)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .context("initdb did not start")?;
    ensure!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
    let sockets = format!("{SETTINGS}unix_socket_directories = '{}'\n", folder.display());
    fs::write(data.join("postgresql.auto.conf"), sockets).context("its settings cannot be written")?;
    let doors = format!("local all {GUARDED} scram-sha-256\nlocal all all trust\n");
    fs::write(data.join("pg_hba.conf"), doors).context("its doors cannot be written")
}

fn spawn(programs: &Path, folder: &Path, user: Option<(u32, u32)>) -> Result<Child> {
    let log = File::create(folder.join("log")).context("it has no log")?;
    let mut command = Command::new(programs.join("postgres"));
    as_user(command.arg("-D").arg(folder.join("data")), user)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("PostgreSQL did not start")
}

/// The user and the group to run as; nothing where the tests do not run as root.
fn ordinary_user() -> Result<Option<(u32, u32)>> {
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    Ok(Some((id(&["-u", NOBODY])?, id(&["-g", NOBODY])?)))
}

fn id(arguments: &[&str]) -> Result<u32> {
    let answer = Command::new("id").args(arguments).output().context("id did not start")?;
    String::from_utf8_lossy(&answer.stdout).trim().parse().with_context(|| format!("id {arguments:?} gave no number"))
}

#[cfg(unix)]
fn as_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    use std::os::unix::process::CommandExt;
    match user {
        Some((user, group)) => command.uid(user).gid(group),
        None => command,
    }
}

#[cfg(not(unix))]
fn as_user(command: &mut Command, _user: Option<(u32, u32)>) -> &mut Command {
    command
}

#[cfg(unix)]
fn own(folder: &Path, user: u32, group: u32) -> Result<()> {
    std::os::unix::fs::chown(folder, Some(user), Some(group)).context("the folder cannot be given away")
}

#[cfg(not(unix))]
fn own(_folder: &Path, _user: u32, _group: u32) -> Result<()> {
    Ok(())
}
