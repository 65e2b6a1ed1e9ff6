//! Full numbers of identity cards: only their last four digits ever stay.

use domain::text::half_width;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// The last four of a full number of an identity card (GB 11643, 18 signs with their check sign, or the 15 digits of before); none
/// for what is none.
pub(crate) fn cut(text: &str) -> Option<String> {
    let plain: String = half_width(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let plain = plain.to_ascii_uppercase();
    let is_card = match plain.len() {
        18 => is_new(plain.as_bytes()),
        15 => is_old(plain.as_bytes()),
        _ => false,
    };
    is_card.then(|| plain[plain.len() - 4..].to_owned())
}

fn is_new(signs: &[u8]) -> bool {
    let (digits, check) = signs.split_at(17);
    let is_date = is_date(&digits[10..14]) && matches!(&digits[6..8], b"18" | b"19" | b"20");
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    digits.iter().all(u8::is_ascii_digit) && is_date && CHECKS[(sum % 11) as usize] == check[0]
}

fn is_old(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_digit) && matches!(digits[0], b'1'..=b'8') && is_date(&digits[8..12])
}

/// Whether four digits may be a month and a day.
fn is_date(digits: &[u8]) -> bool {
    let number = |at: usize| digits[at].wrapping_sub(b'0') * 10 + digits[at + 1].wrapping_sub(b'0');
    digits.iter().all(u8::is_ascii_digit) && (1..=12).contains(&number(0)) && (1..=31).contains(&number(2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_full_number_leaves_four_digits_and_anything_else_stays_what_it_is() {
        assert_eq!(cut("11010519491231002X").as_deref(), Some("002X"));
        assert_eq!(cut(" １１０１０５ 19491231 002x ").as_deref(), Some("002X"));
        assert_eq!(cut("110105491231002").as_deref(), Some("1002"));
        for text in ["110105194912310021", "002X", "JK2026-000000000017", "", "110105194913310028", "雨雨雨雨雨雨"]
        {
            assert_eq!(cut(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text: String) {
            let _ = cut(&text);
        }
    }
}
