//! Reading Rust just closely enough: which part is a test, which line is a comment, which path is named.

use crate::files::File;

/// The lines of a Rust file that are neither comments nor tests, numbered from 0.
pub fn code_lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let end = if is_test_file(&file.path) { 0 } else { tests_start(file.text()) };
    file.text().lines().enumerate().take(end).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Whether the whole file is for tests.
pub fn is_test_file(path: &str) -> bool {
    let mut folders = path.split('/');
    let name = folders.next_back().unwrap_or_default();
    name == "tests.rs" || folders.any(|folder| matches!(folder, "tests" | "benches" | "examples"))
}

/// The line on which a file's tests start; they stand at its end.
fn tests_start(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_start = |pair: &[&str]| pair[0].trim() == "#[cfg(test)]" && is_module(pair[1]);
    lines.windows(2).position(is_start).unwrap_or(lines.len())
}

fn is_module(line: &str) -> bool {
    let line = line.trim();
    let seen = line.strip_prefix("pub").unwrap_or(line);
    let by_whom = seen.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    by_whom.map_or(seen, |(_, rest)| rest).trim_start().starts_with("mod ") && line.ends_with('{')
}

/// For each place where `line` names something of the crate or module path `name`, what follows the `::`.
pub fn named_in<'a>(line: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(name).filter_map(move |(at, _)| {
        let before = line[..at].strip_suffix("::").unwrap_or(&line[..at]);
        let is_inner = before.len() < at && before.ends_with(is_word);
        let rest = line[at + name.len()..].strip_prefix("::")?;
        (!is_inner && !before.ends_with(is_word)).then_some(rest)
    })
}

/// Whether `word` stands in `line` as a whole word.
pub fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_word) && !line[at + word.len()..].starts_with(is_word))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    #[test]
    fn comments_and_tests_are_no_code() {
        let text =
            "//! why\nfn a() {}\n    // note\n#[cfg(test)]\nuse x::y;\n#[cfg(test)]\nmod tests {\nfn b() {}\n}\n";
        let file = made_up("crates/a/src/lib.rs", text);
        let lines: Vec<usize> = code_lines(&file).map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 4]);
        for module in ["pub mod tests {", "pub(crate) mod tests {", "pub(in super::super) mod tests {"] {
            let file = made_up("crates/a/src/lib.rs", &text.replace("mod tests {", module));
            assert_eq!(code_lines(&file).count(), 3, "{module}");
        }
        for path in ["crates/a/tests/all/main.rs", "crates/a/src/tests.rs", "tests/src/lib.rs"] {
            assert_eq!(code_lines(&made_up(path, text)).count(), 0, "{path}");
        }
    }

    #[test]
    fn a_path_is_named_by_its_first_part() {
        let named = |line| named_in(line, "app").collect::<Vec<_>>();
        assert_eq!(named("use app::commands::Start;"), ["commands::Start;"]);
        assert_eq!(named("x(::app::a(), app::b())"), ["a(), app::b())", "b())"]);
        for line in ["use crate::app::x;", "use my_app::x;", "app.route()", "let app = 1;", "mod app;", "self::app::x"]
        {
            assert!(named(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_word_is_found_whole() {
        assert!(has_word("use std::time::{Duration, Instant};", "Instant"));
        assert!(!has_word("InstantNoodles and anInstant", "Instant"));
    }
}
