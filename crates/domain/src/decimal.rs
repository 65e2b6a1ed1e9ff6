//! Exact decimals, and the many ways people type them on a tablet with a Chinese keyboard.
//!
//! A limit is met or missed by exact comparison, so a number never passes through binary floating point on its way from
//! the text that a person typed.

pub use rust_decimal::Decimal;
use thiserror::Error;

use crate::text::half_width;

/// Why a text is not taken as a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// What was typed is not one number.
    #[error("{text:?} is not a number")]
    NotANumber {
        /// What was typed.
        text: String,
    },
    /// Two readings are possible; the person must say which one is meant.
    #[error("{text:?} may mean {as_thousands} or {as_decimal}; type it without the comma")]
    Ambiguous {
        /// What was typed.
        text: String,
        /// Its value when the comma groups thousands.
        as_thousands: String,
        /// Its value when the comma is a decimal comma.
        as_decimal: String,
    },
    /// A space stands between two digits.
    #[error("{text:?} has a space between its digits")]
    SpaceInside {
        /// What was typed.
        text: String,
    },
    /// The text after the number is no unit that is known here.
    #[error("{found:?} is not a known unit")]
    UnknownUnit {
        /// The text after the number.
        found: String,
    },
    /// The unit is known, but another one is asked for; nothing is converted.
    #[error("the unit is {expected}, not {found}")]
    ForeignUnit {
        /// The unit as typed.
        found: String,
        /// The unit of the item.
        expected: String,
    },
    /// The number has more digits than can be kept exactly.
    #[error("{text:?} has too many digits")]
    TooManyDigits {
        /// What was typed.
        text: String,
    },
}

/// Canonical units with the other ways people write them.
const UNITS: &[(&str, &[&str])] = &[
    ("℃", &["°C", "ºC", "C", "c", "度", "摄氏度"]),
    ("g", &["G", "克"]),
    ("kg", &["KG", "Kg", "千克", "公斤"]),
    ("斤", &[]),
    ("h", &["H", "小时", "时"]),
    ("min", &["分钟", "分", "mins", "MIN"]),
    ("mg/L", &["mg/l", "MG/L", "毫克/升", "ppm"]),
    ("cm", &["CM", "厘米", "公分"]),
    ("m", &["M", "米"]),
    ("mm", &["MM", "毫米"]),
    ("L", &["l", "升"]),
    ("mL", &["ml", "毫升"]),
    ("%", &[]),
    ("d", &["D", "天", "日"]),
    ("元", &["块", "圆"]),
    ("种", &["样"]),
    ("件", &["只", "个"]),
    ("份", &[]),
    ("人", &["名"]),
    ("次", &["遍"]),
    ("处", &[]),
    ("m³", &["m3", "立方米", "立方", "方", "吨"]),
    ("kWh", &["kwh", "KWH", "度", "千瓦时"]),
    ("种不符", &["种"]),
    ("件差", &["件"]),
];

/// What English screens call the units that are Chinese words.
const UNITS_EN: &[(&str, &str)] = &[
    ("斤", "jin"),
    ("d", "days"),
    ("元", "yuan"),
    ("种", "sorts"),
    ("件", "pieces"),
    ("份", "portions"),
    ("人", "people"),
    ("次", "times"),
    ("处", "places"),
    ("种不符", "sorts that differ"),
    ("件差", "pieces too many or too few"),
    ("按单位", ""),
    ("by-method", ""),
];

/// A unit as an English screen writes it: signs such as ℃ and kg stay as they are.
pub fn unit_en(unit: &str) -> &str {
    UNITS_EN.iter().find(|(known, _)| *known == unit).map_or(unit, |(_, en)| en)
}

/// Units that an item names only loosely; any known unit is accepted there.
const LOOSE_UNITS: &[&str] = &["by-method", "按单位", "m³/kWh"];

/// The number in `text`; a known unit after it is dropped.
///
/// Accepts full-width digits, points, commas and signs (`７４．２ ℃`), the ideographic full stop as a point (`74。2`), a
/// decimal comma (`74,2`) and grouped thousands (`1,234.5`).
///
/// # Errors
/// Every [`DecimalError`] but `ForeignUnit`. A text that has two readings, such as `1,234`, is refused and never
/// guessed.
///
/// # Example
/// ```
/// use domain::decimal::{Decimal, DecimalError, parse_decimal};
/// assert_eq!(parse_decimal("７４．２ ℃"), Ok(Decimal::new(742, 1)));
/// assert_eq!(parse_decimal("74,2"), Ok(Decimal::new(742, 1)));
/// assert!(matches!(parse_decimal("1,234"), Err(DecimalError::Ambiguous { .. })));
/// ```
pub fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    let (number, suffix) = split(text)?;
    if !suffix.is_empty() && !is_known_unit(&suffix) {
        return Err(unknown_suffix(text, suffix));
    }
    Ok(number)
}

