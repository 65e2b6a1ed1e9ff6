//! The office's pages from outside: who gets in, what they may do, and where it goes.

mod accounts;
mod beginning;
mod browser;
mod given;
mod golden;
mod records;
mod removing;
mod sessions;
mod several;
mod sight;

use std::path::Path;

use serde_json::Value;

use crate::support::*;
use browser::Browser;

/// A server with one organisation, and what its first account signs in with.
fn school(further: &[&str]) -> (Server, Value) {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let made = cli_ok(&[&["init", "--data", text(&folder), "--organisation", "实验小学"], further].concat());
    (Server::on(&folder, &[]), made["account"].clone())
}

/// A demo school, and a browser in which its first account is signed in.
fn demo() -> (Server, Browser) {
    let (server, account) = school(&["--demo"]);
    let browser = Browser::at(&server);
    browser.sign_in(&account);
    (server, browser)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}
