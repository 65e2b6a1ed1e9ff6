//! ROWS: a small table inside a record, each cell on a path of its own.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::{TypeError, ValueError};
use super::split::{Declaration, split_outside};
use super::types::{Column, Document, FieldType, Pattern, Speech, Typing};
use crate::text::half_width;

/// `ROWS[column, ...]` or `ROWS(@setting)[column, ...]`: cells at `<name>/<key>/<column>`.
///
/// The keys are the words of the setting's list, or new ids. A column is `name zh en TYPE`, with `!` where every row needs it and
/// `from setting` where the setting's list gives it.
#[derive(Debug)]
pub(super) struct Rows {
    setting: Option<String>,
    columns: Vec<Column>,
}

/// More lines would not leave a record room for anything else.
const MOST: usize = 60;
const LONGEST_KEY: usize = 120;
/// What is taken: rows.
const EXPECTED: ValueError = ValueError::Shape { zh: "表格的各行", en: "the rows of a table" };

/// Reads the type of a column.
pub(super) type ParseColumn = fn(&str) -> Result<Box<dyn FieldType>, TypeError>;

pub(super) fn parse(declaration: &Declaration<'_>, of_column: ParseColumn) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write ROWS[column, ...] or ROWS(@setting)[column, ...]");
    let setting = match declaration.round {
        None => None,
        Some(round) => Some(round.strip_prefix('@').filter(|key| !key.is_empty()).ok_or_else(fail)?.to_owned()),
    };
    let mut columns: Vec<Column> = Vec::new();
    for text in split_outside(declaration.square.ok_or_else(fail)?, ',') {
        let column = column(text, of_column)?;
        if columns.iter().any(|other| other.name == column.name) || (column.is_from_setting && setting.is_none()) {
            return Err(fail());
        }
        columns.push(column);
    }
    Ok(Box::new(Rows { setting, columns }))
}

fn column(text: &str, of_column: ParseColumn) -> Result<Column, TypeError> {
    let fail = || TypeError::new(text, "write a column as: name zh en TYPE, then ! or `from setting` where it holds");
    let words: Vec<&str> = split_outside(text, ' ').into_iter().filter(|word| !word.is_empty()).collect();
    let [name, zh, en, declared, flags @ ..] = &words[..] else { return Err(fail()) };
    let (is_needed, is_from_setting) = match flags {
        [] => (false, false),
        ["!"] => (true, false),
        ["from", "setting"] => (false, true),
        _ => return Err(fail()),
    };
    let of = of_column(declared)?;
    let is_simple = of.paths().iter().all(|path| path.suffix.is_empty());
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_simple || !is_name {
        return Err(fail());
    }
    let [name, zh, en] = [*name, *zh, *en].map(|word| word.replace('_', if word == *name { "_" } else { " " }));
    Ok(Column { name, zh, en, of, is_needed, is_from_setting })
}

impl Rows {
    fn cells(
        &self,
        name: &str,
        key: &str,
        row: &Value,
        typing: &Typing<'_>,
    ) -> Result<Vec<(String, Value)>, ValueError> {
        let mut writes = Vec::new();
        for (column, typed) in row.as_object().ok_or(EXPECTED)? {
            let known = self.columns.iter().find(|known| known.name == *column).ok_or(ValueError::Row)?;
            let path = format!("{name}/{key}/{column}");
            match typed {
                Value::Null => writes.push((path, Value::Null)),
                typed => writes.extend(known.of.take(&path, typed, typing)?),
            }
        }
        Ok(writes)
    }
}

/// A key that can stand in a path.
fn typed_key(key: &str) -> Result<String, ValueError> {
    let key = half_width(key.trim());
    let is_key = (1..=LONGEST_KEY).contains(&key.len()) && !key.contains('/') && !key.chars().any(char::is_control);
    is_key.then_some(key).ok_or(ValueError::Row)
}

