//! The pure heart: merge, scores, schedules and messages take time, randomness and ids as arguments.

use toml::{Table, Value};

use crate::files::File;
use crate::scan::{code_lines, has_word, named_in};

/// The crates without a file, a network, a clock or a die.
const PURE: &[&str] = &["crates/causal/", "crates/domain/", "crates/wire/"];
/// Modules of the standard library that reach outside.
const OUTSIDE: &[&str] = &["env", "fs", "net", "process", "thread"];
/// Calls and types that read a clock or make a random id, wherever they come from.
const READINGS: &[&str] = &["SystemTime", "Instant", "new_v4", "now_v7", "now_v1"];
/// Crates that a pure one may not even be built with.
const CRATES: &[&str] = &["rand", "getrandom", "tokio", "reqwest", "rusqlite", "tempfile"];

fn is_pure(path: &str) -> bool {
    PURE.iter().any(|room| path.starts_with(room))
}

/// Code of pure crates that reaches outside.
pub fn reaching_code(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && is_pure(&file.path) && file.path.contains("/src/")) {
        for (line, text) in code_lines(file) {
            let reaches_std =
                named_in(text, "std").any(|rest| std_modules(rest).any(|module| OUTSIDE.contains(&module)));
            let reads = READINGS.iter().find(|reading| has_word(text, reading));
            let uses = CRATES.iter().find(|name| named_in(text, name).next().is_some());
            // `Utc::now()`, `Local::now()`: chrono reads the clock only by this name.
            if reaches_std || reads.is_some() || uses.is_some() || text.contains("::now()") {
                complaints.push(file.complaint(line, "a pure crate is handed what it needs"));
            }
        }
    }
    complaints
}

/// The modules named right after `std::`, one or a list in braces.
fn std_modules(rest: &str) -> impl Iterator<Item = &str> {
    let list = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or(list));
    let is_list = rest.starts_with('{');
    let entries = list.split(',').take(if is_list { usize::MAX } else { 1 });
    entries.map(|entry| entry.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

/// Dependencies of pure crates that reach outside; tests may have them.
pub fn reaching_dependencies(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| is_pure(&file.path) && file.path.ends_with("/Cargo.toml")) {
        let manifest = file.text().parse::<Table>().unwrap_or_default();
        let Some(dependencies) = manifest.get("dependencies").and_then(Value::as_table) else { continue };
        let wrong = dependencies.keys().filter(|name| CRATES.contains(&name.as_str()));
        complaints.extend(wrong.map(|name| file.complaint(0, format_args!("a pure crate does without {name}"))));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    #[track_caller]
    fn check(path: &str, code: &str, expected: usize) {
        assert_eq!(reaching_code(&[made_up(path, &format!("//! why\n{code}\n"))]).len(), expected, "{path}: {code}");
    }

    #[test]
    fn code_of_a_pure_crate_that_reaches_outside_is_found() {
        for code in [
            "use std::fs;",
            "use std::fs::File;",
            "use std::{fmt, fs};",
            "let stream = std::net::TcpStream::connect(a);",
            "use std::time::{Duration, Instant};",
            "let now = std::time::SystemTime::now();",
            "let now = chrono::Utc::now();",
            "let id = Uuid::new_v4();",
            "let id = uuid::Uuid::now_v7();",
            "let die = rand::rng();",
            "use tokio::sync::Mutex;",
        ] {
            check("crates/causal/src/save.rs", code, 1);
        }
    }

    #[test]
    fn a_pure_crate_may_compute_and_others_may_reach() {
        for code in ["use std::fmt;", "use std::collections::{BTreeMap, BTreeSet};", "fn at(now: UtcMillis) {}"] {
            check("crates/domain/src/due.rs", code, 0);
        }
        check("crates/replica/src/store.rs", "use std::fs;", 0);
        check("crates/wire/tests/all/golden.rs", "use std::fs;", 0);
        check("crates/wire/src/pull.rs", "#[cfg(test)]\nmod tests {\nuse std::fs;\n}", 0);
    }

    #[test]
    fn a_dependency_that_reaches_outside_is_found() {
        let manifest = |section: &str| made_up("crates/wire/Cargo.toml", &format!("[{section}]\nrand = \"0.9\"\n"));
        assert_eq!(reaching_dependencies(&[manifest("dependencies")]).len(), 1);
        assert_eq!(reaching_dependencies(&[manifest("dev-dependencies")]).len(), 0);
    }
}
