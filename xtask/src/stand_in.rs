//! Scripts in place of the programs that a test would have to build.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A new folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("rounds-xtask-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A program in `folder` that does what `script` says.
pub(crate) fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name);
    // A shell writes it: a program that this process had open for writing could not be started from another thread.
    let mut write = Command::new("sh");
    write.args(["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 755 \"$0\""]).arg(&path).arg(script);
    assert!(write.status().expect("a shell").success());
    path
}
