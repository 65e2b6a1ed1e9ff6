//! The entries of the index: words stand as they are, and everything else behind a mark of its own, so that nothing of one sort
//! is taken for the beginning of another.
//!
//! SQLite's tokenizer `ascii` keeps every character beyond ASCII, and so also characters that are younger than its own tables.

use uuid::Uuid;

/// Stands at master data: what people give names to, and look for by them.
pub(super) const MASTER: &str = "ˇmaster";

/// Stands before a syllable of the pinyin.
pub(super) const SYLLABLE: &str = "ˉ";
/// Stands before an initial of the pinyin.
pub(super) const INITIAL: &str = "ˊ";

/// Entries one after the other, as SQLite's tokenizer cuts them.
#[derive(Default)]
pub(super) struct Entries(String);

impl Entries {
    /// One more entry: a word behind its mark, which is empty for a word as it stands.
    pub(super) fn push(&mut self, mark: &str, word: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(mark);
        self.0.push_str(word);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A syllable of the pinyin.
pub(super) fn syllable(syllable: &str) -> String {
    format!("{SYLLABLE}{syllable}")
}

/// An initial of the pinyin.
pub(super) fn initial(initial: char) -> String {
    format!("{INITIAL}{initial}")
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
