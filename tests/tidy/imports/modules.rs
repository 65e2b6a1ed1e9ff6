//! The files of each crate, by the paths of the modules that they are.

use std::collections::BTreeMap;

use crate::files::File;
use crate::scan::is_test_file;

/// A module's path below the crate; empty for the front.
pub type Module = Vec<String>;

/// The files of one crate.
pub type Crate<'a> = BTreeMap<Module, &'a File>;

/// The files of all crates, by where each crate begins; a program in `src/bin` is a crate of its own.
pub fn by_crate(files: &[File]) -> BTreeMap<&str, Crate<'_>> {
    let mut crates: BTreeMap<&str, Crate<'_>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.is_rust() && !is_test_file(&file.path)) {
        let Some(source) = file.path.find("src/").filter(|at| *at == 0 || file.path[..*at].ends_with('/')) else {
            continue;
        };
        let mut front = source + "src/".len();
        if let Some(program) = file.path[front..].strip_prefix("bin/").and_then(|rest| rest.find('/')) {
            front += "bin/".len() + program + 1;
        }
        crates.entry(&file.path[..front]).or_default().insert(module(&file.path[front..]), file);
    }
    crates
}

fn module(path: &str) -> Module {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let is_front = matches!(path, "lib" | "main");
    path.split('/').filter(|_| !is_front).map(str::to_owned).collect()
}
