//! Which room may know which: the arrows of the architecture, and no other.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::files::File;
use crate::scan::{code_lines, named_in};

/// What each package may depend on within the workspace; `None` for all of it.
const ROOMS: &[(&str, Option<&[&str]>)] = &[
    ("causal", Some(&[])),
    ("domain", Some(&["causal"])),
    ("wire", Some(&["causal"])),
    ("replica", Some(&["causal", "domain", "wire"])),
    ("app", Some(&["causal", "domain", "replica", "wire"])),
    ("door", Some(&["app", "causal", "replica", "wire"])),
    ("rounds-window", Some(&["app", "replica"])),
    ("sync-server", Some(&["app", "causal", "domain", "door", "replica", "wire"])),
    ("rounds-tests", None),
    ("xtask", Some(&[])),
];

/// The part of the server that is an office: a replica with the app's commands.
const OFFICE: &[&str] = &["sync-server/src/office", "sync-server/src/demo"];
/// What each room inside the server may not know.
const INNER: &[(&str, &[&str])] = &[
    (
        "sync-server/src/storage",
        &["crate::service", "crate::hub", "crate::office", "crate::demo", "crate::cli", "axum"],
    ),
    (
        "sync-server/src/blobs",
        &["crate::service", "crate::hub", "crate::office", "crate::demo", "crate::cli", "axum", "rusqlite", "postgres"],
    ),
    (
        "sync-server/src/service",
        &["crate::hub", "crate::office", "crate::demo", "crate::cli", "axum", "rusqlite", "postgres"],
    ),
    ("sync-server/src/hub", &["crate::office", "crate::demo", "crate::cli", "rusqlite", "storage::sqlite", "postgres"]),
];
/// The rooms behind the doors; they are without a runtime, for the window's sake.
const BEHIND_THE_DOORS: &[&str] = &["crates/app/src/"];
/// What belongs to the browser's door.
const OF_THE_DOOR: &[&str] = &["axum", "tokio", "tower_http", "rust_embed"];
/// What the rest of the server may know of the domain: who may write what.
const ROLES: &[&str] = &["role", "permission"];

/// Dependencies between packages that the plan does not have.
pub fn between_packages(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut packages = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        match file.text().parse::<Table>() {
            Ok(manifest) => {
                let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
                packages.insert(name.unwrap_or(&file.path).to_owned(), (file, manifest));
            }
            Err(error) => complaints.push(file.complaint(0, error.message())),
        }
    }
    for (name, (file, manifest)) in &packages {
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| room == name) else {
            complaints.push(file.complaint(0, format_args!("the plan has no room {name}")));
            continue;
        };
        let inner = dependencies(manifest).into_iter().filter(|other| packages.contains_key(other));
        let wrong = inner.filter(|other| allowed.is_some_and(|allowed| !allowed.contains(&other.as_str())));
        complaints.extend(wrong.map(|other| file.complaint(0, format_args!("{name} may not know {other}"))));
    }
    complaints
}

/// The packages a manifest depends on, for whatever purpose and platform, by their own names.
fn dependencies(manifest: &Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        if matches!(key.as_str(), "dependencies" | "dev-dependencies" | "build-dependencies") {
            let own_name = |entry: &Value| entry.get("package").and_then(Value::as_str).map(str::to_owned);
            found.extend(table.iter().map(|(name, entry)| own_name(entry).unwrap_or_else(|| name.clone())));
        }
        if key == "target" {
            found.extend(table.values().filter_map(Value::as_table).flat_map(dependencies));
        }
    }
    found
}

/// Places of the server outside of its office that know more than they should.
pub fn inside_the_server(files: &[File]) -> Vec<String> {
    let is_office = |path: &str| OFFICE.iter().any(|office| path.starts_with(office));
    let server = files.iter().filter(|file| file.is_rust() && file.path.starts_with("sync-server/src/"));
    let mut complaints = Vec::new();
    for file in server.filter(|file| !is_office(&file.path)) {
        for (line, text) in code_lines(file) {
            let mut complain = |what: &str| complaints.push(file.complaint(line, what));
            if ["app", "door", "replica"].iter().any(|room| named_in(text, room).next().is_some()) {
                complain("only office/ and demo may know the app");
            }
            if named_in(text, "domain").any(|rest| !starts_with_a_role(rest)) {
                complain("the hub may know the domain's roles alone");
            }
            for (room, foreign) in INNER.iter().filter(|(room, _)| file.path.starts_with(room)) {
                for path in foreign.iter().filter(|path| text.contains(**path)) {
                    complain(&format!("{room} may not know {path}"));
                }
            }
        }
    }
    complaints
}

