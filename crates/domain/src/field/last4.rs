//! LAST4: the end of the number of an identity card, and never more of it.

use super::code::Code;
use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::FieldType;

/// `LAST4`: four digits, or three and an X. A longer text is refused, so that nobody believes that the whole number is kept.
static LAST4: Code = Code {
    name: "LAST4",
    expected: ValueError::Shape { zh: "证件号后四位", en: "the last four of the number" },
    longest: 64,
    is_upper: true,
    fits: is_four,
};

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    LAST4.declared_as(declaration)
}

fn is_four(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 4 && bytes[..3].iter().all(u8::is_ascii_digit) && (bytes[3].is_ascii_digit() || bytes[3] == b'X')
}
