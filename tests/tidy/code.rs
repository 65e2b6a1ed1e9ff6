//! How Rust files are kept: short, introduced, finished, and without panics that nobody explains.

use crate::files::File;
use crate::scan::code_lines;

/// Lines at which a file should be looked at.
const LONG: usize = 300;
/// Lines above which a file is too long.
const TOO_LONG: usize = 500;

/// Files that might be better as two, with their lines.
pub fn long_files(files: &[File]) -> impl Iterator<Item = (&str, usize)> {
    let lengths = files.iter().filter(|file| file.is_rust()).map(|file| (&*file.path, file.text().lines().count()));
    lengths.filter(|(_, lines)| *lines > LONG)
}

/// Files that must be split.
pub fn too_long_files(files: &[File]) -> Vec<String> {
    let too_long = long_files(files).filter(|(_, lines)| *lines > TOO_LONG);
    too_long.map(|(path, lines)| format!("{path} has {lines} lines, more than {TOO_LONG}")).collect()
}

/// Files that do not open with a `//!` line that says why they exist.
pub fn files_without_a_purpose(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.is_rust());
    let silent = rust.filter(|file| {
        let purpose = file.text().lines().next().and_then(|line| line.strip_prefix("//!"));
        purpose.is_none_or(|purpose| purpose.trim().is_empty())
    });
    silent.map(|file| file.complaint(0, "does not open with `//!` and why it exists")).collect()
}

/// Marks of work that was left for later, in tests too.
pub fn unfinished_code(files: &[File]) -> Vec<String> {
    // Put together, so that this file is not its own first find.
    let marks = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("d", "bg!("), concat!("#[ig", "nore")];
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        for (line, text) in file.text().lines().enumerate().filter(|(_, text)| !text.trim_start().starts_with("//")) {
            let found = marks.iter().filter(|mark| text.contains(**mark));
            complaints.extend(found.map(|mark| file.complaint(line, format_args!("`{mark}` is left over"))));
        }
    }
    complaints
}

/// Panics outside of tests that do not say why they cannot happen.
pub fn bare_unwraps(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let bare = code_lines(file).filter(|(_, text)| text.contains(".unwrap()"));
        complaints.extend(bare.map(|(line, _)| file.complaint(line, "`expect` with the reason, or an error")));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    fn rust(text: &str) -> [File; 1] {
        [made_up("crates/a/src/a.rs", text)]
    }

    #[test]
    fn a_file_above_500_lines_is_too_long_and_above_300_is_listed() {
        for (lines, listed, refused) in [(300, 0, 0), (301, 1, 0), (500, 1, 0), (501, 1, 1)] {
            let files = rust(&"//! a\n".repeat(lines));
            assert_eq!((long_files(&files).count(), too_long_files(&files).len()), (listed, refused), "{lines}");
        }
        let data = [made_up("crates/a/src/table.txt", &"row\n".repeat(900))];
        assert_eq!(long_files(&data).count(), 0);
    }

    #[test]
    fn a_file_that_does_not_say_why_it_exists_is_found() {
        for (text, expected) in [("//! why\n", 0), ("", 1), ("//!\n", 1), ("\n//! why\n", 1), ("use a;\n//! why", 1)] {
            assert_eq!(files_without_a_purpose(&rust(text)).len(), expected, "{text:?}");
        }
    }

    #[test]
    fn what_was_left_for_later_is_found() {
        for mark in [concat!("to", "do!()"), concat!("unimple", "mented!()"), concat!("let a = d", "bg!(b);")] {
            assert_eq!(unfinished_code(&rust(&format!("//! why\nfn a() {{ {mark} }}"))).len(), 1, "{mark}");
        }
        for mark in [concat!("#[ig", "nore]"), concat!("#[ig", "nore = \"slow\"]")] {
            let file = made_up("tests/e2e/main.rs", &format!("//! why\n#[test]\n{mark}\nfn a() {{}}"));
            assert_eq!(unfinished_code(&[file]), [format!("tests/e2e/main.rs:3: `{}` is left over", &mark[..8])]);
        }
        assert!(unfinished_code(&rust(concat!("//! to", "do!() is never used\n"))).is_empty());
    }

    #[test]
    fn a_panic_without_a_reason_is_found_outside_of_tests() {
        assert_eq!(bare_unwraps(&rust("//! why\nfn a() { b().unwrap() }\n")).len(), 1);
        assert_eq!(bare_unwraps(&rust("//! why\nfn a() { b().expect(\"a reason\") }\n")).len(), 0);
        assert_eq!(bare_unwraps(&rust("//! why\n#[cfg(test)]\nmod tests {\nfn a() { b().unwrap() }\n}\n")).len(), 0);
        assert_eq!(bare_unwraps(&[made_up("tests/e2e/main.rs", "fn a() { b().unwrap() }")]).len(), 0);
    }
}
