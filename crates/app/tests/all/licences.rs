//! What the app is built from is told under its licences, and the list is that of the lock file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The packages that end up in the app, one a line: name, version, licence.
fn built_from() -> String {
    // Not `--offline`: the list names packages of other platforms too, and where nobody fetched them yet Cargo does it now.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let members: BTreeSet<String> = list(&metadata["workspace_members"]).iter().map(text).collect();
    let packages: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (text(&node["id"]), node)).collect();
    let door = packages.iter().find(|(id, package)| members.contains(*id) && package["name"] == "door");
    let mut open = vec![door.expect("the program").0.clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id.clone()) {
            let runs = |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            open.extend(list(&nodes[&id]["deps"]).iter().filter(runs).map(|dependency| text(&dependency["pkg"])));
        }
    }
    let lines = seen.iter().filter(|id| !members.contains(*id)).map(|id| {
        let package = &packages[id];
        let licence = package["license"].as_str().unwrap_or("see its licence file").replace('/', " OR ");
        format!("{} {} {licence}\n", text(&package["name"]), text(&package["version"]))
    });
    lines.collect::<BTreeSet<String>>().into_iter().collect()
}

#[test]
fn the_list_of_licences_is_that_of_what_the_app_is_built_from() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("licences.txt");
    let built_from = built_from();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &built_from).expect("the list can be written");
    }
    let listed = std::fs::read_to_string(&file).expect("the list");
    let missing: Vec<&str> = built_from.lines().filter(|line| listed.lines().all(|known| known != *line)).collect();
    assert!(listed == built_from, "missing: {missing:?}; write it anew with UPDATE_GOLDEN=1 cargo test -p app");
}
