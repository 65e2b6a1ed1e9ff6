//! One text for one JSON value, after RFC 8785, so that two devices that hold the same values come to the same digest.

use std::fmt::Write;

use serde_json::{Number, Value};
use sha2::{Digest, Sha256};

/// The value as RFC 8785 writes it: names in the order of their UTF-16 units, numbers as ECMAScript writes them, no blanks.
///
/// Whole numbers beyond 2^53 are written as the nearest double, as the RFC has it.
///
/// # Example
/// ```
/// use domain::canonical::canonical;
/// use serde_json::json;
/// assert_eq!(canonical(&json!({"b": [1.0, 1e21, 0.000001], "a": "\u{1f}"})), r#"{"a":"\u001f","b":[1,1e+21,0.000001]}"#);
/// ```
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

/// The SHA-256 of a text, in 64 hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a text cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Number(number) => text.push_str(&self::number(number)),
        Value::Array(list) => {
            text.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(text, item);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            text.push('{');
            for (at, name) in names.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(text, &members[name]);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// Above this every whole number has a double of its own.
const EXACT: u64 = 1 << 53;

/// A number as ECMAScript writes it.
fn number(number: &Number) -> String {
    if let Some(whole) = number.as_i64().filter(|whole| whole.unsigned_abs() <= EXACT) {
        return whole.to_string();
    }
    number.as_f64().map_or_else(|| number.to_string(), double)
}

fn double(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    // The shortest digits that read back as the same double, and the power of ten of the first of them.
    let shortest = format!("{:e}", value.abs());
    let (digits, power) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let digits = digits.replace('.', "");
    let point = power.parse::<i32>().unwrap_or(0) + 1;
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let sign = if value < 0.0 { "-" } else { "" };
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let split = |at: i32| digits.split_at(usize::try_from(at).unwrap_or(0));
    let plain = match point {
        1..=21 if count <= point => format!("{digits}{}", zeros(point - count)),
        1..=21 => {
            let (whole, rest) = split(point);
            format!("{whole}.{rest}")
        }
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = split(1);
            let rest = if rest.is_empty() { String::new() } else { format!(".{rest}") };
            format!("{first}{rest}e{:+}", point - 1)
        }
    };
    format!("{sign}{plain}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_written_as_the_rfc_writes_them() {
        let cases = [
            (json!(0.0), "0"),
            (json!(-0.0), "0"),
            (json!(5e-324), "5e-324"),
            (json!(f64::MAX), "1.7976931348623157e+308"),
            (json!(9_007_199_254_740_992_u64), "9007199254740992"),
            (json!(295_147_905_179_352_830_000.0), "295147905179352830000"),
            (json!(1e21), "1e+21"),
            (json!(1e23), "1e+23"),
            (json!(0.000_001), "0.000001"),
            (json!(0.000_000_1), "1e-7"),
            (json!(333_333_333.333_333_3), "333333333.3333333"),
            (json!(-98.5), "-98.5"),
            (json!(1_788_230_400_000_u64), "1788230400000"),
        ];
        for (value, text) in cases {
            assert_eq!(canonical(&value), text);
        }
    }

    #[test]
    fn names_stand_in_the_order_of_the_rfc_and_texts_as_it_escapes_them() {
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        let text = canonical(&value);
        assert_eq!(text, "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}");
        assert_eq!(canonical(&json!("\u{20ac}$\u{f}\nA'B\"\\/")), "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\/\"");
    }

    proptest! {
        #[test]
        fn a_number_reads_back_as_the_same_double(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
            let text = canonical(&json!(value));
            prop_assert_eq!(text.parse::<f64>().expect("a number"), value);
        }
    }
}
