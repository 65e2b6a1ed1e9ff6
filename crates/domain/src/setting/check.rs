//! Reads the value of a setting and holds it against its floor.

use serde::Deserialize;
use serde_json::Value;

use super::{Floor, Methods, Setting, SettingError, SettingValue, Shape, find};
use crate::decimal::{Decimal, decimal_from_json};

/// The largest value of a number that no rule binds.
const LARGEST_FREE: u32 = 1_000_000;

/// The value, when the setting exists, has this shape and is not laxer than the rule.
///
/// # Errors
/// [`SettingError`]; a value beyond the floor names the floor and the rule.
///
/// # Example
/// ```
/// use domain::setting::{SettingError, check_setting};
/// use serde_json::json;
/// assert!(check_setting("sample.keep_h", &json!(72)).is_ok());
/// let error = check_setting("sample.keep_h", &json!(24)).expect_err("below the floor");
/// assert!(error.to_string().starts_with("sample.keep_h is 24, but the rule demands at least 48"));
/// assert!(matches!(error, SettingError::BelowFloor { .. }));
/// ```
pub fn check_setting(key: &str, value: &Value) -> Result<SettingValue, SettingError> {
    let setting = find(key).ok_or_else(|| SettingError::Unknown { key: key.to_owned() })?;
    let wrong_shape = |expected| SettingError::Shape { key: setting.key, expected };
    match &setting.shape {
        Shape::Number { floor, .. } => {
            let number = number(setting, value)?;
            let is_allowed = match floor {
                Floor::Free => (Decimal::ZERO..=LARGEST_FREE.into()).contains(&number),
                Floor::AtLeast(floor) => number >= *floor,
                Floor::AtMost(floor) => number <= *floor && (!number.is_sign_negative() || floor.is_sign_negative()),
            };
            if is_allowed {
                Ok(SettingValue::Number(number))
            } else if *floor == Floor::Free {
                Err(below(setting, number.to_string(), format!("from 0 to {LARGEST_FREE}")))
            } else {
                Err(below(setting, number.to_string(), floor.to_string()))
            }
        }
        Shape::Range { min, max } => range(setting, value, *min, *max),
        Shape::Switch { default, is_fixed } => {
            let switch = value.as_bool().ok_or_else(|| wrong_shape("true or false"))?;
            if *is_fixed && switch != *default {
                return Err(below(setting, switch.to_string(), default.to_string()));
            }
            Ok(SettingValue::Switch(switch))
        }
        Shape::List { default, must_keep_default } => {
            let list = Vec::<String>::deserialize(value).map_err(|_| wrong_shape("a list of texts"))?;
            let missing = default.iter().find(|text| *must_keep_default && !list.contains(text));
            match missing {
                Some(missing) => Err(below(setting, list.join("、"), format!("a list with {missing}"))),
                None => Ok(SettingValue::List(list)),
            }
        }
        Shape::Option(options) => {
            let chosen = value.as_str().filter(|text| options.iter().any(|option| option == text));
            chosen.map(|text| SettingValue::Option(text.to_owned())).ok_or_else(|| wrong_shape("one of its options"))
        }
        Shape::Methods => {
            let methods =
                Methods::deserialize(value).map_err(|_| wrong_shape("a table of methods for tableware and towels"))?;
            match methods.first_below(&Methods::default()) {
                Some((part, value, floor)) => {
                    Err(below(setting, format!("{part} {value}"), format!("at least {floor}")))
                }
                None => Ok(SettingValue::Methods(methods.or(Methods::default()))),
            }
        }
    }
}

fn number(setting: &Setting, value: &Value) -> Result<Decimal, SettingError> {
    decimal_from_json(value).map_err(|source| SettingError::Number { key: setting.key, source })
}

fn below(setting: &Setting, value: String, floor: String) -> SettingError {
    SettingError::BelowFloor { key: setting.key, value, floor, rule: setting.rule }
}

