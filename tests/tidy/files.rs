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
    let paths = listed_by_git(&root).unwrap_or_else(|| walked(&root));
    let read = |path: &str| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        Some(File { path: path.to_owned(), text: String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')) })
    };
    // What was deleted a moment ago is still listed; there is nothing to check in it.
    let files: Vec<File> = paths.iter().filter_map(|path| read(path)).collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "these are not the files of the workspace");
    files
}

/// What git lists, whoever owns the folder; nothing where there is no git or no repository.
fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let mut list = Command::new("git");
    list.args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = list.current_dir(root).output().ok().filter(|output| output.status.success())?;
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    Some(paths.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// Every file below the top but what is built or hidden.
fn walked(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).expect("the folder can be read") {
            let path = folder.join(entry.expect("an entry").file_name());
            let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            if root.join(&path).is_dir() {
                if name != "target" && name != "node_modules" && (!name.starts_with('.') || name == ".cargo") {
                    folders.push(path);
                }
            } else {
                found.push(path.to_str().expect("paths are UTF-8").replace('\\', "/"));
            }
        }
    }
    found
}

/// A file that a test of a check makes up.
#[cfg(test)]
pub fn made_up(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: Some(text.to_owned()) }
}
