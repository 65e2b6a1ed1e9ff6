//! Links between documents: a relative one leads to a file of the repository.

use std::collections::BTreeSet;

use crate::files::File;

/// Relative links of Markdown files that lead nowhere.
pub fn broken(files: &[File]) -> Vec<String> {
    let mut places: BTreeSet<String> = BTreeSet::new();
    for file in files {
        places.extend(file.path.match_indices('/').map(|(at, _)| file.path[..at].to_owned()));
        places.insert(file.path.clone());
    }
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        for (line, target) in links(file.text()) {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            let is_elsewhere = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
            if !is_elsewhere && resolve(&file.path, path).is_none_or(|place| !places.contains(&place)) {
                complaints.push(file.complaint(line, format_args!("`{target}` leads nowhere")));
            }
        }
    }
    complaints
}

/// The targets of all links and pictures outside of code, with their lines.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        // Every second piece between backticks is code.
        for piece in line.split('`').step_by(2) {
            found.extend(
                between(piece, "](", &[')', ' ']).chain(between(piece, "src=\"", &['"'])).map(|to| (number, to)),
            );
            found.extend(between(piece, "href=\"", &['"']).map(|to| (number, to)));
        }
        let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        found.extend(definition.and_then(|(_, to)| to.split_whitespace().next()).map(|to| (number, to)));
    }
    found
}

fn between<'a>(text: &'a str, start: &'a str, ends: &'a [char]) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).filter_map(move |(at, _)| text[at + start.len()..].split(ends).next())
}

/// The place that `target` names as seen from the file `from`; nothing when it leads out of the repository.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        let files = [
            made_up("README.md", ""),
            made_up("docs/a.md", text),
            made_up("docs/pictures/b.md", ""),
            File { path: "docs/pictures/b.png".to_owned(), text: None },
        ];
        assert_eq!(broken(&files).len(), expected, "{text}");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        for text in [
            "[a](missing.md)",
            "text ![b](pictures/c.png) text",
            "[a](../../README.md)",
            "<img src=\"b.png\">",
            "[a]: missing.md",
            "[one](../README.md) and [two](README.md)",
        ] {
            check(text, 1);
        }
    }

    #[test]
    fn a_link_that_leads_somewhere_is_fine() {
        for text in [
            "[a](../README.md#what \"title\") ![b](pictures/b.png) [c](./pictures) [d](pictures/)",
            "[a](https://example.org/x.md) [b](#here) [c](mailto:a@example.org)",
            "<img src=\"pictures/b.png\"> <a href=\"../README.md\">",
            "`[a](missing.md)`",
            "```\n[a](missing.md)\n```",
            "[a]: ../README.md",
            "a list[0] of (things)",
        ] {
            check(text, 0);
        }
    }
}