/// Places of the app that know HTTP or an async runtime.
pub fn inside_the_app(files: &[File]) -> Vec<String> {
    let is_behind = |path: &str| BEHIND_THE_DOORS.iter().any(|room| path.starts_with(room));
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && is_behind(&file.path)) {
        for (line, text) in code_lines(file) {
            let known = OF_THE_DOOR.iter().filter(|name| named_in(text, name).next().is_some());
            complaints.extend(
                known.map(|name| file.complaint(line, format_args!("only the browser's door may know {name}"))),
            );
        }
    }
    complaints
}

fn starts_with_a_role(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    ROLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    fn package(name: &str, rest: &str) -> File {
        made_up(&format!("crates/{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n{rest}"))
    }

    #[track_caller]
    fn check_packages(rest: &str, expected: usize) {
        let files = [package("causal", ""), package("domain", ""), package("replica", ""), package("wire", rest)];
        assert_eq!(between_packages(&files).len(), expected, "{rest}");
    }

    #[test]
    fn an_arrow_that_the_plan_does_not_have_is_found() {
        check_packages("[dependencies]\ncausal = { workspace = true }\nserde = \"1\"", 0);
        check_packages("[dependencies]\ndomain = { workspace = true }", 1);
        check_packages("[dependencies]\nother-name = { package = \"domain\", path = \"../domain\" }", 1);
        check_packages("[dev-dependencies]\nreplica.workspace = true", 1);
        check_packages("[target.'cfg(unix)'.build-dependencies]\nreplica = \"1\"\ndomain = \"1\"", 2);
        check_packages("[dependencies", 1);
    }

    #[test]
    fn a_room_that_the_plan_does_not_have_is_found() {
        assert_eq!(
            between_packages(&[package("cellar", "")]),
            ["crates/cellar/Cargo.toml:1: the plan has no room cellar"]
        );
    }

    #[track_caller]
    fn check_server(path: &str, code: &str, expected: usize) {
        let file = made_up(&format!("sync-server/src/{path}"), &format!("//! why\n{code}\n"));
        assert_eq!(inside_the_server(&[file]).len(), expected, "{path}: {code}");
    }

    #[test]
    fn the_hub_knows_neither_the_app_nor_the_office() {
        check_server("hub/push.rs", "use crate::service::Service;\nuse domain::role::Role;", 0);
        check_server("hub/push.rs", "use app::Commands;", 1);
        check_server("hub/push.rs", "let office = crate::office::open();", 1);
        check_server("hub/push.rs", "use domain::template::Template;", 1);
        check_server("hub/push.rs", "use domain::{role::Role, template};", 1);
        check_server("hub/push.rs", "use rusqlite::Connection;", 1);
        check_server("hub/push.rs", "use crate::storage::sqlite::open;", 1);
        check_server("storage/sqlite.rs", "fn a() { app::run() }", 1);
        check_server("service.rs", "use replica::Store;", 1);
    }

    #[test]
    fn the_app_behind_the_doors_knows_neither_http_nor_a_runtime() {
        let check = |path: &str, code: &str, expected: usize| {
            let file = made_up(&format!("crates/{path}"), &format!("//! why\n{code}\n"));
            assert_eq!(inside_the_app(&[file]).len(), expected, "{path}: {code}");
        };
        check("door/src/call.rs", "use axum::Router;\nuse tokio::sync::Semaphore;", 0);
        check("app/src/app.rs", "use std::sync::Arc;", 0);
        check("app/src/app.rs", "use axum::Router;", 1);
        check("app/src/commands/today.rs", "let now = tokio::time::now();", 1);
    }

    #[test]
    fn the_store_knows_no_decisions_and_the_decisions_no_store() {
        check_server("storage/sqlite/verify.rs", "let changes = crate::service::changes::decode(bytes);", 1);
        check_server("storage/sqlite/verify.rs", "use crate::storage::changes;\nuse rusqlite::Connection;", 0);
        check_server("service/push.rs", "use crate::storage::changes;", 0);
        check_server("service/push.rs", "use axum::Router;", 1);
        check_server("service/push.rs", "use rusqlite::Connection;", 1);
        check_server("service/push.rs", "use crate::hub::router;", 1);
        check_server("cli/serve.rs", "use crate::hub;\nuse crate::service::Hub;\nuse crate::storage::sqlite;", 0);
    }

    #[test]
    fn the_office_and_the_demo_know_the_app() {
        check_server("office/door.rs", "use app::Commands;\nuse domain::template::Template;", 0);
        check_server("demo.rs", "use app::Commands;", 0);
        check_server("demo/people.rs", "use app::Commands;", 0);
        check_server("main.rs", "use crate::office::Office;", 0);
    }
}
