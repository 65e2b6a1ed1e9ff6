//! What a new row gets without being typed: presets, copies of what it names, and what a setting says.

use chrono::NaiveDate;
use serde_json::Value;

use super::condition::has;
use super::field::{Field, Preset};
use super::saving::{Saving, items};
use super::shape::Register;
use super::standing::day;
use crate::field::{Document, FieldType};
use crate::setting::SettingValue;
use crate::time::{Shift, business_date};

impl Register {
    /// The business day of a new row, by what was typed, or by what its form begins with; none where its register has no day, or
    /// what was typed is none.
    ///
    /// The settings of that day are those that the row is judged by.
    pub fn day_of_new(&self, set: &Document, saving: &Saving<'_>) -> Option<NaiveDate> {
        let field = self.field(&self.day.as_ref()?.field)?;
        let of = field.stored()?;
        let typed = set.get(&field.name).filter(|typed| !typed.is_null());
        let value = match (typed, &field.preset) {
            (Some(typed), _) => of.take(&field.name, typed, &saving.typing()).ok()?.into_iter().next()?.1,
            (None, Some(preset)) => self.preset(field, of, preset, saving)?,
            (None, None) => return None,
        };
        day(self, &Document::from_iter([(field.name.clone(), value)]), saving.zone)
    }

    /// What a row gets without being typed: a new one its presets and what a setting says, and any the copies from the records that it
    /// names, which may not have been on this device before.
    pub(super) fn filled(&self, after: &Document, set: &Document, saving: &Saving<'_>) -> Vec<(String, Value)> {
        let mut filled = Vec::new();
        for field in &self.fields {
            let Some(of) = field.stored() else { continue };
            if let (Some(key), None) = (of.rows_from(), saving.before) {
                filled.extend(due_rows(of, &field.name, key, saving));
            }
            if set.contains_key(&field.name) || has(after, &field.name) {
                continue;
            }
            if let (Some(by), None) = (&field.known_by, saving.before) {
                filled.extend(known(of, by, after, saving).map(|known| (field.name.clone(), known)));
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
                    if saving.before.is_none()
                        && field.when.as_ref().is_none_or(|when| when.holds_by_itself(&self.widened(after))) =>
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
}

/// The ids of the rows that say the same as a new one in a field, as they are known where it is written; none where there are none.
fn known(of: &dyn FieldType, by: &str, after: &Document, saving: &Saving<'_>) -> Option<Value> {
    let value = after.get(by)?.as_str()?;
    let ids = (saving.known)(of.names()?, by, value);
    (!ids.is_empty()).then(|| Value::from(ids))
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
