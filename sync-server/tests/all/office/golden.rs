//! The commands of the office's door are a contract, like those of the app.

use std::path::Path;

use serde_json::{Value, json};
use sync_server::office::all_commands;

/// Set to write the file anew: `UPDATE_GOLDEN=1 cargo test -p sync-server`.
const UPDATE: &str = "UPDATE_GOLDEN";

#[test]
fn the_commands_of_the_office_are_those_of_the_golden_file() {
    let entry = |command: &sync_server::office::OfficeCommand| {
        json!({
            "name": command.name,
            "summary": command.summary,
            "audience": "people",
            "access": command.access,
            "arguments": command.arguments,
            "answer": command.answer,
        })
    };
    let listed = json!({ "commands": all_commands().iter().map(entry).collect::<Vec<_>>() });
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/office-commands.json");
    if std::env::var_os(UPDATE).is_some() {
        let text = serde_json::to_string_pretty(&listed).expect("JSON");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(&file, format!("{text}\n")).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&file).expect("the golden file");
    let golden: Value = serde_json::from_str(&golden).expect("JSON");
    assert!(golden == listed, "look at the difference after {UPDATE}=1 cargo test -p sync-server");
}

#[test]
fn every_argument_is_described_and_nothing_else_is_taken() {
    for command in all_commands() {
        let schema = serde_json::to_value(&command.arguments).expect("JSON");
        assert_eq!(schema["additionalProperties"], false, "{}", command.name);
        for (name, argument) in schema["properties"].as_object().into_iter().flatten() {
            assert!(argument["description"].is_string(), "{} {name}", command.name);
        }
        assert!(command.summary.ends_with('.'), "{}", command.name);
    }
}
