//! DATE: a day of the calendar.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::half_width;

/// `DATE`: stored as `YYYY-MM-DD`.
#[derive(Debug)]
pub(super) struct Date;

/// The years that anything here is about.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// More characters no date is typed with.
const LONGEST_DATE: usize = 64;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Date)),
        false => Err(TypeError::new(declaration.whole, "DATE takes no arguments")),
    }
}

/// The date in what people type: `2026-9-1`, `2026/9/1`, `2026.9.1`, `2026年9月1日`, `20260901`.
pub(super) fn typed_date(text: &str) -> Option<NaiveDate> {
    let text = half_width(text.trim());
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|b| b.is_ascii_digit()) => vec![&text[..4], &text[4..6], &text[6..]],
        _ => text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).map(str::trim).collect(),
    };
    let [year, month, day] = parts[..] else { return None };
    let is_plain =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_plain(year, 4) || !is_plain(month, 2) || !is_plain(day, 2) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    YEARS.contains(&date.year()).then_some(date)
}

fn read(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str().filter(|text| text.len() == 10)?;
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

impl FieldType for Date {
    fn code(&self) -> &'static str {
        "DATE"
    }

    fn declared(&self) -> String {
        "DATE".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().ok_or(ValueError::Date)?;
        if text.trim().is_empty() {
            return Err(ValueError::Missing);
        }
        let date = Some(text).filter(|text| text.len() <= LONGEST_DATE).and_then(typed_date).ok_or(ValueError::Date)?;
        Ok(one(name, date.format("%Y-%m-%d").to_string()))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), |date| date.format("%Y-%m-%d").to_string())
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, read)
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        read(value).map_or_else(|| Cell::Text(say_unreadable(speech)), Cell::Date)
    }
}
