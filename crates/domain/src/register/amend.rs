//! What acts ask for and what corrections say, checked like anything that is typed.

use serde_json::{Map, Value};

use super::act::Act;
use super::judge::is_among;
use super::saving::{Saving, is_shown};
use super::shape::Register;
use super::value::BadValue;
use crate::field::{Document, ValueError};

impl Register {
    /// Checks what an act asks for, `set` = `{name: value}` as typed; gives the values as they are stored.
    ///
    /// # Errors
    /// A [`BadValue`] for each value that is missing, too much or not taken.
    pub fn check_asks(&self, act: &Act, set: &Document, saving: &Saving<'_>) -> Result<Document, Vec<BadValue>> {
        let mut stored = Document::new();
        let mut bad = Vec::new();
        for ask in &act.asks {
            let label = self.field(&ask.name);
            let refuse = |error| BadValue {
                field: ask.name.clone(),
                zh: label.map_or_else(|| ask.name.clone(), |field| field.zh.clone()),
                en: label.map_or_else(|| ask.name.clone(), |field| field.en.clone()),
                error,
            };
            match set.get(&ask.name) {
                None | Some(Value::Null) if ask.is_needed => bad.push(refuse(ValueError::Missing)),
                None | Some(Value::Null) => {}
                Some(typed) if is_shown(typed) => bad.push(refuse(ValueError::Masked)),
                Some(typed) => match ask.of.take(&ask.name, typed, &saving.typing()) {
                    Ok(writes) => stored.extend(writes),
                    Err(ValueError::Missing) if !ask.is_needed => {}
                    Err(error) => bad.push(refuse(error)),
                },
            }
        }
        bad.extend(
            set.keys().filter(|name| act.asks.iter().all(|ask| ask.name != **name)).map(|name| BadValue::unknown(name)),
        );
        if bad.is_empty() { Ok(stored) } else { Err(bad) }
    }

    /// Checks one corrected value; gives the path and the value as it is stored, null for one that is taken away.
    ///
    /// # Errors
    /// [`BadValue`]; what is frozen, copied, worked out or written by the program cannot be corrected.
    pub fn check_correction(
        &self,
        path: &str,
        typed: &Value,
        saving: &Saving<'_>,
    ) -> Result<(String, Value), BadValue> {
        let empty = Map::new();
        let before = saving.before.unwrap_or(&empty);
        let name = path.split_once('/').map_or(path, |(name, _)| name);
        let field = self.field(name).ok_or_else(|| BadValue::unknown(path))?;
        if field.is_frozen {
            return Err(BadValue::of(field, ValueError::Frozen));
        }
        if typed.is_null() && self.field_at(path).is_some() && !field.is_own {
            let is_needed =
                field.needed.as_ref().is_some_and(|needed| needed.when.holds(&self.widened(before), saving.settings));
            return match is_needed && path == field.name {
                true => Err(BadValue::of(field, ValueError::Missing)),
                false => Ok((path.to_owned(), Value::Null)),
            };
        }
        let mut writes = self.taken(path, typed, before, saving)?.into_iter();
        match (writes.next(), writes.next()) {
            (Some(write), None) if self.field_at(&write.0).is_some() && !write.0.is_empty() => {
                let mut after = before.clone();
                after.insert(write.0.clone(), write.1.clone());
                let wide = self.widened(&after);
                match is_among(field, &write.1, &wide, saving.settings) {
                    true => Ok(write),
                    false => Err(BadValue::of(field, ValueError::Option)),
                }
            }
            _ => Err(BadValue::of(field, ValueError::Row)),
        }
    }
}
