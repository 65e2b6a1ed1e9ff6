//! Ids that follow from what a row is: rows with a key, parts, compartments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::shape::{Hold, Register};
use super::value::BadValue;
use crate::field::{Document, ValueError};

impl Register {
    /// The id of a row that has a key: v5(campus, `entry/<kind>/<part>/.../<n>`); none for a register without one, whose rows get a v7.
    ///
    /// The parts are ids in lower case, dates, and the frozen words of options. `n` is the smallest number from 0 whose record is
    /// not void, so that what was voided by mistake can be entered anew.
    ///
    /// # Errors
    /// [`BadValue`] for a field of the key that is missing or ill typed.
    pub fn row_id(&self, campus: Uuid, document: &Document, n: u32) -> Result<Option<Uuid>, BadValue> {
        if self.key.is_empty() {
            return Ok(None);
        }
        let mut name = format!("entry/{}", self.kind);
        for part in &self.key {
            name.push('/');
            name.push_str(&self.key_part(part, document)?);
        }
        name.push_str(&format!("/{n}"));
        Ok(Some(Uuid::new_v5(&campus, name.as_bytes())))
    }

    fn key_part(&self, name: &str, document: &Document) -> Result<String, BadValue> {
        let field = self.field(name).ok_or_else(|| BadValue::unknown(name))?;
        let of = field.stored().ok_or_else(|| BadValue::of(field, ValueError::Own))?;
        let bad = |error| BadValue::of(field, error);
        let value = document.get(name).filter(|value| !value.is_null()).ok_or_else(|| bad(ValueError::Missing))?;
        let text = value.as_str().filter(|_| of.is_well_typed(value)).ok_or_else(|| bad(ValueError::Reference))?;
        let part = match of.code() {
            "REF" | "PERSON" => Uuid::parse_str(text).map_err(|_| bad(ValueError::Reference))?.hyphenated().to_string(),
            "DATE" => text.parse::<NaiveDate>().map_err(|_| bad(ValueError::Date))?.to_string(),
            _ => text.replace('/', "%2F"),
        };
        Ok(part)
    }

    /// The kind of the records of a part.
    pub fn part_kind(&self, part: &str) -> String {
        format!("{}_{part}", self.kind)
    }
}

/// The id of the record of a part: v5(row, `part/<name>`).
///
/// # Example
/// ```
/// use domain::register::part_id;
/// use uuid::Uuid;
/// let row = Uuid::nil();
/// assert_ne!(part_id(row, "identity"), part_id(row, "scan"));
/// assert_eq!(part_id(row, "scan"), Uuid::new_v5(&row, b"part/scan"));
/// ```
pub fn part_id(row: Uuid, part: &str) -> Uuid {
    Uuid::new_v5(&row, format!("part/{part}").as_bytes())
}

/// The scope of a compartment of a campus: v5(campus, `hold/<code>`).
pub fn hold_scope(campus: Uuid, hold: Hold) -> Uuid {
    Uuid::new_v5(&campus, format!("hold/{}", hold.code()).as_bytes())
}
