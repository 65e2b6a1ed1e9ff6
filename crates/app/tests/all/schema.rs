//! The list of commands is a contract: a change of it shows in a file, and is meant.

use std::path::Path;

use serde_json::Value;

/// Set to write the file anew: `UPDATE_GOLDEN=1 cargo test -p app`.
const UPDATE: &str = "UPDATE_GOLDEN";

fn listed() -> Value {
    let entry = |command: &app::Command| {
        serde_json::json!({
            "name": command.name,
            "summary": command.summary,
            "audience": command.audience,
            "arguments": command.arguments,
            "answer": command.answer,
        })
    };
    serde_json::json!({ "commands": app::all_commands().iter().map(entry).collect::<Vec<_>>() })
}

#[test]
fn the_commands_are_those_of_the_golden_file() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/commands.json");
    let listed = listed();
    if std::env::var_os(UPDATE).is_some() {
        let text = serde_json::to_string_pretty(&listed).expect("JSON");
        std::fs::write(&file, format!("{text}\n")).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&file).expect("the golden file");
    let golden: Value = serde_json::from_str(&golden).expect("JSON");
    let commands = |list: &Value| list["commands"].as_array().cloned().unwrap_or_default();
    let changed: Vec<Value> = commands(&listed)
        .into_iter()
        .filter(|command| !commands(&golden).contains(command))
        .map(|command| command["name"].clone())
        .collect();
    assert!(golden == listed, "changed: {changed:?}; look at the difference after {UPDATE}=1 cargo test -p app");
}

#[test]
fn every_command_has_a_name_of_its_own_and_says_what_it_does() {
    let commands = app::all_commands();
    for (index, command) in commands.iter().enumerate() {
        assert!(command.name.split_once('.').is_some_and(|(noun, verb)| !noun.is_empty() && !verb.is_empty()));
        assert!(command.summary.ends_with('.') && command.summary.len() > 10, "{}", command.name);
        assert!(commands[..index].iter().all(|other| other.name != command.name), "{}", command.name);
    }
}

#[test]
fn every_argument_of_a_domain_command_is_described_and_nothing_else_is_taken() {
    let plain = |name: &str| name.starts_with("record.") || name.starts_with("sync.");
    for command in app::all_commands().iter().filter(|command| !plain(command.name)) {
        let schema = serde_json::to_value(&command.arguments).expect("JSON");
        assert_eq!(schema["additionalProperties"], false, "{}", command.name);
        for (name, argument) in schema["properties"].as_object().into_iter().flatten() {
            assert!(argument["description"].is_string(), "{} {name}", command.name);
        }
    }
}
