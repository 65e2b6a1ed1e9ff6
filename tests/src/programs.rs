//! The built binaries: those of a build that somebody has just made, or built when a test first asks for one.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The path of `rounds` or `rounds-server`, built from this tree; `ROUNDS_PROGRAMS` names the folder of those that are built already.
///
/// # Panics
/// When they cannot be built.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let built = || std::env::var_os("ROUNDS_PROGRAMS").map(PathBuf::from);
    FOLDER.get_or_init(|| built().unwrap_or_else(build)).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--locked", "--package", "door", "--package", "sync-server", "--bins"]);
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    let me = std::env::current_exe().expect("a running program is a file");
    let folder = me.parent().expect("it lies in a folder");
    // Tests lie in target/<profile>/deps, programs one above.
    let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    // The folder is named after the profile, but for that of the usual one.
    let profile = folder.file_name().and_then(|name| name.to_str()).filter(|name| *name != "debug").unwrap_or("dev");
    let status = build.args(["--profile", profile]).status().expect("cargo runs the tests, so it can be run");
    assert!(status.success(), "the programs cannot be built");
    folder.to_owned()
}
