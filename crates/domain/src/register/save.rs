//! What people type into a row, checked against its declaration: what is stored, or why not.

use chrono_tz::Tz;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::condition::has;
use super::judge::is_among;
use super::shape::{Act, Field, Level, Preset, Register};
use super::value::{BadValue, Warning};
use crate::field::{Document, FieldType, Typing, ValueError};
use crate::setting::{SettingValue, Settings};
use crate::time::{Shift, UtcMillis, business_date};

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
    /// New ids.
    pub fresh: &'a dyn Fn() -> Uuid,
    /// The codes of the warnings to which the person has said yes.
    pub confirmed: &'a [String],
}

/// What is to be written, and what is to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Each stored path with its value; null takes away what stood there.
    pub writes: Vec<(String, Value)>,
    /// What looks wrong about the row as it will be; what was confirmed is not in it.
    pub warnings: Vec<Warning>,
}

impl Checked {
    /// The warnings that the person has to confirm before anything is written.
    pub fn to_confirm(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(|warning| warning.level == Level::Ask)
    }
}

impl<'a> Saving<'a> {
    pub(super) fn typing(&self) -> Typing<'a> {
        Typing { zone: self.zone, me: self.me, now: self.now, fresh: self.fresh }
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
    pub fn check(&self, set: &Document, saving: &Saving<'_>) -> Result<Checked, Vec<BadValue>> {
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
        if saving.before.is_none() {
            let filled = self.filled(&after, set, saving);
            after.extend(filled.iter().cloned());
            writes.extend(filled);
        }
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
        Ok(Checked { writes, warnings })
    }

    /// What one typed value is stored as.
    fn taken(
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

    /// What a new row gets without being typed: presets, and copies from the records that it names.
    fn filled(&self, after: &Document, set: &Document, saving: &Saving<'_>) -> Vec<(String, Value)> {
        let mut filled = Vec::new();
        for field in &self.fields {
            let Some(of) = field.stored() else { continue };
            if let Some(key) = of.rows_from() {
                filled.extend(due_rows(of, &field.name, key, saving));
            }
            if set.contains_key(&field.name) || has(after, &field.name) {
                continue;
            }
            let value = match (&field.from, &field.preset) {
                (Some(from), _) => {
                    let kind = self.field(&from.reference).and_then(|field| field.stored()?.refers());
                    let id = after.get(&from.reference).and_then(Value::as_str);
                    let record = kind.zip(id).and_then(|(kind, id)| (saving.referred)(kind, id));
                    record.and_then(|record| record.get(&from.field).cloned()).filter(|value| of.is_well_typed(value))
                }
                (None, Some(preset))
                    if field.when.as_ref().is_none_or(|when| when.holds_by_itself(&self.widened(after))) =>
                {
                    self.preset(field, of, preset, saving)
                }
                _ => None,
            };
            filled.extend(value.filter(|value| !value.is_null()).map(|value| (field.name.clone(), value)));
        }
        filled
    }

    /// What a form offers in a field to begin with, as it would be stored.
    pub fn preset(&self, field: &Field, of: &dyn FieldType, preset: &Preset, saving: &Saving<'_>) -> Option<Value> {
        let is_night = self.day.as_ref().is_some_and(|day| day.field == field.name && day.is_night);
        let shift = if is_night { Shift::Night } else { Shift::Day };
        match (preset, of.code()) {
            (Preset::Now, "INSTANT") => Some(Value::from(saving.now.0)),
            (Preset::Now, "DATE") => Some(business_date(saving.now, saving.zone, shift).to_string().into()),
            (Preset::Now, _) => Some(saving.now.local(saving.zone).format("%H:%M").to_string().into()),
            (Preset::Me, _) => saving.me.map(Value::from),
            (Preset::Last, _) => (saving.last)(&field.name).filter(|value| of.is_well_typed(value)),
            (Preset::Setting(key), _) => {
                let text = match saving.settings.get(key)? {
                    SettingValue::Number(number) => number.to_string(),
                    SettingValue::Option(text) => text,
                    _ => return None,
                };
                let taken = of.take(&field.name, &Value::from(text), &saving.typing()).ok()?;
                taken.into_iter().next().map(|(_, value)| value)
            }
        }
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
        let holds = |condition: &super::condition::Condition| condition.holds(wide, saving.settings);
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

/// Whether a value is what a mask shows, or the word for one that is gone, given back.
fn is_shown(typed: &Value) -> bool {
    typed.as_object().is_some_and(|object| object.contains_key("masked") || object.contains_key("gone"))
}

/// The words of a setting's list, with the number behind `=` where there is one: `钥匙=5`.
fn items(settings: &Settings, key: &str) -> Vec<(String, Option<String>)> {
    let Some(SettingValue::List(list)) = settings.get(key) else { return Vec::new() };
    list.iter()
        .map(|item| match item.split_once('=') {
            Some((name, count)) => (name.trim().to_owned(), Some(count.trim().to_owned())),
            None => (item.trim().to_owned(), None),
        })
        .collect()
}

/// The cells that a setting fills in.
fn due_rows(of: &dyn FieldType, name: &str, key: &str, saving: &Saving<'_>) -> Vec<(String, Value)> {
    let mut cells = Vec::new();
    for column in of.columns().iter().filter(|column| column.is_from_setting) {
        for (item, due) in items(saving.settings, key) {
            let path = format!("{name}/{item}/{}", column.name);
            let taken = due.and_then(|due| column.of.take(&path, &Value::from(due), &saving.typing()).ok());
            cells.extend(taken.into_iter().flatten());
        }
    }
    cells
}
