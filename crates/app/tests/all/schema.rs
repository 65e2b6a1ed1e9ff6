//! The list of commands is a contract: a change of it shows in a file, and is meant.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::golden;

#[test]
fn the_commands_are_those_of_the_golden_files() {
    let entry = |command: &app::Command| {
        serde_json::json!({
            "name": command.name,
            "summary": command.summary,
            "audience": command.audience,
            "access": command.access,
            "arguments": command.arguments,
            "answer": command.answer,
        })
    };
    let listed: Vec<Value> = app::all_commands().iter().map(entry).collect();
    golden::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/commands"), &listed);
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

/// Every named shape of every command, by its name; the name of an answer is its title.
fn named_shapes() -> BTreeMap<String, Vec<Value>> {
    let mut shapes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for command in app::all_commands() {
        for schema in [&command.arguments, &command.answer] {
            let mut schema = serde_json::to_value(schema).expect("JSON");
            let members = schema.as_object_mut().expect("an object");
            let parts = members.remove("$defs");
            let title = members.get("title").and_then(Value::as_str).expect("a title").to_owned();
            members.retain(|name, _| name != "title" && name != "$schema");
            shapes.entry(title).or_default().push(schema);
            for (name, part) in parts.as_ref().and_then(Value::as_object).into_iter().flatten() {
                shapes.entry(name.clone()).or_default().push(part.clone());
            }
        }
    }
    shapes
}

#[test]
fn one_name_means_one_shape_in_every_command() {
    for (name, shapes) in named_shapes() {
        let other = shapes.iter().find(|shape| **shape != shapes[0]);
        assert!(other.is_none(), "{name} is more than one shape: {} and {}", shapes[0], other.expect("it"));
        assert!(!name.ends_with(|last: char| last.is_ascii_digit()), "{name} stands for a second shape of that name");
    }
}

/// Where a schema says nothing of a value, by the path to it.
fn open_places(schema: &Value, path: &str, found: &mut Vec<String>) {
    let Some(members) = schema.as_object() else {
        if schema == &Value::Bool(true) {
            found.push(path.to_owned());
        }
        return;
    };
    let is_open = !["type", "$ref", "anyOf", "oneOf", "enum", "const"].iter().any(|name| members.contains_key(*name));
    if is_open {
        found.push(path.to_owned());
    }
    for (name, part) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
        open_places(part, &format!("{path}.{name}"), found);
    }
    for name in ["anyOf", "oneOf"] {
        for part in members.get(name).and_then(Value::as_array).into_iter().flatten() {
            open_places(part, path, found);
        }
    }
    for name in ["items", "additionalProperties"] {
        if let Some(part) = members.get(name).filter(|part| **part != Value::Bool(false)) {
            open_places(part, &format!("{path}[]"), found);
        }
    }
}

#[test]
fn a_screen_knows_the_type_of_every_value_but_those_of_records_and_drafts_of_any_kind() {
    let mut found = Vec::new();
    for (name, shapes) in named_shapes() {
        let is_plain = name.starts_with("Record") || name.starts_with("Draft") || name == "SiblingView";
        if !is_plain {
            open_places(&shapes[0], &name, &mut found);
        }
    }
    assert_eq!(found, ["ConflictValue.value"]);
}
