//! SIG: a name written by hand.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing};
use crate::signature::is_drawn;

/// `SIG`: `{strokes, by?}` or, for who is not of the house, `{strokes, name}`; the strokes are lists of points from 0 to 1,000.
#[derive(Debug)]
pub(super) struct Signature;

/// A hand does not draw more lines for a name, nor more points in all.
const MOST_LINES: usize = 400;
const MOST_POINTS: usize = 20_000;
const FARTHEST: u64 = 1_000;
/// What is taken: strokes.
const EXPECTED: ValueError = ValueError::Shape { zh: "手写签名", en: "a signature by hand" };

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Signature)),
        false => Err(TypeError::new(declaration.whole, "SIG takes no arguments")),
    }
}

/// The lines of strokes; none for what is none.
fn lines(strokes: &Value) -> Option<Vec<Vec<[u16; 2]>>> {
    let axis = |value: &Value| value.as_u64().filter(|at| *at <= FARTHEST).and_then(|at| u16::try_from(at).ok());
    let point = |value: &Value| match value.as_array()?.as_slice() {
        [x, y] => Some([axis(x)?, axis(y)?]),
        _ => None,
    };
    let strokes = strokes.as_array().filter(|lines| lines.len() <= MOST_LINES)?;
    let points: usize = strokes.iter().map(|line| line.as_array().map_or(0, Vec::len)).sum();
    if points > MOST_POINTS {
        return None;
    }
    strokes.iter().map(|line| line.as_array()?.iter().map(point).collect()).collect()
}

/// The strokes and the text that says who signed.
fn read(value: &Value) -> Option<(&Value, Option<(&'static str, &str)>)> {
    let Value::Object(signature) = value else { return Some((value, None)) };
    let strokes = signature.get("strokes")?;
    let text = |name: &'static str| match signature.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) if (1..=200).contains(&text.len()) => Some(Some((name, text.as_str()))),
        Some(_) => None,
    };
    let (by, name) = (text("by")?, text("name")?);
    signature.keys().all(|key| matches!(key.as_str(), "strokes" | "by" | "name")).then_some((strokes, by.or(name)))
}

impl FieldType for Signature {
    fn code(&self) -> &'static str {
        "SIG"
    }

    fn declared(&self) -> String {
        "SIG".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, typing: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let (strokes, who) = read(typed).ok_or(EXPECTED)?;
        let drawn = lines(strokes).ok_or(EXPECTED)?;
        if !is_drawn(&drawn) {
            return Err(ValueError::Missing);
        }
        let signature = match (who, typing.me) {
            (Some((key, who)), _) => json!({key: who, "strokes": strokes}),
            (None, Some(me)) => json!({"by": me, "strokes": strokes}),
            (None, None) => json!({"strokes": strokes}),
        };
        Ok(vec![(name.to_owned(), signature)])
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        value.is_object()
            && read(value).is_some_and(|(strokes, _)| lines(strokes).is_some_and(|lines| is_drawn(&lines)))
    }

    fn say(&self, _: &Value, speech: &Speech<'_>) -> String {
        speech.language.of("已签名", "signed").to_owned()
    }

    fn compare(&self, _: &Value, _: &Value) -> Ordering {
        Ordering::Equal
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        Cell::Text(self.say(value, speech))
    }
}
