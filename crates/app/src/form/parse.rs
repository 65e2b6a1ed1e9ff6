//! From what a person typed to the one form in which an answer is stored.

use domain::answer::{Answer, AnswerError, Reading, validate_answer};
use domain::decimal::{Decimal, DecimalError, parse_decimal};
use domain::form::{Form, Range};
use domain::template::{AnswerType, Item};
use serde_json::{Map, Value, json};
use wire::ProblemType;

use crate::document::checked_text;
use crate::error::CommandError;

/// The result to store for what was given.
///
/// A measured item also takes one bare reading (`74.2`, `"７４，２℃"`) for the list that is stored; scores take texts; the
/// words 合格, 不合格 and 不适用 stand for their codes.
/// What is stored is plain: half-width figures, a point, no unit, times as `07:30`.
///
/// # Errors
/// `bad-answer`, about the argument `result`; the message names the item and says why. Of a number that has two readings both are
/// told, for the person to choose. `limit-exceeded` for a text that is too long.
pub(crate) fn result(item: &Item, given: &Value) -> Result<Value, CommandError> {
    if let (AnswerType::Text, Value::String(text)) = (&item.answer, given) {
        checked_text("result", Some(text.clone()))?;
    }
    let checked = normalised(item, given).and_then(|given| Ok(stored(validate_answer(item, &given)?, given)));
    checked.map_err(|error| refusal(item, &error))
}

/// The result to store, unless something in it can hardly be meant: 372 ℃ for 37.2.
///
/// # Errors
/// Those of [`result`]. `bad-answer` with the reason `unlikely`, the value and the range within which nobody is asked; the
/// person says whether it is meant, and `sure` takes it. What stands in one of `known` was asked about before.
pub(crate) fn meant(
    form: &Form<'_>,
    item: &Item,
    given: &Value,
    known: &[&Value],
    sure: bool,
) -> Result<Value, CommandError> {
    let value = result(item, given)?;
    let known: Vec<Reading> = known.iter().flat_map(|known| measured(item, known)).collect();
    match form.unlikely(item, &measured(item, &value), &known) {
        Some((reading, range)) if !sure => Err(unlikely(item, reading, &range)),
        _ => Ok(value),
    }
}

/// The readings of an answer; none of any other answer.
fn measured(item: &Item, result: &Value) -> Vec<Reading> {
    match validate_answer(item, result) {
        Ok(Answer::Measured(readings)) => readings,
        _ => Vec::new(),
    }
}

fn unlikely(item: &Item, reading: &Reading, range: &Range) -> CommandError {
    let plain = |bound: Option<Decimal>| bound.map(|bound| bound.normalize().to_string());
    let message =
        format_args!("{} {} can hardly be meant for {}; give it with sure", reading.value, range.unit, item.code);
    CommandError::new(ProblemType::BadAnswer, message)
        .field("result")
        .detail("item", &item.code)
        .detail("reason", "unlikely")
        .detail("value", reading.value.to_string())
        .detail("of", &reading.of)
        .detail("unit", &range.unit)
        .detail("min", plain(range.min))
        .detail("max", plain(range.max))
}

/// Widens short forms to the shape that the item's type has.
fn normalised(item: &Item, given: &Value) -> Result<Value, AnswerError> {
    let given = match given {
        Value::String(text) => match text.trim() {
            "不适用" => json!("na"),
            "合格" if item.answer == AnswerType::PassFail => json!("pass"),
            "不合格" if item.answer == AnswerType::PassFail => json!("fail"),
            "" if item.answer != AnswerType::Text => Value::Null,
            _ => given.clone(),
        },
        other => other.clone(),
    };
    if given.is_null() || given.as_str() == Some("na") {
        return Ok(given);
    }
    if let (AnswerType::Score, Value::String(text)) = (&item.answer, &given) {
        let points = parse_decimal(text).map_err(|source| AnswerError::Number { item: item.code.clone(), source })?;
        return Ok(number(points));
    }
    Ok(if item.is_measured() { readings(given) } else { given })
}

/// Readings as a list of objects.
fn readings(given: Value) -> Value {
    match given {
        bare @ (Value::String(_) | Value::Number(_)) => json!([{ "v": bare }]),
        one @ Value::Object(_) => json!([one]),
        Value::Array(readings) => {
            let widen = |reading: Value| match reading {
                bare @ (Value::String(_) | Value::Number(_)) => json!({ "v": bare }),
                other => other,
            };
            Value::Array(readings.into_iter().map(widen).collect())
        }
        other => other,
    }
}

fn stored(answer: Answer, given: Value) -> Value {
    match answer {
        Answer::Unanswered => Value::Null,
        Answer::Score(points) => number(points),
        Answer::Time(time) => Value::String(time.format("%H:%M").to_string()),
        Answer::Measured(readings) => readings
            .into_iter()
            .map(|reading| {
                let mut stored = Map::new();
                stored.insert("v".into(), reading.value.to_string().into());
                if !reading.of.is_empty() {
                    stored.insert("of".into(), reading.of.into());
                }
                if reading.is_retest {
                    stored.insert("retest".into(), true.into());
                }
                Value::Object(stored)
            })
            .collect(),
        _ => given,
    }
}

