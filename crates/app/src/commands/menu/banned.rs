//! What may not stand on a menu.

use domain::setting::{SettingValue, Settings};

/// The food that may not be planned.
pub(super) fn banned(settings: &Settings) -> Vec<String> {
    match settings.get("food.banned") {
        Some(SettingValue::List(words)) => words,
        _ => Vec::new(),
    }
}
