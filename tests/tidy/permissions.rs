//! Permissions that nothing asks for: a right that exists on paper alone is one that somebody relies on in vain.

use crate::files::File;
use crate::scan::code_lines;

/// Where they are declared.
const TABLE: &str = "crates/domain/src/permission.rs";
/// Declarations that name them by their codes.
const DECLARED: &str = "crates/domain/presets/";

/// Permissions that stand in the table, and that neither a program nor a declaration asks for.
pub fn unasked(files: &[File]) -> Vec<String> {
    let Some(table) = files.iter().find(|file| file.path == TABLE) else { return Vec::new() };
    let declared = files.iter().filter(|file| file.path.starts_with(DECLARED));
    let words: Vec<&str> = declared.flat_map(|file| file.text().split(|c: char| !is_of_a_name(c))).collect();
    let programs = files.iter().filter(|file| file.is_rust() && file.path != TABLE);
    let code: Vec<&str> = programs.flat_map(|file| code_lines(file).map(|(_, text)| text)).collect();
    let is_asked = |name: &str| {
        words.contains(&code_of(name).as_str()) || code.iter().any(|line| names(line, &format!("Permission::{name}")))
    };
    let lines = table.text().lines().enumerate().filter_map(|(line, text)| Some((line, declared_in(text)?)));
    let unasked = lines.filter(|(_, name)| !is_asked(name));
    unasked.map(|(line, name)| table.complaint(line, format_args!("nothing asks for `{name}`"))).collect()
}

/// The permission that a line of the table declares: `    Patrol: [Head],`.
fn declared_in(line: &str) -> Option<&str> {
    let (name, roles) = line.trim_start().split_once(": ")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    (is_name && roles.starts_with('[')).then_some(name)
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_lowercase() || c == '_'
}

/// Whether a line names it, and not a longer one that begins so.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| !line[at + path.len()..].starts_with(|c: char| c.is_alphanumeric()))
}

/// Its name as declarations write it.
fn code_of(name: &str) -> String {
    let mut code = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(c.to_ascii_lowercase());
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    #[test]
    fn a_permission_that_nothing_asks_for_is_told_and_its_namesakes_do_not_hide_it() {
        let table = "permissions! {\n    /// Walks.\n    Walk: [Head],\n    WalkFar: [Head],\n    SeeAll: [Head],\n}\n";
        let files = [
            made_up(TABLE, table),
            made_up("crates/app/src/a.rs", "//! A.\nfn a() { require(Permission::WalkFar) }\n"),
            made_up("crates/domain/presets/b.txt", "rights | write see_all\n"),
        ];
        let told = unasked(&files);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("`Walk`"), "{told:?}");
    }
}
