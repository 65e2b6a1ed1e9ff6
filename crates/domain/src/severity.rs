//! How bad a finding is, and what it is about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The four grades of a finding, from the mildest to the red line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// 轻微, shown blue.
    L1,
    /// 一般, shown yellow.
    L2,
    /// 较大, shown orange.
    L3,
    /// 红线, shown red; one of them fails a whole form.
    L4,
}

/// A text that names no grade or no category.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not known")]
pub struct UnknownName(pub String);

impl Severity {
    /// All grades, mildest first.
    pub const ALL: [Self; 4] = [Self::L1, Self::L2, Self::L3, Self::L4];

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Self::L1 => "轻微",
            Self::L2 => "一般",
            Self::L3 => "较大",
            Self::L4 => "红线",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl FromStr for Severity {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|grade| grade.to_string() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 消防.
    Fire,
    /// 用电.
    Electric,
    /// 水暖.
    Water,
    /// 校舍.
    Structure,
    /// 食品.
    Food,
    /// 卫生.
    Hygiene,
    /// 安保.
    Security,
    /// 设施器材.
    Equipment,
    /// 财产.
    Asset,
    /// 绿化.
    Green,
    /// 其他.
    Other,
}

impl Category {
    /// All categories with their stored code and Chinese name.
    pub const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Fire, "fire", "消防"),
        (Self::Electric, "electric", "用电"),
        (Self::Water, "water", "水暖"),
        (Self::Structure, "structure", "校舍"),
        (Self::Food, "food", "食品"),
        (Self::Hygiene, "hygiene", "卫生"),
        (Self::Security, "security", "安保"),
        (Self::Equipment, "equipment", "设施器材"),
        (Self::Asset, "asset", "财产"),
        (Self::Green, "green", "绿化"),
        (Self::Other, "other", "其他"),
    ];

    /// The stored code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(category, ..)| *category == self).map_or("other", |(_, code, _)| code)
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        Self::ALL.iter().find(|(category, ..)| *category == self).map_or("其他", |(.., zh)| zh)
    }
}

impl FromStr for Category {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .find(|(_, code, _)| *code == text)
            .map(|(category, ..)| *category)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_ordered_and_read_back() {
        assert!(Severity::L4 > Severity::L1);
        for grade in Severity::ALL {
            assert_eq!(grade.to_string().parse(), Ok(grade));
        }
        assert!("L5".parse::<Severity>().is_err());
    }

    #[test]
    fn every_category_is_stored_under_its_code() {
        for (category, code, _) in Category::ALL {
            assert_eq!(serde_json::to_value(category).expect("a value"), code);
            assert_eq!(code.parse(), Ok(category));
        }
    }
}
