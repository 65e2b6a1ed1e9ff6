//! Who writes upon what, and what is known beside it.

use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

use crate::field::{Document, Typing};
use crate::setting::{SettingValue, Settings};
use crate::time::UtcMillis;

/// Who writes what upon what, and what is known beside it.
#[derive(Clone, Copy)]
pub struct Saving<'a> {
    /// Who writes; none where nobody is named.
    pub me: Option<&'a str>,
    /// When.
    pub now: UtcMillis,
    /// The zone of the campus.
    pub zone: Tz,
    /// The settings of the campus.
    pub settings: &'a Settings,
    /// The row as it counts now, with corrections and acts; none for a new one.
    pub before: Option<&'a Document>,
    /// What the person wrote last into a field of this register.
    pub last: &'a dyn Fn(&str) -> Option<Value>,
    /// The record of a kind with an id, as it counts now; none where it is not here.
    pub referred: &'a dyn Fn(&str, &str) -> Option<Document>,
    /// What stood in a field, the first name, of the row before this one among those whose second field has that value.
    pub earlier: &'a dyn Fn(&str, &str, &Value) -> Option<Value>,
    /// The rows of a kind, the first name, whose field of the second name has that value, and which are not void: their ids.
    pub known: &'a dyn Fn(&str, &str, &str) -> Vec<String>,
    /// New ids.
    pub fresh: &'a dyn Fn() -> Uuid,
    /// The codes of the warnings to which the person has said yes.
    pub confirmed: &'a [String],
}

impl<'a> Saving<'a> {
    pub(super) fn typing(&self) -> Typing<'a> {
        Typing { zone: self.zone, me: self.me, now: self.now, fresh: self.fresh }
    }
}

/// Whether a value is what a mask shows, or the word for one that is gone, given back.
pub(super) fn is_shown(typed: &Value) -> bool {
    typed.as_object().is_some_and(|object| object.contains_key("masked") || object.contains_key("gone"))
}

/// The words of a setting's list, with the number behind `=` where there is one: `钥匙=5`.
pub(super) fn items(settings: &Settings, key: &str) -> Vec<(String, Option<String>)> {
    let Some(SettingValue::List(list)) = settings.get(key) else { return Vec::new() };
    list.iter()
        .map(|item| match item.split_once('=') {
            Some((name, count)) => (name.trim().to_owned(), Some(count.trim().to_owned())),
            None => (item.trim().to_owned(), None),
        })
        .collect()
}
