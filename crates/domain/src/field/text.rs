//! TXT: words.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Document, FieldType, Pattern, Speech, Typing, by, one, say_unreadable};
use crate::kind::Rule;
use crate::text::fold;

/// `TXT[least,most]`: a text of so many characters.
#[derive(Debug)]
pub(super) struct Text {
    least: usize,
    most: usize,
}

/// No field takes a longer text.
const LONGEST: usize = 4_000;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write TXT[least,most], such as TXT[1,40]; 4,000 at most");
    let (least, most) = declaration.square.and_then(|limits| limits.split_once(',')).ok_or_else(fail)?;
    let read = |text: &str| text.trim().parse::<usize>().map_err(|_| fail());
    let (least, most) = (read(least)?, read(most)?);
    if declaration.round.is_some() || least > most || !(1..=LONGEST).contains(&most) {
        return Err(fail());
    }
    Ok(Box::new(Text { least, most }))
}

impl FieldType for Text {
    fn code(&self) -> &'static str {
        "TXT"
    }

    fn declared(&self) -> String {
        format!("TXT[{},{}]", self.least, self.most)
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        Ok(one(name, words(typed, self.least.max(1), self.most)?))
    }

    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        document.get(name).filter(|value| !value.is_null() && value.as_str() != Some("")).cloned()
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        value.is_string()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        value.as_str().map_or_else(|| say_unreadable(speech), str::to_owned)
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| value.as_str().map(fold))
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Latest, true)
    }
}

/// Words without blanks around them and without control characters; lines may end.
pub(super) fn words(typed: &Value, least: usize, most: usize) -> Result<String, ValueError> {
    let text = typed.as_str().ok_or(ValueError::Shape { zh: "文字", en: "a text" })?;
    // A text that is far too long is not even counted.
    if text.len() > most.saturating_mul(8).saturating_add(64) {
        return Err(ValueError::TooLong(most));
    }
    let text = text.trim().replace("\r\n", "\n").replace('\t', " ");
    if text.chars().any(is_control) {
        return Err(ValueError::Control);
    }
    match text.chars().count() {
        0 => Err(ValueError::Missing),
        count if count < least => Err(ValueError::TooShort(least)),
        count if count > most => Err(ValueError::TooLong(most)),
        _ => Ok(text),
    }
}

/// Control characters, and those that turn the direction of what follows.
fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
