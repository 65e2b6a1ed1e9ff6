//! Rust in words and signs, without comments and what stands in quotes: enough to see which paths are named.

/// A word or a sign, and its line, counted from 0.
pub type Token<'a> = (usize, &'a str);

/// The words and signs of one line; `::` is one sign.
pub fn of_line(line: usize, text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => break,
            '"' => quoted(rest),
            '\'' => letter(rest),
            ':' if rest.starts_with("::") => 2,
            first if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        if !matches!(first, '"' | '\'') {
            tokens.push((line, &rest[..length]));
        }
        rest = rest[length..].trim_start();
    }
    tokens
}

/// Whether a word may hold it.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a text in quotes; one that goes on in the next line ends with this one.
fn quoted(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// The length of a letter in quotes, or of the sign before a lifetime.
fn letter(text: &str) -> usize {
    let mut inside = text.char_indices().skip(1);
    match inside.next() {
        Some((_, '\\')) => text[2..].find('\'').map_or(1, |at| at + 3),
        Some(_) => inside.next().filter(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_are_told_apart_and_quotes_left_out() {
        let words = |text| of_line(0, text).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(words("use a::{b, c}; // d::e"), ["use", "a", "::", "{", "b", ",", "c", "}", ";"]);
        assert_eq!(words(r#"f("a::\"b", '\'', 'x', &'a y)"#), ["f", "(", ",", ",", ",", "&", "a", "y", ")"]);
    }
}
