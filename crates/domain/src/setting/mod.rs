//! Settings, and the legal floors that no school may go below.
//!
//! A school may be stricter than the rule, never laxer; a value holds from a day on.

mod check;
mod english;
mod history;
mod methods;
mod table;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use thiserror::Error;

pub use check::check_setting;
pub use english::{EnglishSetting, english};
pub use history::{DatedValue, SettingHistory};
pub use methods::{Method, Methods};
pub use table::{all, find};

use crate::decimal::{Decimal, DecimalError};

/// The key of the table of disinfection methods.
pub const METHODS: &str = "disinf.method";

/// How sure the source of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SettingSource"))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 法: the text of the statute was read.
    Statute,
    /// 网: an excerpt on a public page.
    Page,
    /// 记: from memory.
    Memory,
    /// 设: a proposal of this design.
    Design,
}

/// How far a number may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SettingFloor"))]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    /// As one likes.
    Free,
    /// Not below this number.
    AtLeast(#[cfg_attr(feature = "schema", schemars(with = "String"))] Decimal),
    /// Not above this number.
    AtMost(#[cfg_attr(feature = "schema", schemars(with = "String"))] Decimal),
}

/// What the value of a setting looks like, its default and its floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SettingShape"))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A number, as JSON number or text.
    Number {
        /// Its default.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        default: Decimal,
        /// How far it may be changed.
        floor: Floor,
    },
    /// `{"min", "max"}`, both included; it must lie within its default.
    Range {
        /// The lower end; none where it is open.
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        min: Option<Decimal>,
        /// The upper end; none where it is open.
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        max: Option<Decimal>,
    },
    /// A boolean.
    Switch {
        /// Its default.
        default: bool,
        /// Whether it must stay as it is.
        is_fixed: bool,
    },
    /// An array of texts.
    List {
        /// Its default.
        default: Vec<String>,
        /// Whether every text of the default must stay in it.
        must_keep_default: bool,
    },
    /// One of these texts; the first is the default.
    Option(Vec<String>),
    /// The disinfection methods; see [`Methods`].
    Methods,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// Its unit; empty where it has none.
    pub unit: &'static str,
    /// Its shape, default and floor.
    pub shape: Shape,
    /// The rule behind it, in short.
    pub rule: &'static str,
    /// How sure the rule is.
    pub source: Source,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SettingValue {
    /// A number.
    Number(#[cfg_attr(feature = "schema", schemars(with = "String"))] Decimal),
    /// A range, both ends included.
    Range {
        /// The lower end.
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        min: Option<Decimal>,
        /// The upper end.
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        max: Option<Decimal>,
    },
    /// A boolean.
    Switch(bool),
    /// Texts.
    List(Vec<String>),
    /// One of the known texts.
    Option(String),
    /// Disinfection methods.
    Methods(Methods),
}

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SettingError {
    /// There is no such setting.
    #[error("there is no setting {key:?}")]
    Unknown {
        /// The key.
        key: String,
    },
    /// The value has another shape.
    #[error("{key} takes {expected}")]
    Shape {
        /// The key.
        key: &'static str,
        /// What it takes.
        expected: &'static str,
    },
    /// A number cannot be read.
    #[error("{key} is not a number")]
    Number {
        /// The key.
        key: &'static str,
        /// Why not.
        #[source]
        source: DecimalError,
    },
    /// The value is laxer than the rule.
    #[error("{key} is {value}, but the rule demands {floor}: {rule}")]
    BelowFloor {
        /// The key.
        key: &'static str,
        /// The value that was refused.
        value: String,
        /// What is allowed.
        floor: String,
        /// The rule, in short.
        rule: &'static str,
    },
}

/// One side of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The lower end.
    Min,
    /// The upper end.
    Max,
}

/// The settings of one campus: the defaults, and what the school made stricter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    own: BTreeMap<&'static str, SettingValue>,
    refused: Vec<SettingError>,
}

impl Settings {
    /// The settings without days in a read `setting` record: one field per key; [`SettingHistory`] reads those with days.
    ///
    /// A value that is refused counts as not set, and is listed in [`Settings::refused`]; fields that are no setting
    /// say nothing.
    pub fn from_document(document: &serde_json::Map<String, serde_json::Value>) -> Self {
        let mut settings = Self::default();
        for (key, value) in document {
            let Some(setting) = find(key) else { continue };
            if value.is_null() {
                continue;
            }
            match check_setting(key, value) {
                Ok(value) => drop(settings.own.insert(setting.key, value)),
                Err(error) => settings.refused.push(error),
            }
        }
        settings
    }

    /// Why stored values are not used.
    pub fn refused(&self) -> &[SettingError] {
        &self.refused
    }

    /// The value of a setting; none when there is no such setting.
    pub fn get(&self, key: &str) -> Option<SettingValue> {
        self.own.get(key).cloned().or_else(|| find(key).map(|setting| setting.shape.default_value()))
    }

    /// The value of a number; zero when `key` is no number, which no caller with a known key meets.
    pub fn number(&self, key: &str) -> Decimal {
        match self.get(key) {
            Some(SettingValue::Number(number)) => number,
            _ => Decimal::ZERO,
        }
    }

    /// The limit that a setting gives for one side: a number for either, an end of a range for its own.
    pub fn limit(&self, key: &str, side: Side) -> Option<Decimal> {
        match (self.get(key)?, side) {
            (SettingValue::Number(number), _) => Some(number),
            (SettingValue::Range { min, .. }, Side::Min) => min,
            (SettingValue::Range { max, .. }, Side::Max) => max,
            _ => None,
        }
    }

    /// Whether a switch is on.
    pub fn is_on(&self, key: &str) -> bool {
        self.get(key) == Some(SettingValue::Switch(true))
    }

    /// A cell of the table that a setting holds, such as `disinf.method` by `tableware` and `蒸汽`, part `temp_c`; none where the
    /// table has no such row, or the row no such limit.
    pub fn cell(&self, key: &str, by: &[&str], part: &str) -> Option<Decimal> {
        let (SettingValue::Methods(methods), [table, name]) = (self.get(key)?, by) else { return None };
        methods.table(table)?.get(*name)?.part(part)
    }

    /// The names that a row of a setting's table has, such as those of `disinf.method` by `tableware`; none where there is no such
    /// row, and anything goes.
    pub fn names(&self, key: &str, by: &str) -> Option<Vec<String>> {
        let SettingValue::Methods(methods) = self.get(key)? else { return None };
        Some(methods.table(by)?.keys().cloned().collect())
    }

    /// The disinfection methods.
    pub fn methods(&self) -> Methods {
        match self.get(METHODS) {
            Some(SettingValue::Methods(methods)) => methods,
            _ => Methods::default(),
        }
    }
}

impl Shape {
    /// The default.
    pub fn default_value(&self) -> SettingValue {
        match self {
            Self::Number { default, .. } => SettingValue::Number(*default),
            Self::Range { min, max } => SettingValue::Range { min: *min, max: *max },
            Self::Switch { default, .. } => SettingValue::Switch(*default),
            Self::List { default, .. } => SettingValue::List(default.clone()),
            Self::Option(options) => SettingValue::Option(options.first().cloned().unwrap_or_default()),
            Self::Methods => SettingValue::Methods(Methods::default()),
        }
    }
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free => f.write_str("any number"),
            Self::AtLeast(floor) => write!(f, "at least {floor}"),
            Self::AtMost(floor) => write!(f, "at most {floor}"),
        }
    }
}
