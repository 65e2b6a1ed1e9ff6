//! What is worked out from a row: spans of time, and the words of groups.

use serde_json::Value;

use super::field::{Field, FieldOf};
use super::habit::Habit;
use super::shape::Register;
use crate::decimal::Decimal;
use crate::field::Document;

impl Register {
    /// The fields that its hooks read, and those by which they go.
    pub fn hook_fields(&self) -> Vec<&str> {
        let of = |(_, habit, by)| -> Vec<&str> {
            let (habit, by): (&'static dyn Habit, &[String]) = (habit, by);
            habit.reads().iter().map(|(name, _)| *name).chain(by.iter().map(String::as_str)).collect()
        };
        self.hooks().flat_map(of).collect()
    }

    /// What its hooks read of a row, on the paths of these fields and below; none for a register without hooks.
    pub fn kin(&self, document: &Document) -> Option<Document> {
        let fields = self.hook_fields();
        let is_read = |path: &str| fields.contains(&path.split('/').next().unwrap_or(path));
        let own = document.iter().filter(|(path, _)| is_read(path));
        (!fields.is_empty()).then(|| own.map(|(path, value)| (path.clone(), value.clone())).collect())
    }

    /// The minutes of each span of a row of which both ends are known, as texts of digits; below zero where it ends before it begins.
    ///
    /// Seconds count, rounded to two decimals.
    pub fn derived(&self, document: &Document) -> Vec<(String, Value)> {
        let instant = |name: &str| document.get(name).and_then(Value::as_i64);
        let minutes = |field: &super::field::Field| {
            let FieldOf::Span(from, to) = &field.of else { return None };
            let ms = instant(to)?.checked_sub(instant(from)?)?;
            let minutes = (Decimal::from(ms) / Decimal::from(60_000)).round_dp(2).normalize();
            Some((field.name.clone(), Value::from(minutes.to_string())))
        };
        self.fields.iter().filter_map(minutes).collect()
    }

    /// What the fields `previous(...)` of a row say, where `earlier` finds the row before: asked for the field, the field by which rows
    /// belong together, and its value in this row.
    pub fn earlier(
        &self,
        document: &Document,
        earlier: &dyn Fn(&str, &str, &Value) -> Option<Value>,
    ) -> Vec<(String, Value)> {
        let value = |own: &super::field::Field| {
            let FieldOf::Previous { field, by } = &own.of else { return None };
            let found = earlier(field, by, document.get(by)?)?;
            Some((own.name.clone(), found))
        };
        self.fields.iter().filter_map(value).collect()
    }

    /// The fields that hooks work out, each with its hook and the fields by which that goes.
    pub fn hooks(&self) -> impl Iterator<Item = (&Field, &'static dyn Habit, &[String])> {
        self.fields.iter().filter_map(|field| match &field.of {
            FieldOf::Hook { habit, by } => Some((field, *habit, by.as_slice())),
            _ => None,
        })
    }

    /// The document with what is worked out from it, and with the words of its groups: what conditions and limits are held against.
    pub(super) fn widened(&self, document: &Document) -> Document {
        let mut wide = document.clone();
        wide.extend(self.derived(document));
        for group in &self.groups {
            let option = document.get(&group.of).and_then(Value::as_str);
            let word = option.and_then(|option| group.words.iter().find(|(own, _)| own == option));
            if let Some((_, word)) = word {
                wide.insert(group.name.clone(), Value::from(word.as_str()));
            }
        }
        wide
    }
}
