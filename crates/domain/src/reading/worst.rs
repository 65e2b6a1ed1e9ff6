//! Which of two results is the stricter one.

use std::cmp::Ordering;

use serde_json::Value;

use crate::answer::{Answer, NOT_APPLICABLE, read_reading, readings_that_count, validate_answer};
use crate::decimal::{Decimal, decimal_from_json};
use crate::form::{Range, grade, worst_reading};
use crate::setting::{Settings, Side};
use crate::template::{AnswerType, Bound, Item, Measure};

/// Words that judge, from the mildest to the worst; words of one row are equally bad.
const WORDS: &[&[&str]] = &[
    &["pass", "合格", "正常", "在岗", "接收", "上岗", "优", "绿", "L1"],
    &["良", "替班", "整改后上岗", "L2"],
    &["中", "未到", "部分拒收", "黄", "L3"],
    &["fail", "不合格", "异常", "离岗", "全部拒收", "拒收", "调离食品岗位", "差", "红", "L4"],
    &["就医"],
];

/// The unit of readings of which nothing is known.
const ANY_UNIT: &str = "by-method";

const NOTHING: u8 = 0;
const UNREADABLE: u8 = 1;
const NOT_ASKED: u8 = 2;
const FINE: u8 = 3;
const FAILED: u8 = 4;

/// How bad a value is: its class, then how bad it is within the class.
type Badness = (u8, Decimal);

/// Compares two results; the greater one is worse.
///
/// With an item, in this order: null, what is no answer to the item, 不适用, passed, failed.
/// Within passed and failed: points by how few they are; measured values by how far the worst reading that counts lies
/// outside the item's default limits, or where it has none by how low it is; options by their place in the list; asset
/// lines by how many pieces are missing or damaged; signatures by how few they are.
///
/// Without an item: null, text and objects, 不适用, the mild words, numbers and readings (the lower one is worse), the bad
/// words; `true` is worse than `false`, because such fields name symptoms.
///
/// Law: a total preorder; equal results are told apart by the caller, who takes the latest.
pub fn compare_badness(item: Option<&Item>, a: &Value, b: &Value) -> Ordering {
    match item {
        Some(item) => by_item(item, a).cmp(&by_item(item, b)),
        None => by_itself(a).cmp(&by_itself(b)),
    }
}

fn by_item(item: &Item, value: &Value) -> Badness {
    let class = |is_failed: bool| if is_failed { FAILED } else { FINE };
    match validate_answer(item, value) {
        Err(_) => (UNREADABLE, Decimal::ZERO),
        Ok(Answer::Unanswered) => (NOTHING, Decimal::ZERO),
        Ok(Answer::NotApplicable) => (NOT_ASKED, Decimal::ZERO),
        Ok(Answer::PassFail { is_pass }) => (class(!is_pass), Decimal::ZERO),
        Ok(Answer::Score(points)) => {
            let fails_below = Settings::default().number("score.item_fail_percent");
            let max = Decimal::from(item.max.unwrap_or(0));
            (class(points * Decimal::ONE_HUNDRED < max * fails_below), -points)
        }
        Ok(Answer::Measured(readings)) => {
            let range = item.answer.measure().map(default_range).unwrap_or_default();
            match worst_reading(&readings, &range) {
                Some(worst) => {
                    let excess = range.excess(worst.value);
                    (class(!range.contains(worst.value)), excess.unwrap_or(-worst.value))
                }
                None => (NOTHING, Decimal::ZERO),
            }
        }
        Ok(Answer::Choice(option)) => {
            let place = match &item.answer {
                AnswerType::Choice(options) => options.iter().position(|known| *known == option).unwrap_or(0),
                _ => 0,
            };
            (class(grade(item, &option).1), Decimal::from(place))
        }
        Ok(Answer::Assets(lines)) => {
            let pieces = lines.iter().fold(0u64, |sum, line| sum + u64::from(line.missing_or_damaged()));
            (class(pieces > 0), Decimal::from(pieces))
        }
        Ok(Answer::Signed(signers)) => (FINE, -Decimal::from(signers.len())),
        Ok(Answer::Time(_) | Answer::Text(_)) => (FINE, Decimal::ZERO),
    }
}

/// The limits as printed, or by the defaults; what depends on the method or on another reading is open.
fn default_range(measure: &Measure) -> Range {
    let settings = Settings::default();
    let limit = |bound: &Bound, side| match bound {
        Bound::None | Bound::Previous => None,
        Bound::Fixed(number) => Some(*number),
        Bound::Setting { key, printed } => settings.limit(key, side).or(*printed),
    };
    Range { unit: measure.unit.clone(), min: limit(&measure.min, Side::Min), max: limit(&measure.max, Side::Max) }
}

fn by_itself(value: &Value) -> Badness {
    const OTHER: u8 = 1;
    const NUMBER: u8 = 4;
    const BAD_WORD: u8 = 5;
    let number = |value: &Value| decimal_from_json(value).ok();
    match value {
        Value::Null => (NOTHING, Decimal::ZERO),
        Value::Bool(is_set) => (if *is_set { BAD_WORD } else { FINE }, Decimal::ZERO),
        Value::String(text) if text == NOT_APPLICABLE => (NOT_ASKED, Decimal::ZERO),
        Value::String(text) => match WORDS.iter().position(|row| row.contains(&text.as_str())) {
            Some(0) => (FINE, Decimal::ZERO),
            Some(row) => (BAD_WORD, Decimal::from(row)),
            None => (OTHER, Decimal::ZERO),
        },
        Value::Number(_) => number(value).map_or((OTHER, Decimal::ZERO), |number| (NUMBER, -number)),
        Value::Array(list) => {
            let readings: Vec<_> = list.iter().filter_map(|reading| read_reading(reading, ANY_UNIT)?.ok()).collect();
            let lowest = readings_that_count(&readings).into_iter().map(|reading| reading.value).min();
            lowest.map_or((OTHER, Decimal::ZERO), |lowest| (NUMBER, -lowest))
        }
        Value::Object(_) => (OTHER, Decimal::ZERO),
    }
}
