//! What the lines of one declaration may name: its fields with their units and options, its acts, its groups.

use super::super::condition::{Clause, Condition, Operand};
use super::super::error::Wrong;
use super::super::field::{Field, FieldOf};
use super::super::shape::Group;
use super::lines::span;
use crate::decimal::Decimal;
use crate::field::{Limit, split_outside};
use crate::setting;

/// What the lines of one declaration may name.
#[derive(Debug, Default)]
pub(super) struct Known {
    fields: Vec<Entry>,
    pub(super) acts: Vec<String>,
    pub(super) groups: Vec<Group>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    code: &'static str,
    unit: String,
    options: Vec<String>,
    columns: Vec<String>,
    refers: bool,
}

impl Known {
    pub(super) fn add(&mut self, field: &Field) {
        let minutes = "min".to_owned();
        let entry = match (field.stored(), &field.of) {
            (Some(of), _) => Entry {
                name: field.name.clone(),
                code: of.code(),
                unit: of.limits().map_or_else(String::new, |limits| limits.unit.clone()),
                options: of.options().iter().map(|option| option.zh.clone()).collect(),
                columns: of.columns().iter().map(|column| column.name.clone()).collect(),
                refers: of.refers().is_some(),
            },
            (None, of) => Entry {
                name: field.name.clone(),
                code: "NUM",
                unit: match of {
                    FieldOf::Span(..) => minutes,
                    FieldOf::Hook { habit, .. } => habit.unit().to_owned(),
                    _ => String::new(),
                },
                options: Vec::new(),
                columns: Vec::new(),
                refers: false,
            },
        };
        self.fields.push(entry);
    }

    fn entry(&self, name: &str) -> Result<&Entry, Wrong> {
        self.fields.iter().find(|entry| entry.name == name).ok_or_else(|| {
            Wrong::new(format!("there is no field {name:?}"), "name a field of this register, or declare it")
        })
    }

    /// The name, if there is such a field.
    pub(super) fn field(&self, name: &str) -> Result<String, Wrong> {
        self.entry(name).map(|entry| entry.name.clone())
    }

    /// The name, if there is such a field and it has one of these types.
    pub(super) fn field_of(&self, name: &str, codes: &[&str]) -> Result<String, Wrong> {
        let entry = self.entry(name)?;
        if codes.contains(&entry.code) {
            return Ok(entry.name.clone());
        }
        Err(Wrong::new(format!("{name:?} is {}", entry.code), format!("name a field of type {}", codes.join(" or "))))
    }

    /// The name, if there is such a field and it names a record.
    pub(super) fn reference(&self, name: &str) -> Result<String, Wrong> {
        let entry = self.entry(name)?;
        match entry.refers {
            true => Ok(entry.name.clone()),
            false => Err(Wrong::new(format!("{name:?} names no record"), "name a field of type REF or PERSON")),
        }
    }

    /// The option of a field that a word says.
    pub(super) fn option(&self, field: &str, word: &str) -> Result<String, Wrong> {
        let entry = self.entry(field)?;
        if entry.options.iter().any(|option| option == word) {
            return Ok(word.to_owned());
        }
        Err(Wrong::new(
            format!("{word:?} is no option of {field}"),
            format!("write one of {}", entry.options.join(", ")),
        ))
    }

    pub(super) fn is_code(&self, field: &str, code: &str) -> bool {
        self.fields.iter().any(|entry| entry.name == field && entry.code == code)
    }

    /// The one choice that has all these options.
    pub(super) fn choice_with(&self, words: &[&str]) -> Result<String, Wrong> {
        let has_all = |entry: &&Entry| words.iter().all(|word| entry.options.iter().any(|option| option == word));
        let mut found = self.fields.iter().filter(has_all);
        match (found.next(), found.next()) {
            (Some(entry), None) => Ok(entry.name.clone()),
            _ => {
                Err(Wrong::new("the words are not the options of one choice", "group options of one field of type CH"))
            }
        }
    }

    /// A limit whose setting and fields exist.
    pub(super) fn limit(&self, text: &str) -> Result<Option<Limit>, Wrong> {
        let limit = Limit::parse(text)?;
        limit.as_ref().map_or(Ok(()), |limit| self.check_limit(limit))?;
        Ok(limit)
    }

    pub(super) fn check_limit(&self, limit: &Limit) -> Result<(), Wrong> {
        match limit {
            Limit::Fixed(_) => Ok(()),
            Limit::Setting(key) => setting_of(key).map(drop),
            Limit::Table { key, by, .. } => {
                setting_of(key)?;
                by.iter().try_for_each(|name| self.group_or_field(name))
            }
        }
    }

