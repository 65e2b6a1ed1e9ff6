//! The code that a signed page bears: `RP1.<paper>.<revision>.<digest>.<rows>`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use uuid::Uuid;

use crate::text::half_width;

/// What stands before every code.
const MARK: &str = "RP1";
/// The digits of RFC 4648; neither 0 nor 1 nor 8 is among them.
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// So many digits hold 128 bits.
const LENGTH: usize = 26;

/// Which signed page somebody holds in their hands.
///
/// # Example
/// ```
/// use domain::paper::PaperCode;
/// let code = PaperCode { paper: uuid::Uuid::nil(), revision: 2, digest: [255; 16], rows: 312 };
/// let text = code.to_string();
/// assert_eq!(text, "RP1.AAAAAAAAAAAAAAAAAAAAAAAAAA.2.77777777777777777777777774.312");
/// assert_eq!(text.to_lowercase().parse(), Ok(code));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperCode {
    /// The record of the paper.
    pub paper: Uuid,
    /// The number of its revision.
    pub revision: u32,
    /// The first 128 bits of the digest of what was signed.
    pub digest: [u8; 16],
    /// How many rows it has.
    pub rows: u32,
}

/// A text that is no code of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no code of a page: it begins with RP1 and has five parts")]
pub struct BadCode;

impl PaperCode {
    /// Whether a digest, in hex, begins with the bits of the code.
    pub fn is_of(&self, digest: &str) -> bool {
        bits(digest) == Some(self.digest)
    }
}

/// The first 128 bits of a digest in hex.
pub(super) fn bits(digest: &str) -> Option<[u8; 16]> {
    let hex = digest.get(..32).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u128::from_str_radix(hex, 16).ok().map(u128::to_be_bytes)
}

impl fmt::Display for PaperCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (paper, digest) = (written(self.paper.as_u128()), written(u128::from_be_bytes(self.digest)));
        write!(f, "{MARK}.{paper}.{}.{digest}.{}", self.revision, self.rows)
    }
}

/// 128 bits as 26 digits, the last of them with two bits that are nothing.
pub(crate) fn written(bits: u128) -> String {
    let digit = |at: usize| {
        let shift = 123 - 5 * at as i32;
        let five = if shift >= 0 { bits >> shift } else { bits << -shift };
        char::from(DIGITS[(five & 31) as usize])
    };
    (0..LENGTH).map(digit).collect()
}

/// The bits in 26 digits; none where they are none.
pub(crate) fn read(text: &str) -> Option<u128> {
    if text.len() != LENGTH {
        return None;
    }
    let mut bits: u128 = 0;
    for (at, digit) in text.bytes().enumerate() {
        let five = DIGITS.iter().position(|known| *known == digit)? as u128;
        if at + 1 < LENGTH {
            bits = bits << 5 | five;
        } else if five & 3 == 0 {
            bits = bits << 3 | five >> 2;
        } else {
            return None;
        }
    }
    Some(bits)
}

impl FromStr for PaperCode {
    type Err = BadCode;

    /// As people type it: in either case and width, with blanks, and 0, 1 and 8 for the letters that look like them.
    fn from_str(typed: &str) -> Result<Self, BadCode> {
        let plain: String = half_width(typed).chars().filter(|c| !c.is_whitespace()).collect();
        let plain = plain.to_ascii_uppercase();
        let parts: Vec<&str> = plain.split('.').collect();
        let [MARK, paper, revision, digest, rows] = parts[..] else { return Err(BadCode) };
        let bits = |text: &str| read(&text.replace('0', "O").replace('1', "I").replace('8', "B")).ok_or(BadCode);
        let number = |text: &str| text.parse::<u32>().map_err(|_| BadCode);
        Ok(Self {
            paper: Uuid::from_u128(bits(paper)?),
            revision: number(revision)?,
            digest: bits(digest)?.to_be_bytes(),
            rows: number(rows)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_reads_back_however_it_was_typed(paper: u128, revision: u32, digest: [u8; 16], rows: u32, at in 0_usize..30) {
            let code = PaperCode { paper: Uuid::from_u128(paper), revision, digest, rows };
            let text = code.to_string();
            prop_assert_eq!(text.parse(), Ok(code));
            let mut typed = text.to_lowercase().replace('o', "0").replace('b', "8");
            typed.insert(at, ' ');
            prop_assert_eq!(typed.parse(), Ok(code));
        }

        #[test]
        fn any_text_is_a_code_or_none(text: String) {
            let _ = text.parse::<PaperCode>();
        }
    }

    #[test]
    fn a_code_is_as_the_rfc_for_base32_writes_it() {
        let code = PaperCode {
            paper: Uuid::from_u128(0x0001_0203_0405_0607_0809_0a0b_0c0d_0e0f),
            revision: 1,
            digest: [0; 16],
            rows: 0,
        };
        assert_eq!(code.to_string(), "RP1.AAAQEAYEAUDAOCAJBIFQYDIOB4.1.AAAAAAAAAAAAAAAAAAAAAAAAAA.0");
    }

    #[test]
    fn what_is_cut_short_or_of_another_sort_is_no_code() {
        let whole = "RP1.AAAQEAYEAUDAOCAJBIFQYDIOB4.1.AAAAAAAAAAAAAAAAAAAAAAAAAA.0";
        let wrong = [
            "",
            "RP1",
            "http://school/x",
            &whole[..whole.len() - 2],
            &whole.replace("RP1", "RP2"),
            &whole.replace(".1.", ".-1."),
            &whole.replace("B4.", "B5."),
            &whole.replace("AAAQ", "AAA9"),
            &format!("{whole}.0"),
        ];
        for text in wrong {
            assert_eq!(text.parse::<PaperCode>(), Err(BadCode), "{text}");
        }
    }

    #[test]
    fn a_code_is_of_a_digest_that_begins_with_its_bits() {
        let code = PaperCode { paper: Uuid::nil(), revision: 1, digest: [0xab; 16], rows: 0 };
        assert!(code.is_of(&"ab".repeat(32)));
        assert!(!code.is_of(&"ac".repeat(32)) && !code.is_of("ab") && !code.is_of(&"雨".repeat(20)));
    }
}
