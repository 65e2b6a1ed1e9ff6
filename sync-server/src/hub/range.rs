//! Which bytes of a blob are asked for: `Range`, `If-Range`, `If-None-Match` (RFC 9110).

use axum::http::{HeaderMap, HeaderName, header};

/// What is to be sent of `size` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of them.
    Whole,
    /// From the first to before the last.
    Of(u64, u64),
    /// None: there are no such bytes.
    Nowhere,
    /// None: the client has them already.
    Known,
}

/// What the headers ask for of the bytes with the entity tag `tag`.
///
/// A range that is not one, or several at once, ask for all, as the standard allows.
pub(super) fn part(headers: &HeaderMap, tag: &str, size: u64) -> Part {
    if values(headers, &header::IF_NONE_MATCH).any(|known| known == "*" || known.trim_start_matches("W/") == tag) {
        return Part::Known;
    }
    let mut of_which = headers.get_all(header::IF_RANGE).iter();
    if of_which.any(|known| known.as_bytes() != tag.as_bytes()) {
        return Part::Whole;
    }
    let mut ranges = values(headers, &header::RANGE);
    match (ranges.next().and_then(|range| parse(range, size)), ranges.next()) {
        (Some(part), None) => part,
        _ => Part::Whole,
    }
}

/// The members of a list, which may stand in several headers.
fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

fn parse(range: &str, size: u64) -> Option<Part> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes"))?;
    let (first, last) = (number(first.trim())?, number(last.trim())?);
    let (first, end) = match (first, last) {
        (None, None) => return None,
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), last) => (first, last.map_or(size, |last| last.saturating_add(1).min(size))),
        (None, Some(count)) => (size - count.min(size), size),
    };
    Some(if first < end { Part::Of(first, end) } else { Part::Nowhere })
}

/// A number in digits, or none in an empty text; `None` for anything else. More than fits is more than there is.
fn number(text: &str) -> Option<Option<u64>> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(if text.is_empty() { None } else { Some(text.parse().unwrap_or(u64::MAX)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: &str, expected: Part) {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().expect("a header"));
        assert_eq!(part(&headers, "\"x\"", 10), expected, "{range}");
    }

    #[test]
    fn a_range_is_read() {
        check("bytes=0-0", Part::Of(0, 1));
        check("bytes=2-4", Part::Of(2, 5));
        check("Bytes= 2 - 4 ", Part::Of(2, 5));
        check("bytes=8-99", Part::Of(8, 10));
        check("bytes=8-", Part::Of(8, 10));
        check("bytes=-3", Part::Of(7, 10));
        check("bytes=-99", Part::Of(0, 10));
        check("bytes=0-99999999999999999999999", Part::Of(0, 10));
    }

    #[test]
    fn a_range_beyond_the_end_is_nowhere() {
        for range in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            check(range, Part::Nowhere);
        }
    }

    #[test]
    fn what_is_no_range_asks_for_all() {
        for range in
            ["", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=x-", "bytes=+1-2", "lines=1-2", "bytes=0-1,3-4"]
        {
            check(range, Part::Whole);
        }
    }

    #[test]
    fn what_the_client_knows_is_not_sent_again() {
        let with = |pairs: &[(HeaderName, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(name, value.parse().expect("a header"));
            }
            part(&headers, "\"x\"", 10)
        };
        let range = (header::RANGE, "bytes=0-1");
        assert_eq!(with(&[(header::IF_NONE_MATCH, "\"a\", \"x\"")]), Part::Known);
        assert_eq!(with(&[(header::IF_NONE_MATCH, "W/\"x\"")]), Part::Known);
        assert_eq!(with(&[(header::IF_NONE_MATCH, "*"), range.clone()]), Part::Known);
        assert_eq!(with(&[(header::IF_NONE_MATCH, "\"a\""), range.clone()]), Part::Of(0, 2));
        assert_eq!(with(&[(header::IF_RANGE, "\"x\""), range.clone()]), Part::Of(0, 2));
        assert_eq!(with(&[(header::IF_RANGE, "\"a\""), range]), Part::Whole);
    }
}
