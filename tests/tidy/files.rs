//! The files that the checks look at: those under version control, and those about to be.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the repository.
pub struct File {
    /// Its path from the top, with slashes.
    pub path: String,
    /// What it says; nothing when it is not text.
    pub text: Option<String>,
}

impl File {
    /// Whether it is one of Rust's.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Its text, empty when it has none.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// A complaint about its line `line`, counted from 0.
    pub fn complaint(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{}: {what}", self.path, line + 1)
    }
}

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_path_buf()
}

/// Every file that is tracked, or is neither tracked nor ignored yet.
pub fn of_the_repository() -> Vec<File> {
    let root = root();
    let mut list = Command::new("git");
    list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&root);
    let output = list.output().expect("git lists the files");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let read = |path: &str| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        Some(File { path: path.to_owned(), text: String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')) })
    };
    // What was deleted a moment ago is still listed; there is nothing to check in it.
    let files: Vec<File> = paths.split('\0').filter(|path| !path.is_empty()).filter_map(read).collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "these are not the files of the workspace");
    files
}

/// A file that a test of a check makes up.
#[cfg(test)]
pub fn made_up(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: Some(text.to_owned()) }
}
