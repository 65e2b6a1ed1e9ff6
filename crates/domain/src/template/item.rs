//! One line of a checklist.

use serde::Serialize;

use super::CampusKind;
use crate::decimal::Decimal;
use crate::due::DueCode;
use crate::severity::{Category, Severity};

/// Where a limit comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// There is no limit on this side.
    None,
    /// A number that no setting changes.
    Fixed(Decimal),
    /// The value of a setting.
    Setting {
        /// The key of the setting.
        key: String,
        /// The setting's default as printed on the template; none where it depends on the disinfection method.
        printed: Option<Decimal>,
    },
    /// The previous reading of the same meter.
    Previous,
}

/// A measured value: its unit and its limits, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The unit; `by-method` where the disinfection method decides.
    pub unit: String,
    /// The lower limit.
    pub min: Bound,
    /// The upper limit.
    pub max: Bound,
}

/// How an item is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerType {
    /// `PF`: 合格, 不合格 or 不适用.
    PassFail,
    /// `SC`: points from 0 to the item's maximum.
    Score,
    /// `NUM`: measured or counted numbers.
    Number(Measure),
    /// `TEMP`: measured temperatures.
    Temperature(Measure),
    /// `TIME`: a time of day.
    Time,
    /// `CH`: one of these options; one that ends in （禁） is forbidden.
    Choice(Vec<String>),
    /// `TXT`: words.
    Text,
    /// `SIG`: signatures.
    Signature,
    /// `ASSET`: one row per asset line.
    Assets,
}

impl AnswerType {
    /// The limits of a measured type.
    pub fn measure(&self) -> Option<&Measure> {
        match self {
            Self::Number(measure) | Self::Temperature(measure) => Some(measure),
            _ => None,
        }
    }
}

/// When an answer needs a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoRule {
    /// Never asked for.
    Optional,
    /// `+P`: always.
    Always,
    /// `+P!`: when the item failed.
    WhenFailed,
}

/// Which table of disinfection methods an item chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodTable {
    /// 餐具.
    Tableware,
    /// 巾杯.
    Towels,
}

/// What a few items ask for beyond their type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemRules {
    /// When it fails, the whole form has 0 points.
    pub zeroes_form: bool,
    /// It belongs to the daily part.
    pub is_daily: bool,
    /// It belongs to the weekly part.
    pub is_weekly: bool,
    /// The values given for different things (应到, 实到) must be equal.
    pub must_agree: bool,
    /// Its value must reach the value of this other item.
    pub equals: Option<String>,
    /// The other items apply only when this option is chosen.
    pub gate: Option<String>,
    /// These options need a note and a photo.
    pub explain: Vec<String>,
    /// Only these options pass; all that are not forbidden where there are none.
    pub passes: Vec<String>,
    /// Only campuses of this kind are asked.
    pub only: Option<CampusKind>,
    /// It chooses the disinfection method from this table.
    pub method: Option<MethodTable>,
    /// So many different people must sign.
    pub signers: Option<Bound>,
    /// So many values are asked for; one where nothing is said.
    pub readings: Option<u32>,
    /// What a person writes who has nothing to say, so that one tap is enough.
    pub nothing: Option<String>,
    /// The things that are counted line by line; more may always be added.
    pub lines: Vec<String>,
}

/// What an English screen says of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct English {
    /// What is checked.
    pub text: String,
    /// How to judge it; empty where the text says it all.
    pub criterion: String,
    /// Its options, in the order of the Chinese ones, which are what is stored; empty where it has none of its own.
    pub options: Vec<String>,
}

/// One line of a checklist.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Its code, such as `T01.07`.
    pub code: String,
    /// The heading it stands under.
    pub section: String,
    /// What is checked.
    pub text: String,
    /// How it is answered.
    pub answer: AnswerType,
    /// When it needs a photo.
    pub photo: PhotoRule,
    /// The points it can earn; none for an unscored field.
    pub max: Option<u32>,
    /// How to judge it; empty where the text says it all.
    pub criterion: String,
    /// How bad a failure is; none where it cannot fail.
    pub severity: Option<Severity>,
    /// How long a failure may stand.
    pub due: Option<DueCode>,
    /// What its findings are about.
    pub category: Category,
    /// What it asks for beyond its type.
    pub rules: ItemRules,
    /// The same in English, where the template has it.
    pub english: Option<English>,
}

/// How a template file marks an option that must not be chosen.
const FORBIDDEN_MARK: &str = "（禁）";

impl Item {
    /// The options of a choice, as they are stored; none for any other type.
    pub fn options(&self) -> &[String] {
        match &self.answer {
            AnswerType::Choice(options) => options,
            _ => &[],
        }
    }

    /// How many values a form asks for at first; more may always be given.
    pub fn readings(&self) -> u32 {
        self.rules.readings.unwrap_or(1)
    }

    /// Whether the answer is read from an instrument or counted, and so is never filled in for anybody.
    pub fn is_measured(&self) -> bool {
        self.answer.measure().is_some()
    }

    /// Whether a failure crosses the red line.
    pub fn is_red_line(&self) -> bool {
        self.severity == Some(Severity::L4)
    }

    /// Whether "the rest is fine" may fill it: it is judged by eye, and no red line.
    pub fn is_of_rest(&self) -> bool {
        self.answer == AnswerType::PassFail && !self.is_red_line()
    }

    /// Whether the option may not be chosen.
    pub fn is_forbidden(option: &str) -> bool {
        option.ends_with(FORBIDDEN_MARK)
    }

    /// Whether the option fails it: it is forbidden, or not among those that pass.
    pub fn is_failed_by(&self, option: &str) -> bool {
        let passes = &self.rules.passes;
        Self::is_forbidden(option) || (!passes.is_empty() && !passes.iter().any(|known| known == option))
    }

    /// Whether its limits depend on the disinfection method.
    pub fn needs_method(&self) -> bool {
        let by_method = |bound: &Bound| matches!(bound, Bound::Setting { key, .. } if key == crate::setting::METHODS);
        self.answer.measure().is_some_and(|measure| by_method(&measure.min) || by_method(&measure.max))
    }
}