/// The shortest JSON number for exact points; the text where JSON has no such number.
fn number(points: Decimal) -> Value {
    let text = points.normalize().to_string();
    match serde_json::from_str::<serde_json::Number>(&text) {
        Ok(number) if parse_decimal(&number.to_string()) == Ok(points.normalize()) => Value::Number(number),
        _ => Value::String(text),
    }
}

/// The whole chain of reasons, since the outer one alone does not say what was wrong with the number.
fn refusal(item: &Item, error: &AnswerError) -> CommandError {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let reason = match error {
        AnswerError::Shape { .. } => "shape",
        AnswerError::Number { .. } => "number",
        AnswerError::Points { .. } => "points",
        AnswerError::UnknownOption { .. } => "option",
        _ => "other",
    };
    let refusal = CommandError::new(ProblemType::BadAnswer, format_args!("{error}{cause}"))
        .field("result")
        .detail("item", &item.code)
        .detail("reason", reason);
    match error {
        AnswerError::Number { source, .. } => about_number(refusal, source),
        _ => refusal,
    }
}

/// Why a number was not taken, and what a screen can offer in its place.
fn about_number(refusal: CommandError, error: &DecimalError) -> CommandError {
    let why = |code: &str| refusal.clone().detail("number", code);
    match error {
        DecimalError::Ambiguous { text, as_thousands, as_decimal } => {
            why("ambiguous").detail("typed", text).detail("as_thousands", as_thousands).detail("as_decimal", as_decimal)
        }
        DecimalError::SpaceInside { .. } => why("space"),
        DecimalError::UnknownUnit { found } => why("unknown_unit").detail("found", found),
        DecimalError::ForeignUnit { found, expected } => {
            why("other_unit").detail("found", found).detail("expected", expected)
        }
        DecimalError::TooManyDigits { .. } => why("too_many_digits"),
        DecimalError::Empty => why("empty"),
        _ => why("no_number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::template::built_in_item;

    fn check(code: &str, given: Value, expected: Option<Value>) {
        let item = built_in_item(code).expect("a built-in item");
        assert_eq!(result(item, &given).ok(), expected, "{code} {given}");
    }

    #[test]
    fn readings_are_stored_plainly_however_they_are_typed() {
        let plain = json!([{"v": "74.2"}]);
        for given in
            [json!("７４，２℃"), json!(74.2), json!({"v": "74。2"}), json!([{"v": "74.2 度"}]), json!(["74.2"])]
        {
            check("T01.07", given, Some(plain.clone()));
        }
        check(
            "T01.07",
            json!([{"v": "65", "of": " 红烧肉 "}, {"v": 76, "of": "红烧肉", "retest": true}]),
            Some(json!([{"v": "65", "of": "红烧肉"}, {"v": "76", "of": "红烧肉", "retest": true}])),
        );
        check("T01.07", json!("很烫"), None);
        check("T01.07", json!("1,234"), None);
        check("T01.07", json!("74 kg"), None);
        check("T01.07", json!(true), None);
    }

    #[test]
    fn a_value_that_can_hardly_be_meant_is_asked_about_once() {
        let settings = domain::setting::Settings::default();
        let template = domain::template::find(&"T01@1".parse().expect("a reference")).expect("built in");
        let form = Form::new(template, domain::template::Part::All, None, &settings);
        let item = built_in_item("T01.07").expect("a built-in item");
        let ask = |given: Value, known: &Value, sure: bool| meant(&form, item, &given, &[known], sure);

        let refusal = ask(json!("1000000"), &Value::Null, false).expect_err("a dish of a million degrees");
        assert_eq!(refusal.kind, ProblemType::BadAnswer);
        assert_eq!((&refusal.details["reason"], &refusal.details["value"]), (&json!("unlikely"), &json!("1000000")));
        let stored = ask(json!("1000000"), &Value::Null, true).expect("the person is sure");
        assert_eq!(stored, json!([{"v": "1000000"}]));
        assert_eq!(ask(json!(["1000000", "75"]), &stored, false).ok(), Some(json!([{"v": "1000000"}, {"v": "75"}])));
        assert!(ask(json!("98"), &Value::Null, false).is_ok());
    }

    #[test]
    fn words_scores_and_times_are_stored_as_their_codes() {
        check("T01.01", json!("合格"), Some(json!("pass")));
        check("T01.01", json!("不适用"), Some(json!("na")));
        check("T01.01", json!("好"), None);
        check("T01.03", json!("７．５"), Some(json!(7.5)));
        check("T01.03", json!("8"), Some(json!(8)));
        check("T01.03", json!(9), None);
        check("T08.02", json!("７：３０"), Some(json!("07:30")));
        check("T08.08", json!("良"), Some(json!("良")));
        check("T08.08", json!("很好"), None);
        check("T01.01", Value::Null, Some(Value::Null));
        check("T01.07", json!([]), Some(Value::Null));
    }
}
