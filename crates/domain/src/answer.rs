//! Answers: the JSON of a `result`, and what it means for its item.

use chrono::NaiveTime;
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::decimal::{Decimal, DecimalError, decimal_from_json, decimal_from_number, parse_measure};
use crate::template::{AnswerType, Item};
use crate::text::half_width;

/// One measured value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What was read.
    #[serde(rename = "v")]
    pub value: Decimal,
    /// What it was read of, such as a dish; empty where there is only one thing.
    pub of: String,
    /// Whether it repeats an earlier reading of the same thing, after reheating for example.
    #[serde(rename = "retest")]
    pub is_retest: bool,
}

/// One line of a class's property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssetLine {
    /// What it is.
    pub name: String,
    /// 应有.
    pub expected: Option<u32>,
    /// 实有.
    pub found: Option<u32>,
    /// 完好.
    pub intact: Option<u32>,
    /// 损坏.
    pub damaged: u32,
    /// 原因: 自然, 人为 or 不明.
    pub cause: Option<String>,
    /// 责任人.
    pub responsible: Option<String>,
    /// 处理: 维修, 更换, 报废 or 赔偿.
    pub action: Option<String>,
    /// 金额, in yuan.
    pub amount: Option<Decimal>,
}

impl AssetLine {
    /// How many pieces are damaged or missing.
    pub fn missing_or_damaged(&self) -> u32 {
        let missing = self.expected.unwrap_or(0).saturating_sub(self.found.or(self.expected).unwrap_or(0));
        self.damaged.saturating_add(missing)
    }
}

/// A well-typed answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Nothing was answered: null, or an empty text or list.
    Unanswered,
    /// `"na"`: 不适用.
    NotApplicable,
    /// 合格 or 不合格.
    PassFail {
        /// Whether it is 合格.
        is_pass: bool,
    },
    /// Points.
    Score(Decimal),
    /// Readings, in the order in which they were taken; at least one.
    Measured(Vec<Reading>),
    /// A time of day.
    Time(NaiveTime),
    /// One of the options.
    Choice(String),
    /// Words.
    Text(String),
    /// Signatures: who signed, where known; at least one.
    Signed(Vec<Option<String>>),
    /// Asset lines; at least one.
    Assets(Vec<AssetLine>),
}

/// Why a value is no answer to its item.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The JSON has another shape.
    #[error("the answer to {item} must be {expected}")]
    Shape {
        /// The code of the item.
        item: String,
        /// What it takes.
        expected: &'static str,
    },
    /// A number cannot be read.
    #[error("the answer to {item} is not a usable number")]
    Number {
        /// The code of the item.
        item: String,
        /// Why not.
        #[source]
        source: DecimalError,
    },
    /// The points are below 0 or above the item's maximum.
    #[error("{item} takes 0 to {max} points, not {points}")]
    Points {
        /// The code of the item.
        item: String,
        /// What was given.
        points: Decimal,
        /// The item's maximum.
        max: u32,
    },
    /// The option is not one of the item's.
    #[error("{option:?} is not an option of {item}")]
    UnknownOption {
        /// The code of the item.
        item: String,
        /// What was given.
        option: String,
    },
}

/// What a `result` of any type says when the item does not apply.
pub const NOT_APPLICABLE: &str = "na";

const CAUSES: [&str; 3] = ["自然", "人为", "不明"];
const ACTIONS: [&str; 4] = ["维修", "更换", "报废", "赔偿"];

