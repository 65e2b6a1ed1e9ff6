//! The entries of the index: words stand as they are, and everything else behind a mark of its own, so that nothing of one sort
//! is taken for the beginning of another.
//!
//! SQLite's tokenizer `ascii` keeps every character beyond ASCII, and so also characters that are younger than its own tables.

use uuid::Uuid;

/// Stands at master data: what people give names to, and look for by them.
pub(super) const MASTER: &str = "ˇmaster";

/// A syllable of the pinyin.
pub(super) fn syllable(syllable: &str) -> String {
    format!("ˉ{syllable}")
}

/// An initial of the pinyin.
pub(super) fn initial(initial: char) -> String {
    format!("ˊ{initial}")
}

/// A record whose name is shown.
pub(super) fn record(id: Uuid) -> String {
    format!("ˇ{}", id.simple())
}

/// A kind of records.
pub(super) fn kind(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("ˇkind{letters}")
}
