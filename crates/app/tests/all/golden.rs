//! The list of commands as files: one a noun, and the shapes that several nouns use once, in a file of their own.
//!
//! The office's tests use this file as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};

/// Set to write the files anew: `UPDATE_GOLDEN=1 cargo test -p app -p sync-server`.
const UPDATE: &str = "UPDATE_GOLDEN";
/// Where the shapes stand that several nouns use.
const SHARED: &str = "shapes";
const DEFINITIONS: &str = "#/$defs/";

/// Compares the list of commands with the files in `folder`, or writes them.
#[track_caller]
pub(crate) fn check(folder: &Path, listed: &[Value]) {
    let files = split(listed);
    let name = |file: &str| folder.join(format!("{file}.json"));
    if std::env::var_os(UPDATE).is_some() {
        if folder.exists() {
            std::fs::remove_dir_all(folder).expect("the old files go");
        }
        std::fs::create_dir_all(folder).expect("a folder");
        for (file, content) in &files {
            let text = serde_json::to_string_pretty(content).expect("JSON");
            std::fs::write(name(file), format!("{text}\n")).expect("the golden file can be written");
        }
    }
    let read = |file: &str| -> Option<Value> { serde_json::from_slice(&std::fs::read(name(file)).ok()?).ok() };
    let changed: Vec<&String> =
        files.iter().filter(|(file, content)| read(file).as_ref() != Some(*content)).map(|(file, _)| file).collect();
    assert!(changed.is_empty(), "{changed:?} changed: look at the difference after {UPDATE}=1");
    let there = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(there, files.len(), "a file in {} is of no noun; write them anew with {UPDATE}=1", folder.display());
}

/// The files, by name.
fn split(listed: &[Value]) -> BTreeMap<String, Value> {
    let mut nouns: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut shapes: BTreeMap<String, Value> = BTreeMap::new();
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for command in listed {
        let noun = command["name"].as_str().and_then(|name| name.split('.').next()).expect("a noun").to_owned();
        let mut command = command.clone();
        for (side, is_named) in [("arguments", false), ("answer", true)] {
            let (schema, parts) = taken_apart(&command[side], is_named);
            for (name, part) in parts {
                users.entry(name.clone()).or_default().insert(noun.clone());
                let known = shapes.entry(name.clone()).or_insert_with(|| part.clone());
                assert!(*known == part, "{name} is more than one shape: {known} and {part}");
            }
            command[side] = schema;
        }
        nouns.entry(noun).or_default().push(command);
    }
    let home = |name: &str| match users[name].iter().collect::<Vec<_>>()[..] {
        [noun] => noun.clone(),
        _ => SHARED.to_owned(),
    };
    let mut files: BTreeMap<String, Value> = BTreeMap::new();
    for (noun, commands) in nouns {
        files.insert(noun, json!({ "commands": commands }));
    }
    for (name, shape) in &shapes {
        files.entry(home(name)).or_insert_with(|| json!({}))["$defs"][name] = shape.clone();
    }
    for (file, content) in &mut files {
        point(content, &|name| if home(name) == *file { String::new() } else { format!("{}.json", home(name)) });
    }
    files
}

/// A schema without the shapes that it brings along, and those; an answer is itself a shape, by its title.
fn taken_apart(schema: &Value, is_named: bool) -> (Value, Map<String, Value>) {
    let mut schema = schema.clone();
    let members = schema.as_object_mut().expect("an object");
    members.remove("$schema");
    let parts = members.remove("$defs").and_then(|parts| parts.as_object().cloned()).unwrap_or_default();
    let title = members.remove("title").and_then(|title| title.as_str().map(str::to_owned)).expect("a title");
    if !is_named {
        return (schema, parts);
    }
    let reference = json!({ "$ref": format!("{DEFINITIONS}{title}") });
    (reference, parts.into_iter().chain([(title, schema)]).collect())
}

/// Puts the file before each reference to a shape.
fn point(value: &mut Value, file: &dyn Fn(&str) -> String) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().and_then(|text| text.strip_prefix(DEFINITIONS)) {
                    Some(shape) if name == "$ref" => *member = format!("{}{DEFINITIONS}{shape}", file(shape)).into(),
                    _ => point(member, file),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| point(member, file)),
        _ => {}
    }
}
