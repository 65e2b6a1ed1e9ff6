//! TAG: a mark that rows share.

use super::code::Code;
use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::FieldType;

/// `TAG`: letters, digits, `-` and `_`, 64 at most; the code of a card, or what was written in one tap.
static TAG: Code = Code {
    name: "TAG",
    expected: ValueError::Shape { zh: "由字母和数字组成的码", en: "a code of letters and digits" },
    longest: 256,
    is_upper: false,
    fits: is_tag,
};

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    TAG.declared_as(declaration)
}

fn is_tag(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
