//! What people type into a row, checked against its declaration: what is stored, or why not.

use serde_json::{Map, Value};

use super::act::Level;
use super::condition::{Condition, has};
use super::field::Field;
use super::judge::is_among;
use super::saving::{Saving, is_shown, items};
use super::shape::Register;
use super::value::{BadValue, Warning};
use crate::field::{Document, FieldType, ValueError};

/// What is to be written, and what is to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedRow {
    /// Each stored path with its value; null takes away what stood there.
    pub writes: Vec<(String, Value)>,
    /// What looks wrong about the row as it will be; what was confirmed is not in it.
    pub warnings: Vec<Warning>,
}

impl CheckedRow {
    /// The warnings that the person has to confirm before anything is written.
    pub fn to_confirm(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(|warning| warning.level == Level::Ask)
    }
}

impl Register {
    /// Checks what somebody typed, `set` = `{field: value}`; only what differs from the row is written.
    ///
    /// A name may be a path: `items/钥匙/counted` is one cell of rows, `strip/<sha256>` one photo. Null takes a value away.
    /// A new row gets its presets and copies, and must be whole; an old one must be as whole as it was.
    ///
    /// # Errors
    /// A [`BadValue`] for each field that is not taken, in the order of the declaration.
    pub fn check(&self, set: &Document, saving: &Saving<'_>) -> Result<CheckedRow, Vec<BadValue>> {
        let empty = Map::new();
        let before = saving.before.unwrap_or(&empty);
        let mut bad = Vec::new();
        let mut writes = Vec::new();
        for (path, typed) in set {
            match self.taken(path, typed, before, saving) {
                Ok(taken) => writes.extend(taken),
                Err(error) => bad.push(error),
            }
        }
        let mut after = before.clone();
        after.extend(writes.iter().cloned());
        let filled = self.filled(&after, set, saving);
        after.extend(filled.iter().cloned());
        writes.extend(filled);
        after.retain(|_, value| !value.is_null());
        let wide = self.widened(&after);
        let refused: Vec<String> = bad.iter().map(|bad: &BadValue| bad.field.clone()).collect();
        let asked = self.fields.iter().filter(|field| !refused.contains(&field.name));
        bad.extend(asked.filter_map(|field| self.lacking(field, before, &after, &wide, saving)));
        if !bad.is_empty() {
            let place = |bad: &BadValue| self.fields.iter().position(|field| field.name == bad.field);
            bad.sort_by_key(place);
            return Err(bad);
        }
        writes.retain(|(path, value)| before.get(path).unwrap_or(&Value::Null) != value);
        after.extend(self.earlier(&after, saving.earlier));
        let mut warnings = self.judge(&after, saving.settings);
        warnings.retain(|warning| warning.level != Level::Ask || !saving.confirmed.contains(&warning.code));
        Ok(CheckedRow { writes, warnings })
    }

    /// What one typed value is stored as.
    pub(super) fn taken(
        &self,
        path: &str,
        typed: &Value,
        before: &Document,
        saving: &Saving<'_>,
    ) -> Result<Vec<(String, Value)>, BadValue> {
        let name = path.split_once('/').map_or(path, |(name, _)| name);
        let field = self.field(name).ok_or_else(|| BadValue::unknown(path))?;
        let refuse = |error| BadValue::of(field, error);
        let of = field.stored().ok_or_else(|| refuse(ValueError::Own))?;
        if field.is_own || field.from.is_some() {
            return Err(refuse(ValueError::Own));
        }
        if field.is_frozen && saving.before.is_some() {
            return Err(refuse(ValueError::Frozen));
        }
        self.value(field, of, path, typed, before, saving).map_err(refuse)
    }

