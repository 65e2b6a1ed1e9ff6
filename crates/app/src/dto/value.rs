//! The JSON of answers and signatures, as schemas: the values themselves stay JSON.
#![expect(dead_code, reason = "shapes of schemas alone; what is read and written is checked by the domain")]

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The lines of a signature: each a list of points `[x, y]` from 0 to 1,000, of a field that is 1,000 wide and high.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Strokes(pub(crate) Vec<Vec<[u16; 2]>>);

/// One measured value as it is stored.
#[derive(Debug, JsonSchema)]
pub(crate) struct ReadingValue {
    /// What was read, as a plain decimal such as `74.2`.
    v: String,
    /// What it was read of, such as a dish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    /// Whether it repeats an earlier reading of the same thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retest: Option<bool>,
}

/// One measured value as it is given: digits as people type them.
#[derive(Debug, JsonSchema)]
pub(crate) struct ReadingInput {
    /// What was read, such as `74.2` or `７４，２℃`.
    v: TextOrNumber,
    /// What it was read of, such as a dish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    /// Whether it repeats an earlier reading of the same thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retest: Option<bool>,
}

/// A text or a number.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum TextOrNumber {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

/// A signature with the name of who signed.
#[derive(Debug, JsonSchema)]
pub(crate) struct SignatureValue {
    /// The person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The lines.
    strokes: Strokes,
}

/// 自然, 人为 or 不明.
#[derive(Debug, JsonSchema)]
pub(crate) enum DamageCause {
    #[serde(rename = "自然")]
    Wear,
    #[serde(rename = "人为")]
    People,
    #[serde(rename = "不明")]
    Unknown,
}

/// 维修, 更换, 报废 or 赔偿.
#[derive(Debug, JsonSchema)]
pub(crate) enum DamageAction {
    #[serde(rename = "维修")]
    Repair,
    #[serde(rename = "更换")]
    Replace,
    #[serde(rename = "报废")]
    Scrap,
    #[serde(rename = "赔偿")]
    Compensate,
}

/// One line of a class's property.
#[derive(Debug, JsonSchema)]
pub(crate) struct AssetLineValue {
    /// What it is.
    name: String,
    /// 应有.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected: Option<u32>,
    /// 实有.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<u32>,
    /// 完好.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    intact: Option<u32>,
    /// 损坏.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    damaged: Option<u32>,
    /// 原因.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<DamageCause>,
    /// 责任人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    responsible: Option<String>,
    /// 处理.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<DamageAction>,
    /// 金额, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
}

/// A stored answer by the type of its item: `"pass"`, `"fail"`; points; readings; `"07:30"`; an option; a text; signatures; asset
/// lines; and `"na"` for any type.
///
/// Of an item whose `status` is `ill_typed` it is whatever another program wrote.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum AnswerValue {
    /// `"pass"`, `"fail"`, `"na"`, a time, an option or a text.
    Text(String),
    /// Points.
    Points(f64),
    /// Readings, in the order in which they were taken.
    Readings(Vec<ReadingValue>),
    /// One signature.
    Signature(SignatureValue),
    /// Several signatures.
    Signatures(Vec<SignatureValue>),
    /// A signature of nobody known.
    Strokes(Strokes),
    /// Asset lines.
    Assets(Vec<AssetLineValue>),
}

/// An answer as it is given: what [`AnswerValue`] holds, a reading alone, and digits as people type them.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum AnswerInput {
    /// `"pass"`, `"fail"`, `"na"`, a time, an option, a text, points or a reading.
    Text(String),
    /// Points, or a reading.
    Number(f64),
    /// One reading.
    Reading(ReadingInput),
    /// Readings, in the order in which they were taken.
    Readings(Vec<ReadingInput>),
    /// One signature.
    Signature(SignatureValue),
    /// Several signatures.
    Signatures(Vec<SignatureValue>),
    /// A signature of nobody known.
    Strokes(Strokes),
    /// Asset lines.
    Assets(Vec<AssetLineValue>),
}

/// Days from `from` to `to`, both included.
#[derive(Debug, JsonSchema)]
pub(crate) struct PeriodValue {
    /// What people call it, such as 国庆节.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    from: String,
    /// The last day, `YYYY-MM-DD`.
    to: String,
}

/// The school year of a campus.
#[derive(Debug, JsonSchema)]
pub(crate) struct TermCalendar {
    /// The terms; with none the whole year counts as term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terms: Option<Vec<PeriodValue>>,
    /// The holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    holidays: Option<Vec<PeriodValue>>,
    /// 调休: weekends that are school days, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    workdays: Option<Vec<String>>,
}

/// A meal that a campus serves on some days.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "ServedMeal")]
pub(crate) struct ServedMealValue {
    /// 早餐, 早点, 午餐, 午点, 晚餐 or 夜宵.
    r#type: String,
    /// When it is on the table, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    planned: Option<String>,
    /// `school` days, days when boarders are there (`boarding`), or `every` day; `school` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<String>,
    /// The days of the week, 1 for Monday to 7 for Sunday; all of them when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekdays: Option<Vec<u8>>,
    /// Which stages its card has: `main`, `snack`, `packaged` or `ordered`; the usual ones of its type when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    /// The first day, `YYYY-MM-DD`; the day on which it is saved when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// Evenings on which somebody stays at a campus for the night.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "SleepPeriod")]
pub(crate) struct SleepsValue {
    /// The first evening, `YYYY-MM-DD`; from ever when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The last evening; for ever when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// `every` night, or those before a `school` day.
    nights: String,
}

/// The value of a setting as it is given, by its shape; null goes back to the default.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
pub(crate) enum SettingInput {
    /// A number.
    Number(f64),
    /// A number as people type it, or one of the options.
    Text(String),
    /// A switch.
    Switch(bool),
    /// A list of texts.
    List(Vec<String>),
    /// A range, both ends included.
    Range(RangeInput),
    /// Disinfection methods.
    Methods(MethodsInput),
}

/// A range, both ends included.
#[derive(Debug, JsonSchema)]
pub(crate) struct RangeInput {
    /// The lower end; left out where it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<TextOrNumber>,
    /// The upper end; left out where it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<TextOrNumber>,
}

/// The ways of disinfection by what is disinfected.
#[derive(Debug, JsonSchema)]
pub(crate) struct MethodsInput {
    /// 餐具.
    tableware: BTreeMap<String, MethodInput>,
    /// 巾杯.
    towels: BTreeMap<String, MethodInput>,
}

/// The lower limits of one way of disinfection.
#[derive(Debug, JsonSchema)]
pub(crate) struct MethodInput {
    /// The lowest temperature in ℃.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    temp_c: Option<String>,
    /// The shortest time in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<String>,
    /// The lowest concentration of available chlorine in mg/L.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chlorine_mg_l: Option<String>,
}

/// What went wrong, after RFC 9457.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemValue {
    /// `urn:rounds:problem:<code>`.
    #[serde(rename = "type")]
    urn: String,
    /// One sentence, the same for every occurrence.
    title: String,
    /// The HTTP status, where a server answered.
    status: Option<u16>,
    /// What is wrong here.
    detail: Option<String>,
}
