//! How Han characters are read, and what people type for them.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

/// So many ways of cutting letters into syllables are looked for at most; more than two or three are never meant.
const MAX_WAYS: usize = 6;
/// No syllable is longer, `zhuang`.
const LONGEST: usize = 6;

/// Every syllable that some character is read as.
static SYLLABLES: LazyLock<BTreeSet<Cow<'static, str>>> =
    LazyLock::new(|| ('\u{4E00}'..='\u{9FFF}').flat_map(syllables).filter(|syllable| has_vowel(syllable)).collect());

/// Nobody cuts letters so that an `n` of its own is left over, though a character is read so.
fn has_vowel(syllable: &str) -> bool {
    syllable.contains(['a', 'e', 'i', 'o', 'u', 'v'])
}

/// The syllables that a character is read as, without tones, the usual one first; `ü` is `v`, as it is typed.
pub(super) fn syllables(c: char) -> Vec<Cow<'static, str>> {
    let usual = c.to_pinyin().into_iter();
    let mut all: Vec<Cow<'static, str>> = Vec::new();
    for reading in usual.chain(c.to_pinyin_multi().into_iter().flatten()) {
        let plain = reading.plain();
        let syllable = if plain.is_ascii() { Cow::Borrowed(plain) } else { Cow::Owned(plain.replace('ü', "v")) };
        if syllable.bytes().all(|byte| byte.is_ascii_lowercase()) && !all.contains(&syllable) {
            all.push(syllable);
        }
    }
    all
}

/// The ways in which letters are syllables, one after the other; the last may be unfinished, if more than its initial is there.
pub(super) fn ways(letters: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    if letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        cut_further(letters, &mut Vec::new(), &mut HashSet::new(), &mut found);
    }
    found
}

fn cut_further<'a>(
    left: &'a str,
    so_far: &mut Vec<&'a str>,
    dead_ends: &mut HashSet<usize>,
    found: &mut Vec<Vec<&'a str>>,
) {
    if dead_ends.contains(&left.len()) || found.len() >= MAX_WAYS {
        return;
    }
    let before = found.len();
    if is_last(left) {
        found.push([so_far.as_slice(), &[left]].concat());
    }
    for end in (1..left.len().min(LONGEST + 1)).rev() {
        let (syllable, rest) = left.split_at(end);
        if SYLLABLES.contains(syllable) {
            so_far.push(syllable);
            cut_further(rest, so_far, dead_ends, found);
            so_far.pop();
        }
    }
    if found.len() == before {
        dead_ends.insert(left.len());
    }
}

fn is_last(letters: &str) -> bool {
    if SYLLABLES.contains(letters) {
        return true;
    }
    let next = SYLLABLES.range::<str, _>((Bound::Included(letters), Bound::Unbounded)).next();
    letters.len() > 1 && next.is_some_and(|syllable| syllable.starts_with(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_cut_into_syllables_in_every_way() {
        assert_eq!(ways("limin"), [["li", "min"]]);
        assert_eq!(ways("xian"), [vec!["xian"], vec!["xi", "an"]]);
        assert_eq!(ways("zhanggu"), [["zhang", "gu"]]);
        assert!(ways("limi").contains(&vec!["li", "mi"]));
        assert!(ways("cfrj").is_empty() && ways("haier 50").is_empty() && ways("").is_empty());
        assert!(ways(&"a".repeat(100)).len() <= MAX_WAYS);
        assert!(ways(&format!("{}q", "xian".repeat(40))).is_empty(), "a dead end is seen once");
    }

    #[test]
    fn the_usual_reading_comes_first() {
        assert_eq!(syllables('李'), ["li"]);
        assert_eq!(syllables('绿')[0], "lv");
        let readings = syllables('行');
        assert!(readings[0] == "xing" && readings.contains(&"hang".into()), "{readings:?}");
        assert!(syllables('a').is_empty());
    }
}