/// The answer in the JSON of a `result`.
///
/// Shapes: `PF` is `"pass"`, `"fail"` or `"na"`; `SC` a number; `NUM` and `TEMP` a list `[{"v": "74.2", "of": "红烧肉",
/// "retest": true}]`; `TIME` `"HH:MM"`; `CH` the option; `TXT` a text; `SIG` a list of strokes, one `{"by", "strokes"}`
/// or a list of them; `ASSET` a list of `{"name", "expected", "found", "intact", "damaged", "cause", "responsible",
/// "action", "amount"}`.
/// Any type may be `"na"` or null.
///
/// # Errors
/// [`AnswerError`]. A reader shows such a value raw and leaves it out of scores.
///
/// # Example
/// ```
/// use domain::{answer::{Answer, validate_answer}, template::built_in_item};
/// use serde_json::json;
/// let item = built_in_item("T01.07").expect("a built-in item");
/// let answer = validate_answer(item, &json!([{"v": "７４，２℃", "of": "红烧肉"}])).expect("a reading");
/// assert!(matches!(answer, Answer::Measured(readings) if readings[0].value.to_string() == "74.2"));
/// assert!(validate_answer(item, &json!("很烫")).is_err());
/// ```
pub fn validate_answer(item: &Item, result: &Value) -> Result<Answer, AnswerError> {
    let shape = |expected| AnswerError::Shape { item: item.code.clone(), expected };
    let number = |source| AnswerError::Number { item: item.code.clone(), source };
    if result.is_null() {
        return Ok(Answer::Unanswered);
    }
    if result.as_str() == Some(NOT_APPLICABLE) {
        return Ok(Answer::NotApplicable);
    }
    match &item.answer {
        AnswerType::PassFail => match result.as_str() {
            Some("pass") => Ok(Answer::PassFail { is_pass: true }),
            Some("fail") => Ok(Answer::PassFail { is_pass: false }),
            _ => Err(shape("pass, fail or na")),
        },
        AnswerType::Score => {
            let points = decimal_from_number(result.as_number().ok_or_else(|| shape("a number"))?).map_err(number)?;
            let max = item.max.unwrap_or(0);
            if points.is_sign_negative() || points > Decimal::from(max) {
                return Err(AnswerError::Points { item: item.code.clone(), points, max });
            }
            Ok(Answer::Score(points))
        }
        AnswerType::Number(measure) | AnswerType::Temperature(measure) => {
            let readings = result.as_array().ok_or_else(|| shape("a list of readings"))?;
            let readings = readings
                .iter()
                .map(|reading| {
                    read_reading(reading, &measure.unit).ok_or_else(|| shape("a list of readings"))?.map_err(number)
                })
                .collect::<Result<Vec<_>, _>>()?;
            Ok(if readings.is_empty() { Answer::Unanswered } else { Answer::Measured(readings) })
        }
        AnswerType::Time => {
            result.as_str().and_then(parse_time).map(Answer::Time).ok_or_else(|| shape("a time such as 07:30"))
        }
        AnswerType::Choice(options) => {
            let option = result.as_str().ok_or_else(|| shape("one of its options"))?;
            if options.iter().any(|known| known == option) {
                Ok(Answer::Choice(option.to_owned()))
            } else {
                Err(AnswerError::UnknownOption { item: item.code.clone(), option: option.to_owned() })
            }
        }
        AnswerType::Text => {
            let text = result.as_str().ok_or_else(|| shape("a text"))?;
            Ok(if text.trim().is_empty() { Answer::Unanswered } else { Answer::Text(text.to_owned()) })
        }
        AnswerType::Signature => {
            let signers = read_signatures(result).ok_or_else(|| shape("strokes of signatures"))?;
            Ok(if signers.is_empty() { Answer::Unanswered } else { Answer::Signed(signers) })
        }
        AnswerType::Assets => {
            let lines = result.as_array().ok_or_else(|| shape("a list of asset lines"))?;
            let lines = lines
                .iter()
                .map(|line| read_asset_line(line).ok_or_else(|| shape("a list of asset lines")))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(if lines.is_empty() { Answer::Unanswered } else { Answer::Assets(lines) })
        }
    }
}

/// The time of day in a text: `7:30`, `07:30` or with full-width figures and colon.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let plain = half_width(text.trim());
    let (hours, minutes) = plain.split_once(':')?;
    let is_plain = [hours, minutes].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !is_plain || !matches!(hours.len(), 1 | 2) || minutes.len() != 2 {
        return None;
    }
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

