//! Whether a name is what somebody types, for short lists that no index holds: a part of it, its pinyin, or its initials.

use std::collections::BTreeSet;

use domain::text::fold;

use super::pinyin::syllables;

/// Whether `typed` stands in `name` or spells a part of it: letter by letter, by pinyin, by initials, or by these in turn.
///
/// # Example
/// ```
/// use replica::is_spelled;
/// for typed in ["", "红烧", "烧肉", "hongshaorou", "hsr", "shaor", "hong s", "红shao"] {
///     assert!(is_spelled("红烧肉", typed), "{typed}");
/// }
/// for typed in ["肉红", "hsrx", "lu"] {
///     assert!(!is_spelled("红烧肉", typed), "{typed}");
/// }
/// ```
pub fn is_spelled(name: &str, typed: &str) -> bool {
    let typed: String = fold(typed).chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    // How far what is typed is told by the letters that were passed; a part begins at any of them.
    let mut told = BTreeSet::from([0]);
    for c in fold(name).chars().filter(|c| !c.is_whitespace()) {
        told = told.iter().flat_map(|from| further(c, &typed, *from)).chain([0]).collect();
        if told.contains(&typed.len()) {
            return true;
        }
    }
    typed.is_empty()
}

/// Where one letter of a name leads to in what is typed from `from` on.
fn further(c: char, typed: &str, from: usize) -> Vec<usize> {
    let left = &typed[from..];
    let mut ends: Vec<usize> = left.strip_prefix(c).map(|rest| typed.len() - rest.len()).into_iter().collect();
    for syllable in syllables(c) {
        // The last one may be unfinished.
        if syllable.starts_with(left) {
            ends.push(typed.len());
        }
        let initial = syllable.chars().next().map_or(0, char::len_utf8);
        for part in [&syllable[..initial], &syllable] {
            ends.extend(left.strip_prefix(part).map(|rest| typed.len() - rest.len()));
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_each_of_its_readings_and_by_letters_and_digits_in_it() {
        assert!(is_spelled("银行", "yinhang") && is_spelled("银行", "yx"));
        assert!(is_spelled("AD 钙奶 220ml", "adgn220") && is_spelled("绿豆汤", "lvdt"));
        assert!(!is_spelled("绿豆汤", "lvt"), "nothing is passed over");
        assert!(!is_spelled("", "a") && is_spelled("", " "));
    }

    #[test]
    fn a_long_name_of_one_letter_is_looked_through_once() {
        assert!(!is_spelled(&"阿".repeat(400), &format!("{}b", "a".repeat(300))));
    }
}
