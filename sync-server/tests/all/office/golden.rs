//! The commands of the office's door are a contract, like those of the app.

use std::path::Path;

use serde_json::{Value, json};
use sync_server::office::all_commands;

/// How the list becomes files.
#[path = "../../../../crates/app/tests/all/golden.rs"]
mod files;

#[test]
fn the_commands_of_the_office_are_those_of_the_golden_files() {
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
    let listed: Vec<Value> = all_commands().iter().map(entry).collect();
    files::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/office"), &listed);
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
