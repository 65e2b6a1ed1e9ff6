//! Head lines: `key | value`.

use super::super::error::Wrong;
use super::super::shape::{DayRule, Grid, PlaceRule, Register};
use super::known::Known;
use super::lines::span;
use super::{stage, words};
use crate::field::split_outside;
use crate::kind::Class;

/// The keys of head lines; `stages` is read before the acts, `part` and `table` before the flags of fields.
pub(super) const KEYS: [&str; 22] = [
    "form", "class", "hold", "key", "rights", "day", "about", "place", "parent", "stages", "due", "assignee", "valid",
    "list", "paper", "grid", "match", "keep", "part", "expect", "late", "edit",
];
/// Keys that may stand on several lines.
pub(super) const REPEATED: [&str; 4] = ["due", "assignee", "part", "expect"];

/// Reads one head line into the register; those of other passes are left alone.
pub(super) fn read(register: &mut Register, key: &str, value: &str, known: &Known) -> Result<(), Wrong> {
    let time = || span(value).ok_or_else(|| Wrong::new(format!("{value:?} is no span"), "write 30m, 2h or 3d"));
    match key {
        "form" => {
            let number = value.parse().ok().filter(|number| *number > 0);
            register.form = number.ok_or_else(|| Wrong::new(format!("{value:?} is no version"), "write form | 2"))?;
        }
        "class" => (register.class, register.asks) = class(value)?,
        "hold" => register.hold = Some(words::hold(value)?),
        "key" => register.key = self::key(value, known)?,
        "rights" => register.rights = words::rights(value)?,
        "day" => register.day = Some(day(value, known)?),
        "about" => register.about = Some(known.reference(value)?),
        "place" => register.place = Some(place(value, known)?),
        "parent" => register.parent = Some(known.reference(value)?),
        "due" => register.dues.push(stage::due(value, known, &register.stages)?),
        "assignee" => register.assignees.push(stage::assignee(value, known, &register.stages)?),
        "valid" => {
            let (from, to) =
                value.split_once(" to ").ok_or_else(|| Wrong::new("no two dates", "write valid | FROM to TO"))?;
            register.valid = Some((known.field_of(from.trim(), &["DATE"])?, known.field_of(to.trim(), &["DATE"])?));
        }
        "list" => {
            let stages: Vec<String> = register.stages.iter().map(|stage| stage.code.clone()).collect();
            register.list = words::list(value, known, &stages)?;
        }
        "paper" => register.paper = Some(words::paper(value, known)?),
        "grid" => register.grid = Some(grid(value, known)?),
        "match" => {
            register.matches = value.split(',').map(|name| known.field(name.trim())).collect::<Result<_, _>>()?;
        }
        "keep" => register.keep = Some(words::keep(value, known)?),
        "expect" => register.expects.extend(stage::expects(value, known)?),
        "late" => register.late = Some(time()?),
        "edit" => register.edit = Some(time()?),
        _ => {}
    }
    Ok(())
}

fn class(text: &str) -> Result<(Class, bool), Wrong> {
    let (name, asks) = match text.split_once(';') {
        None => (text, None),
        Some((name, "asks" | " asks")) => (name.trim(), Some(true)),
        Some(_) => ("", None),
    };
    let class = match name {
        "evidence" => Class::Evidence,
        "ledger" => Class::Ledger,
        "master" => Class::Master,
        "plan" => Class::Plan,
        _ => {
            return Err(Wrong::new(
                format!("{text:?} is no class"),
                "write evidence, ledger, master or plan, and ; asks",
            ));
        }
    };
    Ok((class, asks.unwrap_or(class != Class::Master)))
}

fn key(text: &str, known: &Known) -> Result<Vec<String>, Wrong> {
    let one = |name: &str| {
        known.field_of(name.trim(), &["REF", "PERSON", "DATE", "CH"]).map_err(|wrong| {
            Wrong::new(wrong.wrong, "a key is made of REF, PERSON, DATE and CH fields, never of what people type")
        })
    };
    split_outside(text, ',').into_iter().map(one).collect()
}

fn day(text: &str, known: &Known) -> Result<DayRule, Wrong> {
    let (field, is_night) = text.strip_suffix(" night").map_or((text, false), |field| (field.trim(), true));
    Ok(DayRule { field: known.field_of(field, &["DATE", "INSTANT"])?, is_night })
}

fn place(text: &str, known: &Known) -> Result<PlaceRule, Wrong> {
    match text.strip_prefix("of ") {
        Some(field) => Ok(PlaceRule::Of(known.reference(field.trim())?)),
        None => Ok(PlaceRule::Field(known.reference(text)?)),
    }
}

/// `6b: row FIELD ; column day ; cell FIELD worst ; per class, week`; `worst` is for a choice whose options are declared from the best
/// to the worst.
fn grid(text: &str, known: &Known) -> Result<Grid, Wrong> {
    let fail = || {
        Wrong::new("the grid is not understood", "write CODE: row FIELD ; column day ; cell FIELD ; per class, week")
    };
    let (code, rest) = text.split_once(':').ok_or_else(fail)?;
    let mut grid = Grid {
        code: code.trim().to_owned(),
        row: String::new(),
        column: String::new(),
        cell: String::new(),
        is_worst_first: false,
        per: Vec::new(),
    };
    for part in rest.split(';').map(str::trim) {
        match part.split_once(' ') {
            Some(("row", field)) => grid.row = known.field(field.trim())?,
            Some(("column", what)) => grid.column = what.trim().to_owned(),
            Some(("cell", field)) => {
                grid.is_worst_first = field.ends_with(" worst");
                grid.cell = match field.strip_suffix(" worst") {
                    Some(field) => known.field_of(field.trim(), &["CH"])?,
                    None => known.field(field.trim())?,
                };
            }
            Some(("per", what)) => grid.per = what.split(',').map(|word| word.trim().to_owned()).collect(),
            _ => return Err(fail()),
        }
    }
    match grid.row.is_empty() || grid.column.is_empty() || grid.cell.is_empty() {
        true => Err(fail()),
        false => Ok(grid),
    }
}