impl FieldType for Rows {
    fn code(&self) -> &'static str {
        "ROWS"
    }

    fn declared(&self) -> String {
        let column = |column: &Column| {
            let flag = match (column.is_needed, column.is_from_setting) {
                (true, _) => " !",
                (_, true) => " from setting",
                _ => "",
            };
            let [zh, en] = [&column.zh, &column.en].map(|label| label.replace(' ', "_"));
            format!("{} {zh} {en} {}{flag}", column.name, column.of.declared())
        };
        let columns: Vec<String> = self.columns.iter().map(column).collect();
        match &self.setting {
            Some(key) => format!("ROWS(@{key})[{}]", columns.join(", ")),
            None => format!("ROWS[{}]", columns.join(", ")),
        }
    }

    /// Takes `{key: {column: value}}`, or a list `[{column: value}]` of new rows.
    fn take(&self, name: &str, typed: &Value, typing: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let mut writes = Vec::new();
        match typed {
            Value::Object(rows) if rows.is_empty() => return Err(ValueError::Missing),
            Value::Array(rows) if rows.is_empty() => return Err(ValueError::Missing),
            Value::Object(rows) if rows.len() > MOST => return Err(ValueError::TooMany(MOST)),
            Value::Array(rows) if rows.len() > MOST => return Err(ValueError::TooMany(MOST)),
            Value::Object(rows) => {
                for (key, row) in rows {
                    writes.extend(self.cells(name, &typed_key(key)?, row, typing)?);
                }
            }
            Value::Array(rows) if self.setting.is_none() => {
                for row in rows {
                    writes.extend(self.cells(name, &(typing.fresh)().to_string(), row, typing)?);
                }
            }
            _ => return Err(EXPECTED),
        }
        // Rows without a cell are no rows.
        if writes.is_empty() { Err(ValueError::Missing) } else { Ok(writes) }
    }

    /// The rows as `{key: {column: value}}`.
    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        let mut rows: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for (path, value) in document.iter().filter(|(_, value)| !value.is_null()) {
            let Some(rest) = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')) else { continue };
            let Some((key, column)) = rest.split_once('/') else { continue };
            rows.entry(key).or_default().insert(column.to_owned(), value.clone());
        }
        let rows: Map<String, Value> =
            rows.into_iter().map(|(key, row)| (key.to_owned(), Value::Object(row))).collect();
        (!rows.is_empty()).then_some(Value::Object(rows))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        let is_cell = |name: &String, cell: &Value| {
            self.columns.iter().find(|column| column.name == *name).is_some_and(|column| column.of.is_well_typed(cell))
        };
        let is_row =
            |row: &Value| row.as_object().is_some_and(|row| row.iter().all(|(name, cell)| is_cell(name, cell)));
        value.as_object().is_some_and(|rows| rows.values().all(is_row))
    }

    fn is_complete(&self, value: &Value) -> Result<(), ValueError> {
        let rows = value.as_object().ok_or(EXPECTED)?;
        if rows.len() > MOST {
            return Err(ValueError::TooMany(MOST));
        }
        let lacks = |row: &Value| self.columns.iter().any(|column| column.is_needed && row.get(&column.name).is_none());
        if rows.values().any(lacks) { Err(ValueError::Missing) } else { Ok(()) }
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let Some(rows) = value.as_object() else { return super::types::say_unreadable(speech) };
        let said = |(key, row): (&String, &Value)| {
            let cells: Vec<String> = self
                .columns
                .iter()
                .filter_map(|column| {
                    let cell = row.get(&column.name)?;
                    Some(format!("{} {}", speech.language.of(&column.zh, &column.en), column.of.say(cell, speech)))
                })
                .collect();
            match self.setting {
                Some(_) => format!("{key}: {}", cells.join(speech.language.of("，", ", "))),
                None => cells.join(speech.language.of("，", ", ")),
            }
        };
        rows.iter().map(said).collect::<Vec<_>>().join("\n")
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        super::types::by(a, b, |value| value.as_object().map(Map::len))
    }

    fn paths(&self) -> Vec<Pattern> {
        let cell = |column: &Column| {
            let own = column.of.paths();
            let (rule, has_text) =
                own.first().map_or((crate::kind::Rule::Latest, false), |own| (own.rule, own.has_text));
            Pattern { suffix: format!("/*/{}", column.name), rule, has_text }
        };
        self.columns.iter().map(cell).collect()
    }

    fn rows_from(&self) -> Option<&str> {
        self.setting.as_deref()
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }
}
