//! What people type, folded: full-width letters and digits mean the same as those of an ASCII keyboard.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// Full-width and small forms as an ASCII keyboard gives them, and the ideographic space as a space; every other sign stays.
///
/// This is for values and codes. The whole of NFKC would make 103 of `10³` and 1 of `①`, which nobody has typed as a number.
///
/// # Example
/// ```
/// use domain::text::half_width;
/// assert_eq!(half_width("７４．２\u{3000}℃"), "74.2 ℃");
/// assert_eq!(half_width("10³ ①"), "10³ ①");
/// ```
pub fn half_width(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    for c in text.chars() {
        if is_wide(c) {
            decompose_compatible(c, |c| narrow.push(c));
        } else {
            narrow.push(c);
        }
    }
    narrow
}

/// The form in which two texts are compared and searched: NFKC in lower case, so width and case mean nothing.
///
/// A text that was folded stays as it is when it is folded again, and a part of a text folds to a part of its folded form as
/// long as no mark is cut from its letter.
///
/// # Example
/// ```
/// use domain::text::fold;
/// assert_eq!(fold("Ａ-１０１　３＃（东）"), "a-101 3#(东)");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Letter by letter: `str::to_lowercase` looks at the end of a word for Σ, and a part of a word would fold differently.
    text.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// The bytes of a text as hexadecimal digits, which a QR code packs tightly.
pub(crate) fn hex_of(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

/// The text whose bytes stand there in hexadecimal digits.
pub(crate) fn text_of_hex(hex: &str) -> Option<String> {
    let digits = hex.as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// Half-width and full-width forms, small forms, and the ideographic space.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{fe50}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn full_width_letters_digits_and_signs_become_those_of_a_keyboard() {
        assert_eq!(half_width("ＡＢｃ０１９"), "ABc019");
        assert_eq!(half_width("３＃"), "3#");
        assert_eq!(half_width("（东）"), "(东)");
        assert_eq!(half_width("７：３０，－５．５％"), "7:30,-5.5%");
        assert_eq!(half_width("﹣1﹪"), "-1%");
        assert_eq!(half_width("一\u{3000}班"), "一 班");
        assert_eq!(half_width("｡"), "。");
    }

    #[test]
    fn units_powers_and_circled_numbers_are_left_alone() {
        for text in ["℃", "10³", "m²", "①", "½", "……", "O’Brien"] {
            assert_eq!(half_width(text), text);
        }
    }

    #[test]
    fn width_and_case_mean_nothing_in_a_search() {
        for (one, other) in [
            ("Ａ-１０１", "a-101"),
            ("１号楼", "1号楼"),
            ("３＃", "3#"),
            ("（东）", "(东)"),
            ("ＬＥＤ 灯", "led\u{3000}灯"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("ΣΑΣ"), "σασ");
    }

    proptest! {
        #[test]
        fn what_was_folded_once_stays(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
            let narrow = half_width(&text);
            prop_assert_eq!(half_width(&narrow), narrow);
        }

        #[test]
        fn every_ascii_text_is_its_full_width_form_folded(text in "[ -~]{0,20}") {
            let widen = |c: char| if c == ' ' { '\u{3000}' } else { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) };
            let wide: String = text.chars().map(widen).collect();
            prop_assert_eq!(half_width(&wide), text.clone());
            prop_assert_eq!(fold(&wide), fold(&text));
        }
    }
}
