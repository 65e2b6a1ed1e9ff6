//! PERSON and PEOPLE: who.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::ids;
use super::reference::{read, typed_id};
use super::split::Declaration;
use super::types::{Document, FieldType, Pattern, Speech, Typing, by, one, say_unreadable};
use crate::kind::Rule;

/// The kind of the records of people.
const PERSON: &str = "person";

/// `PERSON`: the id of a person.
#[derive(Debug)]
struct Person;

/// `PEOPLE`: the ids of people, each once.
#[derive(Debug)]
struct People;

pub(super) fn parse_person(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Person)),
        false => Err(TypeError::new(declaration.whole, "PERSON takes no arguments")),
    }
}

pub(super) fn parse_people(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(People)),
        false => Err(TypeError::new(declaration.whole, "PEOPLE takes no arguments")),
    }
}

impl FieldType for Person {
    fn code(&self) -> &'static str {
        "PERSON"
    }

    fn declared(&self) -> String {
        "PERSON".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        Ok(one(name, typed_id(typed)?))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), |id| speech.named(PERSON, id))
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| read(value).map(str::to_owned))
    }

    fn refers(&self) -> Option<&str> {
        Some(PERSON)
    }
}

impl FieldType for People {
    fn code(&self) -> &'static str {
        "PEOPLE"
    }

    fn declared(&self) -> String {
        "PEOPLE".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        ids::take(name, typed, ValueError::Shape { zh: "人员名单", en: "a list of people" })
    }

    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        ids::gather(name, document)
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        ids::list(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let Some(ids) = ids::list(value) else { return say_unreadable(speech) };
        let names: Vec<String> = ids.into_iter().map(|id| speech.named(PERSON, id)).collect();
        names.join(speech.language.of("、", ", "))
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        ids::compare(a, b)
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Union, false)
    }

    fn refers(&self) -> Option<&str> {
        Some(PERSON)
    }
}
