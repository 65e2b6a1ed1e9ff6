//! Cuts declarations apart.

/// The parts of a text between the separators that stand outside brackets, trimmed; one empty part for an empty text.
///
/// # Example
/// ```
/// use domain::field::split_outside;
/// assert_eq!(split_outside("TXT[1,80] !, b (c, d)", ','), ["TXT[1,80] !", "b (c, d)"]);
/// ```
pub fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            c if c == separator && depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// A type's declaration, cut into its parts: `NAME(round)[square]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration<'a> {
    /// All of it.
    pub(super) whole: &'a str,
    /// The name.
    pub(super) name: &'a str,
    /// What stands in round brackets.
    pub(super) round: Option<&'a str>,
    /// What stands in square brackets.
    pub(super) square: Option<&'a str>,
}

impl<'a> Declaration<'a> {
    /// None when the brackets do not close or something follows them.
    pub(super) fn cut(whole: &'a str) -> Option<Self> {
        let whole = whole.trim();
        let end = whole.find(['(', '[']).unwrap_or(whole.len());
        let (name, rest) = whole.split_at(end);
        let (round, rest) = inside(rest, '(', ')')?;
        let (square, rest) = inside(rest, '[', ']')?;
        rest.is_empty().then_some(Self { whole, name: name.trim(), round, square })
    }

    /// Whether nothing stands in brackets.
    pub(super) fn is_bare(&self) -> bool {
        self.round.is_none() && self.square.is_none()
    }
}

/// What stands in the brackets that a text begins with, and the rest; none when they do not close.
fn inside(text: &str, open: char, close: char) -> Option<(Option<&str>, &str)> {
    let text = text.trim_start();
    let Some(rest) = text.strip_prefix(open) else { return Some((None, text)) };
    let mut depth = 1_usize;
    for (at, c) in rest.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((Some(rest[..at].trim()), rest[at + c.len_utf8()..].trim_start()));
            }
        }
    }
    None
}