    pub(super) fn group_or_field(&self, name: &str) -> Result<(), Wrong> {
        if self.groups.iter().any(|group| group.name == name) {
            return Ok(());
        }
        self.field_of(name, &["CH"]).map(drop)
    }

    /// A condition: clauses joined by `and`.
    pub(super) fn condition(&self, text: &str) -> Result<Condition, Wrong> {
        let clauses = text.split(" and ").map(|clause| self.clause(clause.trim())).collect::<Result<_, _>>()?;
        Ok(Condition { clauses })
    }

    pub(super) fn clause(&self, text: &str) -> Result<Clause, Wrong> {
        let words: Vec<&str> = split_outside(text, ' ').into_iter().filter(|word| !word.is_empty()).collect();
        match words[..] {
            ["has", name] => Ok(Clause::Has(self.field(name)?)),
            ["lacks", name] => Ok(Clause::Lacks(self.field(name)?)),
            [name, "yes"] => Ok(Clause::Yes(self.field_of(name, &["YES"])?)),
            [name, "is", codes] => {
                let codes = codes.split('|').map(|code| self.option(name, code)).collect::<Result<_, _>>()?;
                Ok(Clause::Is(name.to_owned(), codes))
            }
            [later, "after", earlier, "by", by] => {
                let by = span(by).ok_or_else(|| Wrong::new(format!("{by:?} is no span"), "write 30m, 26h or 2d"))?;
                Ok(Clause::After(self.field_of(later, &["INSTANT"])?, self.field_of(earlier, &["INSTANT"])?, by))
            }
            [name, "above", ref rest @ ..] => {
                Ok(Clause::Above(self.number(name)?, self.operand(name, &rest.join(" "))?))
            }
            [name, "below", ref rest @ ..] => {
                Ok(Clause::Below(self.number(name)?, self.operand(name, &rest.join(" "))?))
            }
            _ => Err(Wrong::new(
                format!("{text:?} is no condition"),
                "write has F, lacks F, F yes, F is CODE|CODE, F after F by 26h, F above LIMIT or F below LIMIT, joined by and",
            )),
        }
    }

    /// The name of a field or a column that holds a number.
    fn number(&self, name: &str) -> Result<String, Wrong> {
        if let Some((rows, column)) = name.split_once('.') {
            let entry = self.entry(rows)?;
            return match entry.columns.iter().any(|own| own == column) {
                true => Ok(name.to_owned()),
                false => Err(Wrong::new(format!("{rows:?} has no column {column:?}"), "name one of its columns")),
            };
        }
        self.field_of(name, &["NUM", "TEMP", "COUNT", "MONEY"])
    }

    fn operand(&self, field: &str, text: &str) -> Result<Operand, Wrong> {
        let is_limit = text.starts_with(['@', '-']) || text.starts_with(|c: char| c.is_ascii_digit());
        if !is_limit {
            return Ok(Operand::Field(self.number(text)?));
        }
        let limit =
            self.limit(text)?.ok_or_else(|| Wrong::new("nothing to compare with", "write a number or @setting"))?;
        let factor = match &limit {
            Limit::Setting(key) => {
                let unit =
                    field.split_once('.').map_or_else(|| self.entry(field), |(rows, _)| self.entry(rows))?.unit.clone();
                factor(setting_of(key)?.unit, &unit)?
            }
            _ => Decimal::ONE,
        };
        Ok(Operand::Limit(limit, factor))
    }
}

pub(super) fn setting_of(key: &str) -> Result<&'static setting::Setting, Wrong> {
    setting::find(key)
        .ok_or_else(|| Wrong::new(format!("there is no setting {key:?}"), "name a setting of setting/table.rs"))
}

/// What a number in one unit is multiplied with to be one in the other; spans of time convert, nothing else does.
pub(super) fn factor(from: &str, to: &str) -> Result<Decimal, Wrong> {
    if from == to {
        return Ok(Decimal::ONE);
    }
    let minutes =
        |unit: &str| [("min", 1), ("h", 60), ("d", 1_440)].into_iter().find(|(name, _)| *name == unit).map(|(_, n)| n);
    match (minutes(from), minutes(to)) {
        (Some(from), Some(to)) => Ok(Decimal::from(from) / Decimal::from(to)),
        _ => {
            Err(Wrong::new(format!("the setting is in {from:?} and the field in {to:?}"), "compare what has one unit"))
        }
    }
}