/// The number in `text`, which is in `unit` when it names a unit at all.
///
/// # Errors
/// Every [`DecimalError`]; a known unit other than `unit` is `ForeignUnit`, because nothing is converted.
pub fn parse_measure(text: &str, unit: &str) -> Result<Decimal, DecimalError> {
    let (number, suffix) = split(text)?;
    if suffix.is_empty() || suffix == unit || (LOOSE_UNITS.contains(&unit) && is_known_unit(&suffix)) {
        return Ok(number);
    }
    let synonyms = UNITS.iter().find(|(name, _)| *name == unit).map_or(&[][..], |(_, synonyms)| synonyms);
    if synonyms.contains(&suffix.as_str()) {
        Ok(number)
    } else if is_known_unit(&suffix) {
        Err(DecimalError::ForeignUnit { found: suffix, expected: unit.to_owned() })
    } else {
        Err(unknown_suffix(text, suffix))
    }
}

/// The number of a JSON value: a JSON number, or a text as [`parse_decimal`] takes it.
///
/// # Errors
/// Those of [`parse_decimal`]; `NotANumber` for any other JSON value.
pub fn decimal_from_json(value: &serde_json::Value) -> Result<Decimal, DecimalError> {
    match value {
        serde_json::Value::Number(number) => decimal_from_number(number),
        serde_json::Value::String(text) => parse_decimal(text),
        other => Err(DecimalError::NotANumber { text: other.to_string() }),
    }
}

/// The exact value of the shortest text of a JSON number.
///
/// # Errors
/// `TooManyDigits` when it does not fit.
pub fn decimal_from_number(number: &serde_json::Number) -> Result<Decimal, DecimalError> {
    let text = number.to_string();
    let parsed = if text.contains(['e', 'E']) {
        Decimal::from_scientific(&text).ok().filter(|value| is_faithful(value, number))
    } else {
        Decimal::from_str_exact(&text).ok()
    };
    parsed.ok_or(DecimalError::TooManyDigits { text })
}

/// Whether a tiny number in scientific notation has not been rounded to zero.
fn is_faithful(value: &Decimal, number: &serde_json::Number) -> bool {
    !value.is_zero() || number.as_f64() == Some(0.0)
}

fn is_known_unit(suffix: &str) -> bool {
    UNITS.iter().any(|(name, synonyms)| *name == suffix || synonyms.contains(&suffix))
}

fn unknown_suffix(text: &str, suffix: String) -> DecimalError {
    if suffix.chars().any(|c| c.is_ascii_digit()) {
        DecimalError::NotANumber { text: text.to_owned() }
    } else {
        DecimalError::UnknownUnit { found: suffix }
    }
}

/// Full-width forms become ASCII, every kind of space becomes one kind.
fn normalise(text: &str) -> String {
    half_width(text.trim())
        .chars()
        .map(|c| match c {
            '。' => '.',
            '−' | '–' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

fn split(text: &str) -> Result<(Decimal, String), DecimalError> {
    let plain = normalise(text);
    if plain.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (is_negative, rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain).trim_start()),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' ')).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(end);
    let digits = digits.trim_end();
    if digits.contains(' ') {
        return Err(DecimalError::SpaceInside { text: text.to_owned() });
    }
    let canonical = canonical(digits, text)?;
    let mut number =
        Decimal::from_str_exact(&canonical).map_err(|_| DecimalError::TooManyDigits { text: text.to_owned() })?;
    number.set_sign_negative(is_negative && !number.is_zero());
    Ok((number, suffix.trim().to_owned()))
}

/// Digits with a point at most, from digits with points and commas.
fn canonical(digits: &str, text: &str) -> Result<String, DecimalError> {
    let not_a_number = || DecimalError::NotANumber { text: text.to_owned() };
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return Err(not_a_number());
    }
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    match (points, commas) {
        (0 | 1, 0) => Ok(with_whole_part(digits.trim_end_matches('.'))),
        (0, 1) => {
            let (whole, fraction) = digits.split_once(',').ok_or_else(not_a_number)?;
            if whole.is_empty() || fraction.is_empty() {
                Err(not_a_number())
            } else if is_grouped(&[whole, fraction]) {
                Err(DecimalError::Ambiguous {
                    text: text.to_owned(),
                    as_thousands: format!("{whole}{fraction}"),
                    as_decimal: format!("{whole}.{fraction}"),
                })
            } else {
                Ok(format!("{whole}.{fraction}"))
            }
        }
        (0, _) => grouped(digits, ',').ok_or_else(not_a_number),
        (1, _) if digits.rfind('.') > digits.rfind(',') => {
            let (whole, fraction) = digits.split_once('.').ok_or_else(not_a_number)?;
            let whole = grouped(whole, ',').ok_or_else(not_a_number)?;
            Ok(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
        }
        (_, 1) if digits.rfind(',') > digits.rfind('.') => {
            let (whole, fraction) = digits.split_once(',').ok_or_else(not_a_number)?;
            let whole = grouped(whole, '.').ok_or_else(not_a_number)?;
            if fraction.is_empty() { Err(not_a_number()) } else { Ok(format!("{whole}.{fraction}")) }
        }
        _ => Err(not_a_number()),
    }
}

