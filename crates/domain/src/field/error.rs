//! Why a value is not taken, in the words of both languages, and never in those of the value.

use thiserror::Error;

use crate::decimal::{Decimal, DecimalError, unit_en};

/// Why a value is not taken.
///
/// It names the rule and what would be taken. What was typed stands nowhere in it, so it may be shown and logged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.en())]
#[non_exhaustive]
pub enum ValueError {
    /// There is no such field.
    Unknown,
    /// It must be filled in.
    Missing,
    /// It must be answered with yes.
    NotYes,
    /// It is not asked for under these circumstances.
    NotAsked,
    /// It cannot be changed any more.
    Frozen,
    /// The program fills it in.
    Own,
    /// Something else is taken, named in Chinese and English.
    Shape {
        /// What is taken, in Chinese.
        zh: &'static str,
        /// What is taken, in English.
        en: &'static str,
    },
    /// The text has fewer characters than this.
    TooShort(usize),
    /// The text has more characters than this.
    TooLong(usize),
    /// The text holds control characters.
    Control,
    /// It is no number.
    NotANumber,
    /// The number can be read in two ways.
    Ambiguous,
    /// The number has more digits than are kept.
    TooManyDigits,
    /// The unit is another one.
    Unit(String),
    /// The number is below this, in this unit.
    Below(Decimal, String),
    /// The number is above this, in this unit.
    Above(Decimal, String),
    /// The number has a fraction.
    NotWhole,
    /// Money has more than two decimals.
    Cents,
    /// It is none of the options.
    Option,
    /// There is no such date.
    Date,
    /// There is no such time of day.
    Time,
    /// It names no record.
    Reference,
    /// There are more entries than this.
    TooMany(usize),
    /// There are fewer entries than this.
    TooFew(usize),
    /// It is what a mask showed, and no value.
    Masked,
    /// The row's key or column is not one of the field's.
    Row,
}

impl ValueError {
    /// The code of the rule.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Missing => "missing",
            Self::NotYes => "not-yes",
            Self::NotAsked => "not-asked",
            Self::Frozen => "frozen",
            Self::Own => "own",
            Self::Shape { .. } => "shape",
            Self::TooShort(_) => "too-short",
            Self::TooLong(_) => "too-long",
            Self::Control => "control",
            Self::NotANumber => "not-a-number",
            Self::Ambiguous => "ambiguous",
            Self::TooManyDigits => "digits",
            Self::Unit(_) => "unit",
            Self::Below(..) => "below",
            Self::Above(..) => "above",
            Self::NotWhole => "not-whole",
            Self::Cents => "cents",
            Self::Option => "option",
            Self::Date => "date",
            Self::Time => "time",
            Self::Reference => "reference",
            Self::TooMany(_) => "too-many",
            Self::TooFew(_) => "too-few",
            Self::Masked => "masked",
            Self::Row => "row",
        }
    }

    /// The rule in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Unknown => "没有这一项".into(),
            Self::Missing => "必须填写".into(),
            Self::NotYes => "必须为“是”".into(),
            Self::NotAsked => "此情况下不填".into(),
            Self::Frozen => "写下后不能更改，写错请作废重填".into(),
            Self::Own => "由程序填写".into(),
            Self::Shape { zh, .. } => format!("应为{zh}"),
            Self::TooShort(least) => format!("至少 {least} 个字"),
            Self::TooLong(most) => format!("最多 {most} 个字"),
            Self::Control => "含有不可见的控制字符".into(),
            Self::NotANumber => "应为一个数".into(),
            Self::Ambiguous => "逗号有两种读法，请不带逗号重填".into(),
            Self::TooManyDigits => "位数太多".into(),
            Self::Unit(unit) => format!("单位应为 {unit}"),
            Self::Below(least, unit) => format!("不小于 {}", with_unit(*least, unit)),
            Self::Above(most, unit) => format!("不大于 {}", with_unit(*most, unit)),
            Self::NotWhole => "应为整数".into(),
            Self::Cents => "最多两位小数".into(),
            Self::Option => "请从选项中选择".into(),
            Self::Date => "没有这一天，应如 2026-09-01".into(),
            Self::Time => "没有这个时刻，应如 07:30".into(),
            Self::Reference => "应为一条记录的编号".into(),
            Self::TooMany(most) => format!("最多 {most} 项"),
            Self::TooFew(least) => format!("至少 {least} 项"),
            Self::Masked => "这是遮挡后的内容，请重新填写".into(),
            Self::Row => "没有这一行或这一列".into(),
        }
    }

    /// The rule in English.
    pub fn en(&self) -> String {
        match self {
            Self::Unknown => "there is no such field".into(),
            Self::Missing => "must be filled in".into(),
            Self::NotYes => "must be yes".into(),
            Self::NotAsked => "is not asked for here".into(),
            Self::Frozen => "cannot be changed once written; void the row and enter it anew".into(),
            Self::Own => "is filled in by the program".into(),
            Self::Shape { en, .. } => format!("takes {en}"),
            Self::TooShort(least) => format!("takes at least {least} characters"),
            Self::TooLong(most) => format!("takes at most {most} characters"),
            Self::Control => "holds control characters".into(),
            Self::NotANumber => "takes one number".into(),
            Self::Ambiguous => "has a comma that can be read in two ways; type it without the comma".into(),
            Self::TooManyDigits => "has too many digits".into(),
            Self::Unit(unit) => format!("is given in {}", unit_en(unit)),
            Self::Below(least, unit) => format!("is at least {}", with_unit(*least, unit_en(unit))),
            Self::Above(most, unit) => format!("is at most {}", with_unit(*most, unit_en(unit))),
            Self::NotWhole => "takes a whole number".into(),
            Self::Cents => "takes at most two decimals".into(),
            Self::Option => "takes one of its options".into(),
            Self::Date => "takes a date that exists, such as 2026-09-01".into(),
            Self::Time => "takes a time of day, such as 07:30".into(),
            Self::Reference => "takes the id of a record".into(),
            Self::TooMany(most) => format!("takes at most {most} entries"),
            Self::TooFew(least) => format!("takes at least {least} entries"),
            Self::Masked => "is what a mask shows; type the value anew".into(),
            Self::Row => "has no such row or column".into(),
        }
    }
}

fn with_unit(number: Decimal, unit: &str) -> String {
    if unit.is_empty() { number.to_string() } else { format!("{number} {unit}") }
}

impl ValueError {
    /// What is wrong with a number in `unit`.
    pub(super) fn of_number(error: &DecimalError, unit: &str) -> Self {
        match error {
            DecimalError::Ambiguous { .. } => Self::Ambiguous,
            DecimalError::TooManyDigits { .. } => Self::TooManyDigits,
            DecimalError::UnknownUnit { .. } | DecimalError::ForeignUnit { .. } if !unit.is_empty() => {
                Self::Unit(unit.to_owned())
            }
            _ => Self::NotANumber,
        }
    }
}

/// Why a text declares no field type, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{found:?} is no field type: {write}")]
pub struct TypeError {
    /// What stands there.
    pub found: String,
    /// What to write.
    pub write: String,
}

impl TypeError {
    pub(super) fn new(found: &str, write: impl Into<String>) -> Self {
        Self { found: found.to_owned(), write: write.into() }
    }
}
