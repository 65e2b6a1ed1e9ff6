//! A register's paper out of the rows of a period.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::columns::{From, planned};
use super::notes::footnotes;
use super::row::{Making, SourceRow};
use super::shape::{Line, Sheet, SheetShape, Signer};
use super::words::Read;
use crate::register::{Register, Shape};
use crate::time::UtcMillis;

/// The paper of a register: rows by day and time, or by the field that orders its list; void ones are left out and counted.
pub fn register_sheet(making: &Making<'_>, rows: &[SourceRow]) -> Sheet {
    let register = making.register;
    let planned = planned(register, making.speech.language);
    let mut counted: Vec<&SourceRow> = rows.iter().filter(|row| !row.is_void).collect();
    counted.sort_by(|a, b| order(register, a, b));
    let (mut lines, mut corrections) = (Vec::new(), Vec::new());
    let mut signers = signers(register, making);
    for row in &counted {
        let (read, corrected) = making.read(row);
        let cells = planned
            .iter()
            .map(|planned| match planned.from {
                From::Field(field) => making.field(&read, field),
                From::Act(act) => making.act(&read, act),
                From::Author => making.author(&read).map_or(crate::field::Cell::Empty, crate::field::Cell::Text),
                From::Stage => making.stage(&read),
            })
            .collect();
        lines.push(Line {
            record: Some(row.id.clone()),
            day: row.day,
            cells,
            is_late: row.is_late,
            is_contested: row.is_contested,
            times: times(making, row),
            is_after_signing: false,
        });
        if let Some(corrected) = corrected {
            corrections.extend(footnotes(making, lines.len(), &read, &corrected));
        }
        add_signers(making, &read, &mut signers);
    }
    let paper = register.paper.as_ref();
    Sheet {
        code: register.kind.clone(),
        title: making.speech.language.of(&register.zh, &register.en).to_owned(),
        shape: match paper.map(|paper| paper.shape) {
            Some(Shape::Day) => SheetShape::Day,
            Some(Shape::Slip) => SheetShape::Report,
            Some(Shape::Ledger) | None => SheetShape::Ledger,
        },
        is_landscape: paper.is_some_and(|paper| paper.is_landscape),
        language: making.speech.language,
        columns: planned.into_iter().map(|planned| planned.column).collect(),
        void: rows.len() - counted.len(),
        rows: lines,
        gaps: Vec::new(),
        gaps_until: None,
        corrections,
        newer: making.newer,
        signatures: signers.into_iter().map(|(_, signer)| signer).collect(),
        facts: Vec::new(),
        source: making.source.clone(),
    }
}

/// When a row happened, as its corrected fields say, and when it was written down.
///
/// No correction moves `occurred_at`: what a clock has stamped is never rewritten. So it would tell another time here than the cell of
/// the same row, its day, its place among the rows and the mark of 补录, all of which follow the correction; what stood there first is
/// told by the foot note. When a row was written down no correction says.
fn times(making: &Making<'_>, row: &SourceRow) -> Option<[NaiveDateTime; 2]> {
    let zone = making.speech.zone;
    let recorded = UtcMillis(row.document.get("recorded_at")?.as_i64()?);
    let happened = making.register.happened(&row.document, recorded, zone);
    // Of a day without a time its beginning is told, and not the moment at which it was over, which lies on the next one.
    let day = happened.day.and_then(|day| day.and_hms_opt(0, 0, 0));
    Some([day.unwrap_or_else(|| happened.at.local(zone)), recorded.local(zone)])
}

/// By the field that orders the list; else by day, by time, and then by id.
fn order(register: &Register, a: &SourceRow, b: &SourceRow) -> Ordering {
    let value = |row: &SourceRow, name: &str| row.document.get(name).cloned().unwrap_or(Value::Null);
    let by = register.list.by.as_ref().and_then(|name| Some((name, register.field(name)?.stored()?)));
    let by_field = by.map_or(Ordering::Equal, |(name, of)| of.compare(&value(a, name), &value(b, name)));
    let time = |row: &SourceRow| {
        let day = register.day.as_ref().and_then(|day| row.document.get(&day.field)?.as_i64());
        (row.day, day, row.document.get("recorded_at").and_then(Value::as_i64))
    };
    by_field.then_with(|| time(a).cmp(&time(b))).then_with(|| a.id.cmp(&b.id))
}

/// Who signs, as the declaration names them, with whom the rows name.
fn signers<'a>(register: &'a Register, making: &Making<'_>) -> Vec<(&'a str, Signer)> {
    let language = making.speech.language;
    let label = |name: &str| match (register.act(name), register.field(name)) {
        (Some(act), _) => language.of(&act.zh, &act.en).to_owned(),
        (None, Some(field)) => language.of(&field.zh, &field.en).to_owned(),
        (None, None) if name == "created" => language.of("填表人", "Filled in by").to_owned(),
        (None, None) => language.of("负责人", "In charge").to_owned(),
    };
    let names = register.paper.iter().flat_map(|paper| &paper.sign);
    let mut signers: Vec<(&str, Signer)> = names
        .map(|name| (name.as_str(), Signer { key: name.clone(), label: label(name), names: Vec::new() }))
        .collect();
    let label = language.of("审核人", "Checked by").to_owned();
    let checked = Signer { key: "check".to_owned(), label, names: Vec::new() };
    if signers.len() < 2 {
        signers.push(("", checked));
    }
    signers
}

fn add_signers(making: &Making<'_>, read: &Read<'_>, signers: &mut [(&str, Signer)]) {
    for (name, signer) in signers {
        let named: Vec<Cow<'_, str>> = match (making.register.act(name), making.register.field(name)) {
            (Some(_), _) => {
                let by = read.folded.applied(name).filter_map(|entry| entry.by.as_deref());
                by.map(|by| Cow::Owned(making.person(by))).collect()
            }
            (None, Some(field)) => match making.field(read, field) {
                crate::field::Cell::Text(text) => vec![Cow::Owned(text)],
                _ => Vec::new(),
            },
            (None, None) if *name == "created" => making.author(read).into_iter().map(Cow::Owned).collect(),
            (None, None) => Vec::new(),
        };
        for one in named {
            if !signer.names.iter().any(|known| *known == one) {
                signer.names.push(one.into_owned());
            }
        }
    }
}
