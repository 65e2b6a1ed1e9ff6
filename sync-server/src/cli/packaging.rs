//! What `packaging/` starts is a command line that this program takes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

use super::{Cli, Command};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging")
}

/// The settings of a unit by section and name; of a name that stands twice both.
fn unit(name: &str) -> BTreeMap<(String, String), Vec<String>> {
    let text = fs::read_to_string(folder().join("systemd").join(name)).expect("the unit");
    let mut settings: BTreeMap<_, Vec<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{name}: {line} is no setting"));
        settings.entry((section.clone(), key.to_owned())).or_default().push(value.to_owned());
    }
    settings
}

fn one(unit: &BTreeMap<(String, String), Vec<String>>, section: &str, key: &str) -> String {
    let all = unit.get(&(section.to_owned(), key.to_owned())).unwrap_or_else(|| panic!("no {key} in {section}"));
    assert_eq!(all.len(), 1, "{key} stands once");
    all[0].clone()
}

fn command(line: &[&str]) -> Command {
    Cli::try_parse_from(line).unwrap_or_else(|error| panic!("{line:?}: {error}")).command
}

#[test]
fn the_units_start_what_this_program_takes_in_the_folder_that_is_theirs() {
    for (name, folder) in [("rounds-server.service", None), ("rounds-backup.service", Some("/var/backups/rounds"))] {
        let unit = unit(name);
        let line = one(&unit, "Service", "ExecStart");
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(words.windows(2).any(|pair| pair == ["--data", "/var/lib/rounds"]), "{line}");
        assert_eq!(one(&unit, "Service", "StateDirectory"), "rounds");
        assert_eq!(one(&unit, "Service", "ProtectSystem"), "strict");
        assert_eq!(one(&unit, "Service", "UMask"), "0077");
        match (command(&words), folder) {
            (Command::Serve(_), None) => assert_eq!(one(&unit, "Service", "LimitNOFILE"), "65536"),
            (Command::Backup(_), Some(folder)) => assert_eq!(one(&unit, "Service", "ReadWritePaths"), folder),
            _ => panic!("{line}"),
        }
    }
    assert_eq!(one(&unit("rounds-backup.timer"), "Timer", "Persistent"), "true");
}

#[test]
fn the_image_serves_as_somebody_without_rights() {
    let text = fs::read_to_string(folder().join("Containerfile")).expect("the file");
    let said = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let line = lines.next().unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(lines.next(), None, "{name} stands once");
        line.to_owned()
    };
    assert_eq!(said("USER"), "rounds");
    let words = |name: &str| -> Vec<String> { serde_json::from_str(&said(name)).expect("a list of words") };
    let line = [words("ENTRYPOINT"), words("CMD")].concat();
    let line: Vec<&str> = line.iter().map(String::as_str).collect();
    assert!(matches!(command(&line), Command::Serve(_)), "{line:?}");
    assert_eq!(words("VOLUME"), [line[3]], "what it keeps outlives it");
}