/// The range must lie within the legal one; an end that is left out is the legal one.
fn range(
    setting: &Setting,
    value: &Value,
    legal_min: Option<Decimal>,
    legal_max: Option<Decimal>,
) -> Result<SettingValue, SettingError> {
    let expected = SettingError::Shape { key: setting.key, expected: "a range with min and max" };
    let object = value.as_object().ok_or_else(|| expected.clone())?;
    let end = |name: &str, legal: Option<Decimal>| match object.get(name) {
        None | Some(Value::Null) => Ok(legal),
        Some(value) => number(setting, value).map(Some),
    };
    let (min, max) = (end("min", legal_min)?, end("max", legal_max)?);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        return Err(expected);
    }
    let is_low_enough = |value: Option<Decimal>, legal: Option<Decimal>| match (value, legal) {
        (Some(value), Some(legal)) => value <= legal,
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let is_high_enough = |value: Option<Decimal>, legal: Option<Decimal>| match (value, legal) {
        (Some(value), Some(legal)) => value >= legal,
        (None, Some(_)) => false,
        (_, None) => true,
    };
    if is_high_enough(min, legal_min) && is_low_enough(max, legal_max) {
        return Ok(SettingValue::Range { min, max });
    }
    let shown = |end: Option<Decimal>| end.map_or_else(|| "open".to_owned(), |end| end.to_string());
    let floor = format!("a range within {} to {}", shown(legal_min), shown(legal_max));
    Err(below(setting, format!("{} to {}", shown(min), shown(max)), floor))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::setting::{Settings, all};

    fn check(key: &str, value: Value, is_allowed: bool) {
        assert_eq!(check_setting(key, &value).is_ok(), is_allowed, "{key} = {value}");
    }

    #[test]
    fn a_school_may_be_stricter_but_never_laxer() {
        check("sample.min_g", json!(200), true);
        check("sample.min_g", json!("125"), true);
        check("sample.min_g", json!("124.9"), false);
        check("food.hold.max_min", json!(90), true);
        check("food.hold.max_min", json!(121), false);
        check("freeze.c", json!(-18), true);
        check("freeze.c", json!(-11), false);
        check("cold.c", json!({"min": 0, "max": 5}), true);
        check("cold.c", json!({"min": 0, "max": 10}), false);
        check("cold.c", json!({"min": 5, "max": 1}), false);
        check("cert.kindergarten_all", json!(false), false);
        check("food.banned", json!(["四季豆"]), false);
        check("fire.night.gap_h", json!(3), false);
        check("patrol.per_day", json!(4), false);
    }

    #[test]
    fn the_wrong_shape_is_refused() {
        check("sample.min_g", json!("很多"), false);
        check("sample.min_g", json!([125]), false);
        check("cold.c", json!(5), false);
        check("cert.kindergarten_all", json!("on"), false);
        check("no.such.key", json!(1), false);
    }

    #[test]
    fn methods_are_held_against_each_floor() {
        let mut methods = serde_json::to_value(Methods::default()).expect("a value");
        check("disinf.method", methods.clone(), true);
        methods["tableware"]["蒸汽"]["minutes"] = json!("15");
        check("disinf.method", methods.clone(), true);
        methods["tableware"]["蒸汽"]["minutes"] = json!("9");
        check("disinf.method", methods.clone(), false);
        methods["tableware"]["蒸汽"] = json!({"temp_c": "100"});
        check("disinf.method", methods, false);
    }

    #[test]
    fn every_default_passes_its_own_check() {
        for setting in all() {
            let default = serde_json::to_value(setting.shape.default_value()).expect("a value");
            assert!(check_setting(setting.key, &default).is_ok(), "{}", setting.key);
        }
    }

    #[test]
    fn a_stored_value_below_the_floor_is_not_used_and_is_named() {
        let document = json!({"sample.min_g": 100, "sample.keep_h": 72, "name": "x", "cold.c": null});
        let settings = Settings::from_document(document.as_object().expect("an object"));
        assert_eq!(settings.number("sample.min_g"), Decimal::from(125));
        assert_eq!(settings.number("sample.keep_h"), Decimal::from(72));
        assert!(matches!(settings.refused(), [SettingError::BelowFloor { key: "sample.min_g", .. }]));
    }
}
