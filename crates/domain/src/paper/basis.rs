//! The content of a revision read back, and what has changed on the page since.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::Value;

use crate::canonical::canonical;
use crate::sheet::{Sheet, printed};

/// What was signed, as the device that holds it reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The title.
    pub title: String,
    /// The language that it was written in: `zh` or `en`.
    pub language: String,
    /// Whose it is.
    pub organisation: Option<String>,
    /// The campus.
    pub campus: Option<String>,
    /// The place that it is of.
    pub place: Option<String>,
    /// The first and the last day.
    pub days: Option<(String, String)>,
    /// The key and the heading of each column.
    pub columns: Vec<(String, String)>,
    /// The cells of each row, as they were printed.
    pub rows: Vec<Vec<String>>,
    /// The record of each row; none for the row of a grid.
    pub records: Vec<Option<String>>,
    /// How many things were missing, corrected and void.
    pub gaps: usize,
    /// Corrected cells.
    pub corrected: usize,
    /// Void rows that were left out.
    pub void: usize,
    /// Who had signed.
    pub signatures: Vec<BasisSigner>,
}

/// Somebody who had signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasisSigner {
    /// The person.
    pub by: String,
    /// What they were called.
    pub name: String,
    /// When, ms since 1970 UTC.
    pub at: i64,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`.
    pub how: String,
}

/// What has changed on a page since it was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Rows that were not there.
    pub rows: usize,
    /// Cells that say something else.
    pub corrected: usize,
    /// Rows that are gone from it: void, or moved to other days.
    pub void: usize,
}

impl Since {
    /// Whether the page says what was signed.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Basis {
    /// Reads a content; none for what is none, or is not written as it was signed.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        if value.get("v")? != 1 || canonical(&value).as_bytes() != bytes {
            return None;
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name: &str| value.get(name).and_then(Value::as_array);
        let cells = |row: &Value| {
            let cell = |cell: &Value| cell.as_str().map(str::to_owned);
            row.as_array()?.iter().map(cell).collect::<Option<Vec<_>>>()
        };
        let column =
            |column: &Value| Some((column.get("key")?.as_str()?.to_owned(), column.get("label")?.as_str()?.to_owned()));
        let rows = list("rows")?.iter().map(cells).collect::<Option<Vec<_>>>()?;
        let records = list("records")?.iter().map(|record| record.as_str().map(str::to_owned)).collect::<Vec<_>>();
        let columns = list("columns")?.iter().map(column).collect::<Option<Vec<_>>>()?;
        if records.len() != rows.len() || rows.iter().any(|row| row.len() != columns.len()) {
            return None;
        }
        Some(Self {
            title: text("title")?,
            language: text("language")?,
            organisation: text("organisation"),
            campus: text("campus"),
            place: text("where"),
            days: text("from").zip(text("to")),
            columns,
            rows,
            records,
            gaps: list("gaps")?.len(),
            corrected: list("corrections")?.len(),
            void: usize::try_from(value.get("void")?.as_u64()?).ok()?,
            signatures: list("signatures")?.iter().map(signer).collect::<Option<Vec<_>>>()?,
        })
    }

    /// What a sheet, made now in the same language, says otherwise.
    pub fn since(&self, now: &Sheet) -> Since {
        let keys = || self.columns.iter().map(|(key, _)| key.as_str());
        let of_row = |(at, cells): (usize, &Vec<String>)| (name(self.records[at].as_deref(), keys(), cells), at);
        let signed: HashMap<String, usize> = self.rows.iter().enumerate().map(of_row).collect();
        let mut since = Since::default();
        let mut met = HashSet::new();
        for line in &now.rows {
            let cells: Vec<String> = line.cells.iter().map(printed).collect();
            let keys = now.columns.iter().map(|column| column.key.as_str());
            match signed.get(&name(line.record.as_deref(), keys, &cells)) {
                Some(at) => {
                    met.insert(*at);
                    since.corrected += self.differing(*at, now, &cells);
                }
                None => since.rows += 1,
            }
        }
        since.void = self.rows.len() - met.len();
        since
    }

    /// How many cells of a row say something else in a column that both have.
    fn differing(&self, row: usize, now: &Sheet, cells: &[String]) -> usize {
        let said = |key: &str| self.columns.iter().position(|(known, _)| known == key).map(|at| &self.rows[row][at]);
        now.columns
            .iter()
            .zip(cells)
            .filter(|(column, cell)| said(&column.key).is_some_and(|said| said != *cell))
            .count()
    }
}

/// What a row is found again by: its record; the row of a grid by what does not stand under a day.
fn name<'k>(record: Option<&str>, keys: impl Iterator<Item = &'k str>, cells: &[String]) -> String {
    let is_day = |key: &str| key.parse::<NaiveDate>().is_ok();
    let of_grid = || keys.zip(cells).filter(|(key, _)| !is_day(key)).map(|(_, cell)| cell.as_str()).collect::<Vec<_>>();
    record.map_or_else(|| of_grid().join("\u{1f}"), str::to_owned)
}

fn signer(value: &Value) -> Option<BasisSigner> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(BasisSigner { by: text("by")?, name: text("name")?, at: value.get("at")?.as_i64()?, how: text("how")? })
}

/// 签字后补录: puts the rows that the first signed page did not have behind those that it had, in the order that they have.
pub fn put_after_signing(sheet: &mut Sheet, first: &Basis) {
    let known: HashSet<&str> = first.records.iter().flatten().map(String::as_str).collect();
    for line in &mut sheet.rows {
        line.is_after_signing = line.record.as_deref().is_some_and(|record| !known.contains(record));
    }
    let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
    order.sort_by_key(|at| sheet.rows[*at].is_after_signing);
    let mut moved = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        moved[*old] = new;
    }
    let mut lines: Vec<_> = std::mem::take(&mut sheet.rows).into_iter().enumerate().collect();
    lines.sort_by_key(|(old, _)| moved[*old]);
    sheet.rows = lines.into_iter().map(|(_, line)| line).collect();
    for note in &mut sheet.corrections {
        // The first row is 1.
        if let Some(new) = note.row.checked_sub(1).and_then(|old| moved.get(old)) {
            note.row = new + 1;
        }
    }
    sheet.corrections.sort_by_key(|note| note.row);
}
