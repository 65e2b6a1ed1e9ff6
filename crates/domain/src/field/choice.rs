//! CH: one of a few options.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::{Declaration, split_outside};
use super::types::{Choice, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::fold;

/// `CH[码=English, ...]`: the Chinese word is what is stored, and never changes.
#[derive(Debug)]
pub(super) struct Choices {
    options: Vec<Choice>,
}

/// A longer word is no option, whatever it says.
const LONGEST_OPTION: usize = 200;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail =
        || TypeError::new(declaration.whole, "write two or more different options, such as CH[卡=Card, 电话=Call]");
    if declaration.round.is_some() {
        return Err(fail());
    }
    let mut options: Vec<Choice> = Vec::new();
    for part in split_outside(declaration.square.ok_or_else(fail)?, ',') {
        let (zh, en) = part.split_once('=').ok_or_else(fail)?;
        let option = Choice { zh: zh.trim().to_owned(), en: en.trim().to_owned() };
        let is_new =
            options.iter().all(|other| fold(&other.zh) != fold(&option.zh) && fold(&other.en) != fold(&option.en));
        if option.zh.is_empty() || option.en.is_empty() || !is_new {
            return Err(fail());
        }
        options.push(option);
    }
    if options.len() < 2 {
        return Err(fail());
    }
    Ok(Box::new(Choices { options }))
}

impl Choices {
    fn find(&self, stored: &Value) -> Option<(usize, &Choice)> {
        let word = stored.as_str()?;
        self.options.iter().enumerate().find(|(_, option)| option.zh == word)
    }
}

impl FieldType for Choices {
    fn code(&self) -> &'static str {
        "CH"
    }

    fn declared(&self) -> String {
        let options: Vec<String> = self.options.iter().map(|option| format!("{}={}", option.zh, option.en)).collect();
        format!("CH[{}]", options.join(", "))
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().ok_or(ValueError::Option)?.trim();
        if text.is_empty() {
            return Err(ValueError::Missing);
        }
        if text.len() > LONGEST_OPTION {
            return Err(ValueError::Option);
        }
        let word = fold(text);
        let meant = self.options.iter().find(|option| fold(&option.zh) == word || fold(&option.en) == word);
        meant.map(|option| one(name, option.zh.clone())).ok_or(ValueError::Option)
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        self.find(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        self.find(value)
            .map_or_else(|| say_unreadable(speech), |(_, option)| speech.language.of(&option.zh, &option.en).to_owned())
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| self.find(value).map(|(place, _)| place))
    }

    fn options(&self) -> &[Choice] {
        &self.options
    }
}
