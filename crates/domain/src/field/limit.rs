//! The limits of a measured value: printed numbers, settings, or a table of settings.

use super::error::TypeError;
use super::split::split_outside;
use crate::decimal::Decimal;

/// One end of what a measured value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A printed number: nothing beyond it is taken.
    Fixed(Decimal),
    /// A setting: a value beyond it is taken, and judged.
    Setting(String),
    /// A cell of a table of settings: a value beyond it is taken, and judged.
    Table {
        /// The setting that holds the table.
        key: String,
        /// The fields whose values lead to the cell.
        by: Vec<String>,
        /// The part of the cell.
        part: String,
    },
}

/// The unit of a measured value, and its two ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The unit; empty where there is none.
    pub unit: String,
    /// The lower end.
    pub min: Option<Limit>,
    /// The upper end.
    pub max: Option<Limit>,
}

impl Limits {
    /// The limits in `unit,min,max`, each end as [`Limit::parse`] reads it.
    pub(super) fn parse(text: &str) -> Result<Self, TypeError> {
        let help = "write unit, lower and upper limit, such as [℃,-30,60] or [g,,]";
        let [unit, min, max] = split_outside(text, ',')[..] else { return Err(TypeError::new(text, help)) };
        let limits = Self { unit: unit.to_owned(), min: Limit::parse(min)?, max: Limit::parse(max)? };
        match (&limits.min, &limits.max) {
            (Some(Limit::Fixed(min)), Some(Limit::Fixed(max))) if min > max => {
                Err(TypeError::new(text, "put the lower limit first"))
            }
            _ => Ok(limits),
        }
    }

    /// The limits as they are declared.
    pub(super) fn declared(&self) -> String {
        let end = |limit: &Option<Limit>| limit.as_ref().map_or_else(String::new, Limit::declared);
        format!("{},{},{}", self.unit, end(&self.min), end(&self.max))
    }
}

impl Limit {
    /// An end such as `70`, `@food.core_c` or `@disinf.method(group, method).temp_c`; none for an empty text.
    ///
    /// # Errors
    /// [`TypeError`] for anything else. Whether the setting and the fields exist is not asked here.
    pub fn parse(text: &str) -> Result<Option<Self>, TypeError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let Some(setting) = text.strip_prefix('@') else {
            let number = Decimal::from_str_exact(text);
            return number
                .map(|number| Some(Self::Fixed(number)))
                .map_err(|_| TypeError::new(text, "a limit is a number, @setting, or @setting(field, field).part"));
        };
        let Some((key, rest)) = setting.split_once('(') else { return Ok(Some(Self::Setting(setting.to_owned()))) };
        let (by, part) = rest.split_once(')').ok_or_else(|| TypeError::new(text, "close the bracket"))?;
        let part = part
            .strip_prefix('.')
            .filter(|part| !part.is_empty())
            .ok_or_else(|| TypeError::new(text, "name the part of the table, such as .temp_c"))?;
        let by = split_outside(by, ',').into_iter().map(str::to_owned).collect();
        Ok(Some(Self::Table { key: key.to_owned(), by, part: part.to_owned() }))
    }

    pub(super) fn declared(&self) -> String {
        match self {
            Self::Fixed(number) => number.to_string(),
            Self::Setting(key) => format!("@{key}"),
            Self::Table { key, by, part } => format!("@{key}({}).{part}", by.join(", ")),
        }
    }
}
