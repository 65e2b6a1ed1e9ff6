//! How long a tube has burnt: the sum of the spans of one lamp since its last `new_tube`.
//!
//! A total that two tablets each had stored would be wrong as soon as they met.

use serde_json::Value;

use super::types::{Asked, Habit, KinRow, Tone, Worked};
use crate::decimal::Decimal;
use crate::field::{Cell, Language};

/// The hook `lamp_hours`.
#[derive(Debug)]
pub(super) struct LampHours;

const HOUR_MS: i64 = 3_600_000;

impl Habit for LampHours {
    fn name(&self) -> &'static str {
        "lamp_hours"
    }

    fn unit(&self) -> &'static str {
        "h"
    }

    fn is_number(&self) -> bool {
        true
    }

    fn reads(&self) -> &'static [(&'static str, &'static str)] {
        &[("started_at", "INSTANT"), ("ended_at", "INSTANT"), ("new_tube", "YES")]
    }

    fn begins_anew(&self) -> Option<(&'static str, &'static str)> {
        Some(("started_at", "new_tube"))
    }

    /// The hours up to the end of the row. A tube that the row says was changed begins with the row; void rows never burnt, and a row
    /// that nobody has ended, or that ends before it begins, adds nothing.
    fn work_out(&self, asked: &Asked<'_>) -> Option<Worked> {
        let at = place(asked.row)?;
        let others = asked.kin.iter().copied().filter(|row| row.id != asked.row.id && !row.is_void);
        let placed = others.filter_map(|row| Some((place(row)?, row))).filter(|(own, _)| *own < at);
        let until: Vec<((i64, bool, &str), &KinRow)> = placed.chain([(at, asked.row)]).collect();
        let is_new = |row: &KinRow| row.document.get("new_tube").and_then(Value::as_bool) == Some(true);
        let begun = until.iter().filter(|(_, row)| is_new(row)).map(|(own, _)| *own).max();
        let of_tube = || until.iter().filter(move |(own, _)| begun.is_none_or(|begun| *own >= begun));
        let burnt = of_tube().map(|(_, row)| span(row)).fold(0_i64, i64::saturating_add);
        let hours = (Decimal::from(burnt) / Decimal::from(HOUR_MS)).round_dp(2).normalize();
        Some(Worked {
            value: Value::from(hours.to_string()),
            tone: Tone::Calm,
            warning: None,
            since: of_tube().min_by_key(|(own, _)| *own).map(|(_, row)| row.id.clone()).filter(|id| !id.is_empty()),
        })
    }

    fn say(&self, value: &Value, language: Language) -> String {
        let hours = value.as_str().unwrap_or_default();
        format!("{hours} {}", language.of("小时", "h"))
    }

    fn cell(&self, value: &Value, _: Language) -> Cell {
        value.as_str().and_then(|text| text.parse().ok()).map_or(Cell::Empty, Cell::Number)
    }
}

/// Where a row stands in time: when the lamp was lit; of two at once the one with the smaller id is the earlier one, and one that is
/// being written comes last.
fn place(row: &KinRow) -> Option<(i64, bool, &str)> {
    Some((row.document.get("started_at")?.as_i64()?, row.id.is_empty(), row.id.as_str()))
}

fn span(row: &KinRow) -> i64 {
    let at = |name: &str| row.document.get(name).and_then(Value::as_i64);
    let ms = at("ended_at").zip(at("started_at")).and_then(|(end, start)| end.checked_sub(start));
    ms.filter(|ms| *ms > 0).unwrap_or(0)
}
