//! What was typed, as an expression over the index.

use super::cut;
use super::pinyin::ways;
use super::token;

/// So many characters of what was typed are looked for.
const MAX_CHARACTERS: usize = 200;

/// What was typed: a record is found when one of the alternatives holds, and that when each of its phrases stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Query {
    alternatives: Vec<Vec<Phrase>>,
}

/// Tokens that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    tokens: Vec<String>,
    /// Whether the last of them may go on.
    is_open: bool,
}

impl Query {
    /// None for what holds neither letter nor digit.
    pub(in crate::store) fn read(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(MAX_CHARACTERS).collect();
        let clauses = cut::clauses(&typed);
        let last = clauses.len().checked_sub(1)?;
        let words = clauses.iter().enumerate().map(|(at, words)| {
            let goes_on = words.last().is_some_and(|word| !cut::is_han_word(word));
            Phrase { tokens: words.clone(), is_open: at == last && goes_on }
        });
        let mut alternatives = vec![words.collect()];
        if let [words] = clauses.as_slice() {
            alternatives.extend(spelled(words).into_iter().map(|phrase| vec![phrase]));
        }
        Some(Self { alternatives })
    }

    /// The expression of FTS5.
    pub(super) fn expression(&self) -> String {
        let all = |phrases: &Vec<Phrase>| {
            let phrases: Vec<String> = phrases.iter().map(Phrase::expression).collect();
            format!("({})", phrases.join(" AND "))
        };
        self.alternatives.iter().map(all).collect::<Vec<_>>().join(" OR ")
    }

    /// Whether the tokens of a record are found, without an index.
    pub(in crate::store) fn matches(&self, tokens: &str) -> bool {
        let text = format!(" {tokens} ");
        self.alternatives.iter().any(|phrases| phrases.iter().all(|phrase| phrase.stands_in(&text)))
    }
}

impl Phrase {
    fn expression(&self) -> String {
        // Tokens hold letters, digits and marks alone, so nothing in them ends the quotes.
        format!("\"{}\"{}", self.tokens.join(" "), if self.is_open { "*" } else { "" })
    }

    fn stands_in(&self, text: &str) -> bool {
        text.contains(&format!(" {}{}", self.tokens.join(" "), if self.is_open { "" } else { " " }))
    }
}

/// What was typed without a Han character may be initials or syllables of some.
fn spelled(words: &[String]) -> Vec<Phrase> {
    let letters: String = words.concat();
    if letters.len() < 2 || !letters.is_ascii() || letters.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let initials = letters.chars().map(token::initial).collect();
    let mut phrases = vec![Phrase { tokens: initials, is_open: false }];
    let mut so_far: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words {
        let ways = if word.bytes().all(|byte| byte.is_ascii_digit()) { vec![vec![word.as_str()]] } else { ways(word) };
        so_far = so_far.iter().flat_map(|before| ways.iter().map(|way| [before.as_slice(), way].concat())).collect();
        so_far.truncate(MAX_WAYS);
    }
    // Two letters begin so many syllables that half of all records would have to be read for them.
    let is_open = letters.len() > 2;
    phrases.extend(so_far.iter().map(|way| {
        let tokens = way.iter().map(|syllable| token::syllable(syllable)).collect();
        Phrase { tokens, is_open }
    }));
    phrases
}

/// So many ways of reading what was typed are looked for.
const MAX_WAYS: usize = 8;