/// The reading that counts for each thing: the last retest, else the worst of the plain readings is left to the caller.
///
/// For each `of` that has a retest only the last retest stays; of the others all readings stay.
///
/// # Example
/// ```
/// use domain::answer::{Reading, readings_that_count};
/// use domain::decimal::Decimal;
/// let reading = |value: i64, of: &str, is_retest| Reading { value: value.into(), of: of.into(), is_retest };
/// let all = [reading(65, "红烧肉", false), reading(72, "鱼", false), reading(76, "红烧肉", true)];
/// let counted: Vec<Decimal> = readings_that_count(&all).iter().map(|reading| reading.value).collect();
/// assert_eq!(counted, [Decimal::from(72), Decimal::from(76)]);
/// ```
pub fn readings_that_count(readings: &[Reading]) -> Vec<&Reading> {
    readings
        .iter()
        .enumerate()
        .filter(|(index, reading)| {
            let is_same = |other: &&Reading| other.of == reading.of;
            if reading.is_retest {
                !readings[index + 1..].iter().filter(is_same).any(|later| later.is_retest)
            } else {
                !readings.iter().filter(is_same).any(|other| other.is_retest)
            }
        })
        .map(|(_, reading)| reading)
        .collect()
}

/// None for the wrong shape, an error for a number that cannot be read.
pub(crate) fn read_reading(json: &Value, unit: &str) -> Option<Result<Reading, DecimalError>> {
    let object = json.as_object()?;
    let of = match object.get("of") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(of)) => of.trim().to_owned(),
        Some(_) => return None,
    };
    let is_retest = match object.get("retest") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(is_retest)) => *is_retest,
        Some(_) => return None,
    };
    let value = match object.get("v")? {
        Value::String(text) => parse_measure(text, unit),
        Value::Number(number) => decimal_from_number(number),
        _ => return None,
    };
    Some(value.map(|value| Reading { value, of, is_retest }))
}

/// Who signed; a signature without strokes is none.
fn read_signatures(json: &Value) -> Option<Vec<Option<String>>> {
    let is_stroke =
        |json: &Value| json.as_array().is_some_and(|points| points.iter().all(|p| p.is_array() || p.is_object()));
    let is_strokes = |json: &Value| json.as_array().is_some_and(|strokes| strokes.iter().all(is_stroke));
    let signature = |json: &Value| {
        let object = json.as_object()?;
        let strokes = object.get("strokes").filter(|strokes| is_strokes(strokes))?;
        let by = match object.get("by") {
            None | Some(Value::Null) => None,
            Some(by) => Some(by.as_str()?.to_owned()),
        };
        let is_empty = strokes.as_array().is_none_or(Vec::is_empty);
        Some((!is_empty).then_some(by))
    };
    match json {
        Value::Object(_) => signature(json).map(|signer| signer.into_iter().collect()),
        Value::Array(list) if list.is_empty() => Some(Vec::new()),
        Value::Array(_) if is_strokes(json) => Some(vec![None]),
        Value::Array(list) => list
            .iter()
            .map(signature)
            .collect::<Option<Vec<_>>>()
            .map(|signers| signers.into_iter().flatten().collect()),
        _ => None,
    }
}

