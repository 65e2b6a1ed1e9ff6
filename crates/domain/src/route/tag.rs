//! Tags: the labels and chips by which a point is known, however a reader spells them.
//!
//! Every spelling of one tag comes to one text, so two tablets that bind a tag make one record.
//! What cannot be known to be the same, such as a decimal beside a hexadecimal number, is bound by a scan and never guessed.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::canonical::sha256_hex;
use crate::id::label_seed;

/// What every label that is printed here begins with, so that a scan of one is known as ours wherever it is read.
pub const LABEL_PREFIX: &str = "RP";

/// The longest tag, in characters.
pub const MOST_OF_A_TAG: usize = 200;

/// Longer spellings are named by their digest: a field's name has 200 characters with its group.
const MOST_OF_A_NAME: usize = 150;

/// How many letters and digits of a label say which one it is: 50 bits.
const LETTERS: usize = 10;
/// Without I, L, O and U, which are taken for others when they are read by eye.
const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A text that is no tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a tag has 1 to {MOST_OF_A_TAG} characters, not {0}")]
pub struct BadTag(pub usize);

/// One spelling of a tag: the field `spellings/<name>`, and its text.
pub type Spelling = (String, String);

/// A tag as it is compared: NFKC, without control signs and white space around it, in upper case; without `:-. ` where only
/// hexadecimal digits are left.
///
/// # Errors
/// [`BadTag`] when nothing is left, or more than 200 characters.
///
/// # Example
/// ```
/// use domain::route::norm;
/// assert_eq!(norm(" 04:a1-5e.7f 11 80\r\n"), Ok("04A15E7F1180".to_owned()));
/// assert_eq!(norm("gate-1"), Ok("GATE-1".to_owned()), "a word keeps its signs");
/// assert!(norm(" \r\n").is_err());
/// ```
pub fn norm(text: &str) -> Result<String, BadTag> {
    let printable: String = text.nfkc().filter(|c| !c.is_control()).collect();
    // Upper case of NFKC may leave it: ß becomes SS, and some letters grow marks.
    let upper: String = printable.trim().to_uppercase().nfkc().collect();
    let bare: String = upper.chars().filter(|c| !matches!(c, ':' | '-' | '.' | ' ')).collect();
    let is_hex = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_hexdigit());
    let norm = if is_hex { bare } else { upper };
    match norm.chars().count() {
        1..=MOST_OF_A_TAG => Ok(norm),
        length => Err(BadTag(length)),
    }
}

/// The field of a tag's record that holds a spelling, and the spelling itself.
pub fn spelling_field(norm: &str) -> Spelling {
    let is_short = norm.chars().count() <= MOST_OF_A_NAME && !norm.contains('/');
    let name = if is_short { norm.to_owned() } else { format!("sha256-{}", sha256_hex(norm.as_bytes())) };
    (format!("spellings/{name}"), norm.to_owned())
}

/// The text of the `number`th label of a point: the same on every device, and short enough to be typed.
///
/// # Example
/// ```
/// use domain::route::{label_text, norm};
/// let label = label_text(uuid::Uuid::nil(), 1);
/// assert_eq!(label.len(), 12);
/// assert_eq!(norm(&label.to_lowercase()), Ok(label.clone()));
/// assert_ne!(label, label_text(uuid::Uuid::nil(), 2));
/// ```
pub fn label_text(checkpoint: Uuid, number: u64) -> String {
    let seed = label_seed(checkpoint, number);
    let mut text = LABEL_PREFIX.to_owned();
    // The last 62 bits of a UUIDv5 are all of its digest.
    let mut bits = seed.as_u64_pair().1 & (u64::MAX >> 2);
    for _ in 0..LETTERS {
        let letter = usize::try_from(bits % 32).unwrap_or(0);
        text.push(char::from(ALPHABET[letter]));
        bits /= 32;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signs_between_hexadecimal_digits_and_width_and_case_mean_nothing() {
        for text in [
            "04:A1:5E:7F:11:80",
            "04-a1-5e-7f-11-80",
            "０４ａ１５ｅ７ｆ１１８０",
            "04 A1 5E 7F.11.80",
            "04a15e7f1180\r",
        ] {
            assert_eq!(norm(text).as_deref(), Ok("04A15E7F1180"), "{text}");
        }
        assert_eq!(norm("https://school.example/gate-1").as_deref(), Ok("HTTPS://SCHOOL.EXAMPLE/GATE-1"));
    }

    #[test]
    fn a_decimal_number_is_another_spelling_and_is_not_guessed() {
        assert_ne!(norm("0077701827"), norm("04A1C2E3"));
    }

    #[test]
    fn a_tag_has_one_to_two_hundred_characters() {
        assert_eq!(norm(""), Err(BadTag(0)));
        assert_eq!(norm("\u{3000}\u{1d}"), Err(BadTag(0)));
        assert!(norm(&"校".repeat(200)).is_ok());
        assert_eq!(norm(&"校".repeat(201)), Err(BadTag(201)));
    }

    #[test]
    fn labels_never_change() {
        assert_eq!(label_text(Uuid::nil(), 1), label_text(Uuid::nil(), 1));
        assert!(label_text(Uuid::nil(), 1).starts_with(LABEL_PREFIX));
    }

    proptest! {
        #[test]
        fn a_norm_is_its_own_norm_and_names_a_field(text in any::<String>()) {
            if let Ok(once) = norm(&text) {
                prop_assert_eq!(norm(&once), Ok(once.clone()));
                let (field, stored) = spelling_field(&once);
                prop_assert!(field.chars().count() <= 200 && field.matches('/').count() == 1);
                prop_assert_eq!(stored, once);
            }
        }

        #[test]
        fn labels_of_two_points_differ(one in any::<u128>(), other in any::<u128>(), number in 0u64..9) {
            prop_assume!(one != other);
            prop_assert_ne!(label_text(Uuid::from_u128(one), number), label_text(Uuid::from_u128(other), number));
        }
    }
}
