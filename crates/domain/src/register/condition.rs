//! Conditions on a row: has, lacks, is, after, above, below; all clauses must hold.

use serde_json::Value;

use crate::decimal::{Decimal, decimal_from_number};
use crate::field::{Document, Limit};
use crate::setting::{Settings, Side};

/// A condition; with no clause it always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// What must hold, all of it.
    pub clauses: Vec<Clause>,
}

/// One clause of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `has FIELD`.
    Has(String),
    /// `lacks FIELD`.
    Lacks(String),
    /// `FIELD is CODE|CODE`.
    Is(String, Vec<String>),
    /// `FIELD yes`.
    Yes(String),
    /// `FIELD after FIELD by SPAN`: later by more than that many milliseconds.
    After(String, String, i64),
    /// `FIELD above LIMIT`, in the unit of the field.
    Above(String, Operand),
    /// `FIELD below LIMIT`, in the unit of the field.
    Below(String, Operand),
}

/// What a number is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A printed number or a setting, and what to multiply it with to have the field's unit.
    Limit(Limit, Decimal),
    /// Another field; `items.counted` and `items.should` are compared row by row.
    Field(String),
}

impl Condition {
    /// Whether it holds for a row, under these settings.
    pub fn holds(&self, document: &Document, settings: &Settings) -> bool {
        self.clauses.iter().all(|clause| clause.holds(document, Some(settings)))
    }

    /// Whether it holds, where no setting is asked; a clause that asks one does not hold.
    pub fn holds_by_itself(&self, document: &Document) -> bool {
        self.clauses.iter().all(|clause| clause.holds(document, None))
    }

    /// The fields that it reads.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().flat_map(Clause::fields)
    }
}

impl Clause {
    fn holds(&self, document: &Document, settings: Option<&Settings>) -> bool {
        match self {
            Self::Has(field) => has(document, field),
            Self::Lacks(field) => !has(document, field),
            Self::Is(field, codes) => text(document, field).is_some_and(|word| codes.iter().any(|code| code == word)),
            Self::Yes(field) => document.get(field).and_then(Value::as_bool) == Some(true),
            Self::After(later, earlier, by) => match (instant(document, later), instant(document, earlier)) {
                (Some(later), Some(earlier)) => later.saturating_sub(earlier) > *by,
                _ => false,
            },
            Self::Above(field, operand) => compares(document, field, operand, settings, Side::Max, |a, b| a > b),
            Self::Below(field, operand) => compares(document, field, operand, settings, Side::Min, |a, b| a < b),
        }
    }

    fn fields(&self) -> Vec<&str> {
        match self {
            Self::Has(field) | Self::Lacks(field) | Self::Is(field, _) | Self::Yes(field) => vec![field],
            Self::After(a, b, _) => vec![a, b],
            Self::Above(field, operand) | Self::Below(field, operand) => match operand {
                Operand::Field(other) => vec![field, other],
                Operand::Limit(..) => vec![field],
            },
        }
    }
}

/// Whether something stands in a field, on its own path or below it; a no is nothing.
pub fn has(document: &Document, field: &str) -> bool {
    let is_filled = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    document.get(field).is_some_and(is_filled) || {
        let below = format!("{field}/");
        document.iter().any(|(path, value)| path.starts_with(&below) && is_filled(value))
    }
}

fn text<'a>(document: &'a Document, field: &str) -> Option<&'a str> {
    document.get(field)?.as_str()
}

fn instant(document: &Document, field: &str) -> Option<i64> {
    document.get(field)?.as_i64()
}

/// The number in a stored value.
pub(super) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => Decimal::from_str_exact(text).ok(),
        Value::Number(number) => decimal_from_number(number).ok(),
        _ => None,
    }
}

fn compares(
    document: &Document,
    field: &str,
    operand: &Operand,
    settings: Option<&Settings>,
    side: Side,
    is: impl Fn(Decimal, Decimal) -> bool,
) -> bool {
    match operand {
        Operand::Limit(limit, factor) => {
            let bound = limit_of(limit, document, settings, side).and_then(|bound| bound.checked_mul(*factor));
            match (document.get(field).and_then(number), bound) {
                (Some(value), Some(bound)) => is(value, bound),
                _ => false,
            }
        }
        Operand::Field(other) => pairs(document, field, other).into_iter().any(|(a, b)| is(a, b)),
    }
}

/// The numbers of two fields, or of two columns row by row.
fn pairs(document: &Document, a: &str, b: &str) -> Vec<(Decimal, Decimal)> {
    let of = |path: &str| document.get(path).and_then(number);
    let (Some((rows, a)), Some((other, b))) = (a.split_once('.'), b.split_once('.')) else {
        return of(a).zip(of(b)).into_iter().collect();
    };
    let prefix = format!("{rows}/");
    let suffix = format!("/{a}");
    document
        .keys()
        .filter(|path| rows == other && path.starts_with(&prefix) && path.ends_with(&suffix))
        .filter_map(|path| {
            let stem = path.strip_suffix(a)?;
            of(path).zip(of(&format!("{stem}{b}")))
        })
        .collect()
}

/// What a limit is for this row; none where nothing says so.
pub fn limit_of(limit: &Limit, document: &Document, settings: Option<&Settings>, side: Side) -> Option<Decimal> {
    match limit {
        Limit::Fixed(number) => Some(*number),
        Limit::Setting(key) => settings?.limit(key, side),
        Limit::Table { key, by, part } => {
            let words = by.iter().map(|field| text(document, field)).collect::<Option<Vec<_>>>()?;
            settings?.cell(key, &words, part)
        }
    }
}
