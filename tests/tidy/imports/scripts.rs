//! Which file of the screens imports which other.

use std::collections::BTreeMap;

use crate::circles::Graph;
use crate::files::File;

const SOURCE: &str = "ui/src/";
/// What stands for that folder in an import.
const ALIAS: &str = "@/";
/// How the name of an imported file may go on.
const ENDINGS: &[&str] = &["", ".ts", ".vue", "/index.ts"];

/// What the screens' files import, types included; what is loaded later, as the page of a route is, and tests are left out.
pub fn graph(files: &[File]) -> Graph<'_> {
    let is_test = |path: &str| path.ends_with(".test.ts") || path.contains("/testing/");
    let sources: BTreeMap<&str, &File> = files
        .iter()
        .filter(|file| file.path.starts_with(SOURCE) && (file.path.ends_with(".ts") || file.path.ends_with(".vue")))
        .filter(|file| !is_test(&file.path))
        .map(|file| (&*file.path, file))
        .collect();
    let edges_of = |file: &File| {
        let targets = imports(file.text()).filter_map(|(line, name)| Some((line, target(&sources, &file.path, name)?)));
        let mut edges = BTreeMap::new();
        targets.filter(|(_, target)| *target != file.path).for_each(|(line, target)| {
            edges.entry(target).or_insert(line);
        });
        edges
    };
    sources.iter().map(|(path, file)| (*path, edges_of(file))).collect()
}

/// The names behind `from`, and those of imports without one, with their lines.
fn imports(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter_map(|(line, text)| {
        let text = text.trim();
        let name = match text.rsplit_once(" from ") {
            Some((before, name)) if is_import(before) => name,
            _ => text.strip_prefix("import ").filter(|rest| rest.starts_with(['\'', '"']))?,
        };
        let name = name.trim_end_matches(';');
        Some((line, name.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?))
    })
}

/// An import, or the last line of one that takes several.
fn is_import(before: &str) -> bool {
    before.starts_with("import ") || before.starts_with("export ") || before == "}"
}

fn target<'a>(sources: &BTreeMap<&'a str, &File>, from: &str, name: &str) -> Option<&'a str> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match name.strip_prefix(ALIAS) {
        Some(rest) => format!("{SOURCE}{rest}"),
        None if name.starts_with('.') => joined(folder, name)?,
        None => return None,
    };
    ENDINGS.iter().find_map(|ending| sources.get_key_value(&*format!("{path}{ending}")).map(|(path, _)| *path))
}

/// `name` seen from `folder`, without `.` and `..`.
fn joined(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