fn read_asset_line(json: &Value) -> Option<AssetLine> {
    let object = json.as_object()?;
    let text = |name: &str| match object.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) => Some((!text.is_empty()).then(|| text.clone())),
        Some(_) => None,
    };
    let count = |name: &str| match object.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(Value::Number(count)) => count.as_u64().and_then(|count| u32::try_from(count).ok()).map(Some),
        Some(_) => None,
    };
    let one_of = |name: &str, known: &[&str]| {
        let text = text(name)?;
        text.as_deref().is_none_or(|text| known.contains(&text)).then_some(text)
    };
    let amount = match object.get("amount") {
        None | Some(Value::Null) => None,
        Some(amount) => Some(decimal_from_json(amount).ok()?),
    };
    Some(AssetLine {
        name: text("name")?.unwrap_or_default(),
        expected: count("expected")?,
        found: count("found")?,
        intact: count("intact")?,
        damaged: count("damaged")?.unwrap_or(0),
        cause: one_of("cause", &CAUSES)?,
        responsible: text("responsible")?,
        action: one_of("action", &ACTIONS)?,
        amount,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::template::built_in_item;

    fn answer(code: &str, result: Value) -> Result<Answer, AnswerError> {
        validate_answer(built_in_item(code).expect("a built-in item"), &result)
    }

    #[test]
    fn each_type_takes_its_own_shape() {
        assert_eq!(answer("T01.01", json!("pass")), Ok(Answer::PassFail { is_pass: true }));
        assert_eq!(answer("T01.03", json!(7.5)), Ok(Answer::Score(Decimal::new(75, 1))));
        assert!(matches!(answer("T08.02", json!("１１：２０")), Ok(Answer::Time(_))));
        assert_eq!(answer("T08.08", json!("良")), Ok(Answer::Choice("良".into())));
        assert_eq!(answer("T08.11", json!("无")), Ok(Answer::Text("无".into())));
        assert_eq!(answer("T05.02", json!([[[1, 2], [3, 4]]])), Ok(Answer::Signed(vec![None])));
        let two = json!([{"by": "a", "strokes": [[[1, 2]]]}, {"by": "b", "strokes": [[[1, 2]]]}]);
        assert_eq!(answer("T05.02", two), Ok(Answer::Signed(vec![Some("a".into()), Some("b".into())])));
        let lines = json!([{"name": "课桌", "expected": 40, "found": 39, "damaged": 2, "cause": "人为"}]);
        assert!(matches!(answer("T13.01", lines), Ok(Answer::Assets(lines)) if lines[0].missing_or_damaged() == 3));
    }

    #[test]
    fn nothing_and_not_applicable_fit_every_type() {
        for code in ["T01.01", "T01.03", "T01.07", "T08.02", "T08.08", "T08.11", "T05.02", "T13.01"] {
            assert_eq!(answer(code, json!(null)), Ok(Answer::Unanswered), "{code}");
            assert_eq!(answer(code, json!("na")), Ok(Answer::NotApplicable), "{code}");
        }
        assert_eq!(answer("T01.07", json!([])), Ok(Answer::Unanswered));
        assert_eq!(answer("T08.11", json!("　")), Ok(Answer::Unanswered));
        assert_eq!(answer("T05.02", json!({"by": "a", "strokes": []})), Ok(Answer::Unanswered));
    }

    #[test]
    fn an_ill_typed_answer_is_an_error() {
        let refused = [
            ("T01.01", json!(true)),
            ("T01.01", json!("合格")),
            ("T01.03", json!(9)),
            ("T01.03", json!(-1)),
            ("T01.03", json!("7")),
            ("T01.07", json!(75)),
            ("T01.07", json!([75])),
            ("T01.07", json!([{"v": "1,234"}])),
            ("T01.07", json!([{"v": "75", "of": 3}])),
            ("T01.07", json!([{"v": "75", "retest": "yes"}])),
            ("T01.07", json!([{"of": "鱼"}])),
            ("T08.02", json!("24:00")),
            ("T08.02", json!("7.30")),
            ("T08.08", json!("优秀")),
            ("T08.11", json!(1)),
            ("T05.02", json!("张三")),
            ("T05.02", json!([1])),
            ("T13.01", json!([{"expected": -1}])),
            ("T13.01", json!([{"cause": "天灾"}])),
        ];
        for (code, result) in refused {
            assert!(answer(code, result.clone()).is_err(), "{code} took {result}");
        }
    }
}
