//! Cutting texts into words, the same way whether a text is indexed or asked for.
//!
//! So what stands in a record is found by typing it as it stands there: whatever the signs in it do, they do on both sides.
//! `unicode61`, SQLite's own way, takes a run of Han characters for one word; here each is a word of its own.

use domain::text::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of each clause of a text, folded.
///
/// A clause ends at a line's end and at the signs that end or divide sentences; other signs only stand between two words, and
/// so do a letter and a digit that meet. So `A-101`, `a 101` and `Ａ１０１` are the same.
pub(super) fn clauses(text: &str) -> Vec<Vec<String>> {
    let mut clauses: Vec<Vec<String>> = vec![Vec::new()];
    let mut last = Sort::Sign;
    for c in fold(text).nfd().filter(|c| !is_combining_mark(*c)).nfc() {
        let sort = Sort::of(c);
        let words = clauses.last_mut().expect("there is always one");
        match (sort, words.last_mut()) {
            (Sort::End, _) => clauses.push(Vec::new()),
            (Sort::Sign, _) => {}
            (Sort::Letter | Sort::Digit, Some(word)) if last == sort => word.push(c),
            _ => words.push(c.to_string()),
        }
        last = sort;
    }
    clauses.retain(|words| !words.is_empty());
    clauses
}

/// Whether a word is one Han character.
pub(super) fn is_han_word(word: &str) -> bool {
    word.chars().next().is_some_and(is_han)
}

/// What a character is to the one that cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Han,
    Letter,
    Digit,
    Sign,
    End,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\t' | ',' | ';' | '!' | '?' | '。' | '、' | '｡' | '､' => Self::End,
            _ if is_han(c) => Self::Han,
            _ if c.is_alphabetic() => Self::Letter,
            _ if c.is_numeric() => Self::Digit,
            _ => Self::Sign,
        }
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF | 0x3007)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let cut: Vec<String> = clauses(text).iter().map(|words| words.join(" ")).collect();
        assert_eq!(cut, expected, "{text}");
    }

    #[test]
    fn signs_stand_between_words_and_the_ends_of_sentences_between_clauses() {
        check("A-101教室门坏", &["a 101 教 室 门 坏"]);
        check("138-0000-1111", &["138 0000 1111"]);
        check("（东）门 3#楼", &["东 门 3 楼"]);
        check("O'Brien，厨房日检。T01.06", &["o brien", "厨 房 日 检", "t 01 06"]);
        check("", &[]);
        check("，。\"*", &[]);
    }

    #[test]
    fn width_case_and_accents_mean_nothing() {
        check("１号楼　Ｃａｆé", &["1 号 楼 cafe"]);
        check("BC-50", &["bc 50"]);
        check("bc50", &["bc 50"]);
    }

    proptest! {
        #[test]
        fn a_text_that_was_cut_is_cut_the_same_again(text in "[ -~厨房日检（），。\\n０-９é𠮷]{0,40}") {
            let cut = clauses(&text);
            let again: Vec<Vec<String>> = cut.iter().flat_map(|words| clauses(&words.join(" "))).collect();
            prop_assert_eq!(cut, again);
        }
    }
}
