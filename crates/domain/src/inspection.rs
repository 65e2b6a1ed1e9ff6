//! Where an inspection stands: it is open until somebody submits it, and void when somebody voids it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::correction;

/// Where an inspection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Answers are still taken.
    Open,
    /// 已提交: from now on there are corrections only.
    Submitted,
    /// 作废.
    Void,
}

impl Stage {
    /// The stage with this stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Submitted, Self::Void].into_iter().find(|stage| stage.code() == code)
    }

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Void => "void",
        }
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Open => "进行中",
            Self::Submitted => "已提交",
            Self::Void => "作废",
        }
    }
}

/// Where the inspection in a read document stands.
///
/// # Example
/// ```
/// use domain::inspection::{Stage, stage};
/// use serde_json::json;
/// let of = |document: serde_json::Value| stage(document.as_object().expect("an object"));
/// assert_eq!(of(json!({"template": "T01@1"})), Stage::Open);
/// assert_eq!(of(json!({"submits/li": 1_788_229_800_000_i64})), Stage::Submitted);
/// assert_eq!(of(json!({"submits/li": 5, "void/1": {"reason": "重复", "by": "li", "at": 6}})), Stage::Void);
/// ```
pub fn stage(document: &Map<String, Value>) -> Stage {
    let has = |prefix: &str| document.iter().any(|(name, value)| name.starts_with(prefix) && !value.is_null());
    if has("void/") && correction::apply("inspection", document).is_void() {
        Stage::Void
    } else if has("submits/") {
        Stage::Submitted
    } else {
        Stage::Open
    }
}

/// Where an inspection stands whose corrections have been applied.
pub fn stage_of(corrected: &correction::Corrected) -> Stage {
    let is_submitted = corrected.document.iter().any(|(name, value)| name.starts_with("submits/") && !value.is_null());
    match (corrected.is_void(), is_submitted) {
        (true, _) => Stage::Void,
        (false, true) => Stage::Submitted,
        (false, false) => Stage::Open,
    }
}
