//! Food that a school may not make or serve: a menu with it is refused, and what was cooked all the same is written down and found.

use std::sync::LazyLock;

use crate::text::fold;

/// One sort of banned food, all words folded.
#[derive(Debug)]
struct Sort {
    /// The name that the setting has.
    name: String,
    /// Other words for it.
    aliases: Vec<String>,
    /// Words that hold one of them and are something else.
    exceptions: Vec<String>,
}

static SORTS: LazyLock<Vec<Sort>> = LazyLock::new(|| {
    let lines = include_str!("../../presets/meals/banned.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(sort).collect()
});

fn sort(line: &str) -> Sort {
    let words = |cell: Option<&str>| {
        let words = cell.unwrap_or_default().split(',').map(folded);
        words.filter(|word| !word.is_empty()).collect()
    };
    let mut cells = line.split('|');
    let name = folded(cells.next().unwrap_or_default());
    Sort { name, aliases: words(cells.next()), exceptions: words(cells.next()) }
}

/// The banned food that a dish or a purchase is by its name, in the word of the list; none where it may be served.
///
/// `banned` is the setting `food.banned`. A word of a school's own counts as it stands.
///
/// # Example
/// ```
/// use domain::meal::banned_in;
/// let banned = ["四季豆".to_owned(), "生食".to_owned(), "河豚".to_owned()];
/// assert_eq!(banned_in("干煸 豆角", &banned), Some("四季豆"));
/// assert_eq!(banned_in("河豚汤", &banned), Some("河豚"));
/// assert_eq!(banned_in("蒜蓉生菜", &banned), None, "生 alone bans nothing");
/// assert_eq!(banned_in("小扁豆汤", &banned), None);
/// ```
pub fn banned_in<'b>(name: &str, banned: &'b [String]) -> Option<&'b str> {
    let name = folded(name);
    banned.iter().map(String::as_str).find(|word| is_in(&name, word))
}

fn is_in(name: &str, word: &str) -> bool {
    let word = folded(word);
    let sort = SORTS.iter().find(|sort| sort.name == word);
    let mut rest = name.to_owned();
    for exception in sort.iter().flat_map(|sort| &sort.exceptions) {
        // What is something else is cut out, and nothing grows together where it was.
        rest = rest.replace(exception.as_str(), "\n");
    }
    let aliases = sort.iter().flat_map(|sort| &sort.aliases).map(String::as_str);
    !word.is_empty() && std::iter::once(word.as_str()).chain(aliases).any(|word| rest.contains(word))
}

/// A text as words are looked for in it: folded, without spaces.
fn folded(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace()).collect()
}