    fn value(
        &self,
        field: &Field,
        of: &dyn FieldType,
        path: &str,
        typed: &Value,
        before: &Document,
        saving: &Saving<'_>,
    ) -> Result<Vec<(String, Value)>, ValueError> {
        if is_shown(typed) {
            return Err(ValueError::Masked);
        }
        let is_spread = of.paths().iter().all(|own| !own.suffix.is_empty());
        match (path == field.name, typed) {
            // What was never there is not taken away: two new rows would differ in every blank.
            (true, Value::Null) if !is_spread => match before.contains_key(path) {
                true => Ok(vec![(path.to_owned(), Value::Null)]),
                false => Ok(Vec::new()),
            },
            (true, Value::String(text)) if text.trim().is_empty() && !is_spread => match before.contains_key(path) {
                true => Ok(vec![(path.to_owned(), Value::Null)]),
                false => Ok(Vec::new()),
            },
            (true, Value::Null) => Err(ValueError::Row),
            (true, typed) => {
                let writes = of.take(&field.name, typed, &saving.typing())?;
                self.known_rows(of, &field.name, &writes, before, saving)?;
                Ok(writes)
            }
            (false, Value::Null) if self.field_at(path).is_some() && of.code() != "NOTES" => {
                match before.contains_key(path) {
                    true => Ok(vec![(path.to_owned(), Value::Null)]),
                    false => Ok(Vec::new()),
                }
            }
            (false, typed) if self.field_at(path).is_some() => self.cell(of, &field.name, path, typed, before, saving),
            _ => Err(ValueError::Row),
        }
    }

    /// One cell of rows.
    fn cell(
        &self,
        of: &dyn FieldType,
        name: &str,
        path: &str,
        typed: &Value,
        before: &Document,
        saving: &Saving<'_>,
    ) -> Result<Vec<(String, Value)>, ValueError> {
        let cut = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')).and_then(|rest| rest.split_once('/'));
        let (Some((key, column)), false) = (cut, of.columns().is_empty()) else { return Err(ValueError::Row) };
        let mut row = Map::new();
        row.insert(column.to_owned(), typed.clone());
        let mut rows = Map::new();
        rows.insert(key.to_owned(), Value::Object(row));
        let writes = of.take(name, &Value::Object(rows), &saving.typing())?;
        self.known_rows(of, name, &writes, before, saving)?;
        Ok(writes)
    }

    /// Rows that a setting gives have its words as keys, or those that the row had before; and nobody types what the setting says.
    fn known_rows(
        &self,
        of: &dyn FieldType,
        name: &str,
        writes: &[(String, Value)],
        before: &Document,
        saving: &Saving<'_>,
    ) -> Result<(), ValueError> {
        let Some(key) = of.rows_from() else { return Ok(()) };
        let items = items(saving.settings, key);
        for (path, _) in writes {
            let Some((row, column)) = path[name.len() + 1..].split_once('/') else { return Err(ValueError::Row) };
            let is_known = items.iter().any(|(item, _)| item == row) || has(before, &format!("{name}/{row}"));
            if !is_known {
                return Err(ValueError::Row);
            }
            if of.columns().iter().any(|own| own.name == column && own.is_from_setting) {
                return Err(ValueError::Own);
            }
        }
        Ok(())
    }

    /// What is missing or out of place in a field of the row as it will be.
    ///
    /// A row that was already lacking it, written by an older program, stays as it is.
    fn lacking(
        &self,
        field: &Field,
        before: &Document,
        after: &Document,
        wide: &Document,
        saving: &Saving<'_>,
    ) -> Option<BadValue> {
        let of = field.stored()?;
        let bad = |error| Some(BadValue::of(field, error));
        let gathered = of.gather(&field.name, after);
        let is_new = saving.before.is_none();
        let is_touched = is_new || gathered != of.gather(&field.name, before);
        let holds = |condition: &Condition| condition.holds(wide, saving.settings);
        if field.is_own || field.is_retired {
            return None;
        }
        let Some(gathered) = gathered else {
            let is_needed = field.needed.as_ref().is_some_and(|needed| holds(&needed.when));
            let is_asked = field.when.as_ref().is_none_or(&holds);
            let was_there = of.gather(&field.name, before).is_some();
            // A copy whose source is not on this device comes later, or never; a row is not refused for that.
            return if is_needed && is_asked && (is_new || was_there) && field.from.is_none() {
                bad(ValueError::Missing)
            } else {
                None
            };
        };
        if !is_touched {
            return None;
        }
        if field.when.as_ref().is_some_and(|when| !holds(when)) {
            return bad(ValueError::NotAsked);
        }
        if field.needed.as_ref().is_some_and(|needed| needed.is_yes && holds(&needed.when))
            && gathered != Value::Bool(true)
        {
            return bad(ValueError::NotYes);
        }
        if !is_among(field, &gathered, wide, saving.settings) {
            return bad(ValueError::Option);
        }
        of.is_complete(&gathered).err().and_then(bad)
    }
}