fn with_whole_part(digits: &str) -> String {
    if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() }
}

/// The digits of well-grouped thousands.
fn grouped(digits: &str, separator: char) -> Option<String> {
    let groups: Vec<&str> = digits.split(separator).collect();
    is_grouped(&groups).then(|| groups.concat())
}

fn is_grouped(groups: &[&str]) -> bool {
    groups.split_first().is_some_and(|(first, rest)| {
        matches!(first.len(), 1..=3) && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let expected = Decimal::from_str_exact(expected).expect("a decimal");
        assert_eq!(parse_decimal(text), Ok(expected), "{text}");
    }

    #[test]
    fn what_people_type_is_read() {
        check("74.2", "74.2");
        check("74.2℃", "74.2");
        check("７４．２ ℃", "74.2");
        check("74,2", "74.2");
        check("７４，２", "74.2");
        check("74。2", "74.2");
        check("－１８ °C", "-18");
        check("− 18度", "-18");
        check("+3", "3");
        check("1,234.5", "1234.5");
        check("1,234,567", "1234567");
        check("1.234,5", "1234.5");
        check("0,125", "0.125");
        check("1234,567", "1234.567");
        check(".5", "0.5");
        check("74.", "74");
        check("125 克", "125");
        check("35 m3", "35");
        check("-0", "0");
    }

    #[test]
    fn two_readings_are_refused_and_named() {
        assert_eq!(
            parse_decimal("1,234"),
            Err(DecimalError::Ambiguous {
                text: "1,234".into(),
                as_thousands: "1234".into(),
                as_decimal: "1.234".into()
            })
        );
        assert_eq!(parse_decimal("1 234"), Err(DecimalError::SpaceInside { text: "1 234".into() }));
        assert_eq!(parse_decimal("70, 75"), Err(DecimalError::SpaceInside { text: "70, 75".into() }));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["abc", "℃", "-", "约74", "74.2/75", "1.2.3", "1,2,3", "12,34,567", ",5", "1e3", "七十", "--1", "5,"]
        {
            assert!(parse_decimal(text).is_err(), "{text} was taken");
        }
        assert_eq!(parse_decimal(" 　"), Err(DecimalError::Empty));
        assert!(matches!(parse_decimal(&"9".repeat(40)), Err(DecimalError::TooManyDigits { .. })));
        assert!(matches!(parse_decimal(&format!("0.{}", "1".repeat(40))), Err(DecimalError::TooManyDigits { .. })));
    }

    #[test]
    fn another_unit_is_refused_and_never_converted() {
        assert_eq!(parse_decimal("165℉"), Err(DecimalError::UnknownUnit { found: "℉".into() }));
        assert_eq!(
            parse_measure("0.125kg", "g"),
            Err(DecimalError::ForeignUnit { found: "kg".into(), expected: "g".into() })
        );
        assert_eq!(parse_measure("12度", "℃"), Ok(Decimal::from(12)));
        assert_eq!(parse_measure("12 mg/L", "by-method"), Ok(Decimal::from(12)));
    }

    #[test]
    fn json_numbers_keep_their_shortest_text() {
        let from = |text: &str| decimal_from_json(&serde_json::from_str(text).expect("json"));
        assert_eq!(from("70.0"), Ok(Decimal::from(70)));
        assert_eq!(from("74.2"), Ok(Decimal::new(742, 1)));
        assert_eq!(from("1e2"), Ok(Decimal::from(100)));
        assert!(from("1e300").is_err());
        assert!(from("1e-300").is_err());
        assert!(from("true").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in "\\PC{0,24}") {
            let _ = parse_decimal(&text);
            let _ = parse_measure(&text, "℃");
        }

        #[test]
        fn full_width_text_means_the_same_as_ascii(whole in -9999i64..9999, fraction in 0u32..100) {
            let ascii = format!("{whole}.{fraction:02}");
            let wide: String = ascii.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
            prop_assert_eq!(parse_decimal(&wide), parse_decimal(&ascii));
            prop_assert!(parse_decimal(&ascii).is_ok());
        }
    }
}
