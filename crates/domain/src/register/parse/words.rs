//! Small words of head lines: rights, times of keeping, papers, lists.

use super::super::error::Wrong;
use super::super::rights::{Entry, Rights};
use super::super::shape::{Hold, Keep, List, Paper, Part, Shape};
use super::known::Known;
use crate::permission::Permission;

/// The permission with this name.
pub(crate) fn permission(name: &str) -> Result<Permission, Wrong> {
    Permission::ALL.iter().copied().find(|permission| permission.code() == name).ok_or_else(|| {
        Wrong::new(format!("there is no permission {name:?}"), "name one of permission.rs, such as see_all_records")
    })
}

/// `write P ; see P in place, P 2d ; ...`.
pub(super) fn rights(text: &str) -> Result<Rights, Wrong> {
    let mut rights = Rights::default();
    for part in text.split(';').map(str::trim) {
        let (right, entries) = part.split_once(' ').unwrap_or((part, ""));
        let list = match right {
            "write" => &mut rights.write,
            "see" => &mut rights.see,
            "count" => &mut rights.count,
            "correct" => &mut rights.correct,
            "export" => &mut rights.export,
            _ => return Err(Wrong::new(format!("{right:?} is no right"), "write, see, count, correct or export")),
        };
        if !list.is_empty() {
            return Err(Wrong::new(format!("{right:?} stands twice"), "join its entries by commas"));
        }
        *list = entries.split(',').map(|entry| sight(entry.trim())).collect::<Result<_, _>>()?;
    }
    // Whether there is anything that somebody has to write, the fields say.
    if rights.see.is_empty() {
        return Err(Wrong::new("nobody may write or see", "begin with: write PERMISSION ; see PERMISSION"));
    }
    Ok(rights)
}

/// `PERMISSION [in place] [in own area] [mine] [about me] [of others] [open] [Nd]`.
pub(crate) fn sight(text: &str) -> Result<Entry, Wrong> {
    let mut entry = Entry::default();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut followed_by = |next: &str| words.next_if_eq(&next).is_some();
        match word {
            "in" if followed_by("place") => entry.is_in_place = true,
            "in" if followed_by("own") && followed_by("area") => entry.is_in_own_area = true,
            "about" if followed_by("me") => entry.is_about_me = true,
            "of" if followed_by("others") => entry.is_of_others = true,
            "mine" => entry.is_mine = true,
            "open" => entry.is_open = true,
            _ => match word.strip_suffix('d').and_then(|days| days.parse().ok()) {
                Some(days) if (1..=3_660).contains(&days) => entry.days = Some(days),
                _ if entry == Entry::default() => entry.permission = Some(permission(word)?),
                _ => {
                    let write = "write PERMISSION [in place] [in own area] [mine] [about me] [of others] [open] [Nd]";
                    return Err(Wrong::new(format!("{word:?} is not understood"), write));
                }
            },
        }
    }
    match entry.permission.is_some() || entry.is_mine || entry.is_about_me || entry.is_in_own_area {
        true => Ok(entry),
        false => Err(Wrong::new(format!("{text:?} lets everybody in"), "name a permission, mine or about me")),
    }
}

/// `children`, `gate` or `confidential`.
pub(super) fn hold(text: &str) -> Result<Hold, Wrong> {
    let found = Hold::ALL.into_iter().find(|hold| hold.code() == text);
    found.ok_or_else(|| Wrong::new(format!("{text:?} is no compartment"), "write children, gate or confidential"))
}

/// `90d`, `2y`, `term+30d` or `with FIELD`.
pub(super) fn keep(text: &str, known: &Known) -> Result<Keep, Wrong> {
    match text.strip_prefix("with ") {
        Some(field) => Ok(Keep::With(known.reference(field.trim())?)),
        None => keep_time(text),
    }
}

/// `90d`, `2y` or `term+30d`.
pub(crate) fn keep_time(text: &str) -> Result<Keep, Wrong> {
    let fail = || Wrong::new(format!("{text:?} is no time to keep"), "write 90d, 2y, term+30d or with FIELD");
    let count = |text: &str| text.parse::<u32>().ok().filter(|count| (1..=36_500).contains(count)).ok_or_else(fail);
    if let Some(days) = text.strip_prefix("term+").and_then(|rest| rest.strip_suffix('d')) {
        return Ok(Keep::TermAndDays(count(days)?));
    }
    match (text.strip_suffix('d'), text.strip_suffix('y')) {
        (Some(days), _) => Ok(Keep::Days(count(days)?)),
        (_, Some(years)) => Ok(Keep::Years(count(years)?)),
        _ => Err(fail()),
    }
}

/// `NAME [; keep T] [; hold C]`.
pub(super) fn part(text: &str, known: &Known) -> Result<Part, Wrong> {
    let mut words = text.split(';').map(str::trim);
    let name = words.next().unwrap_or_default();
    if !super::lines::is_name(name) {
        return Err(Wrong::new("the part has no name", "write part | name ; keep 90d ; hold gate"));
    }
    let mut part = Part { name: name.to_owned(), keep: None, hold: None };
    for word in words {
        match word.split_once(' ') {
            Some(("keep", time)) => part.keep = Some(keep(time.trim(), known)?),
            Some(("hold", place)) => part.hold = Some(hold(place.trim())?),
            _ => return Err(Wrong::new(format!("{word:?} is not understood"), "write keep TIME or hold COMPARTMENT")),
        }
    }
    Ok(part)
}

/// `FIELD, FIELD ; STAGE first ; newest first | by FIELD`.
pub(super) fn list(text: &str, known: &Known, stages: &[String]) -> Result<List, Wrong> {
    let mut parts = text.split(';').map(str::trim);
    let columns = parts.next().unwrap_or_default().split(',').map(|name| known.field(name.trim()));
    let mut list = List { columns: columns.collect::<Result<_, _>>()?, ..List::default() };
    for word in parts {
        match word.split_whitespace().collect::<Vec<_>>()[..] {
            ["newest", "first"] => list.by = None,
            ["by", field] => list.by = Some(known.field(field)?),
            [stage, "first"] if stages.iter().any(|own| own == stage) => list.first = Some(stage.to_owned()),
            _ => {
                return Err(Wrong::new(format!("{word:?} is no order"), "write STAGE first, newest first or by FIELD"));
            }
        }
    }
    Ok(list)
}

/// `day|ledger|slip [by A|B] ; portrait|landscape ; as PERMISSION ; sign F, ACT ; qr`.
pub(super) fn paper(text: &str, known: &Known) -> Result<Paper, Wrong> {
    let mut parts = text.split(';').map(str::trim);
    let (shape, by) = match parts.next().unwrap_or_default().split_whitespace().collect::<Vec<_>>()[..] {
        [shape] => (shape, Vec::new()),
        [shape, "by", parts] => (shape, parts.split('|').map(str::to_owned).collect()),
        _ => ("", Vec::new()),
    };
    let shape = match shape {
        "day" => Shape::Day,
        "ledger" => Shape::Ledger,
        "slip" => Shape::Slip,
        _ => return Err(Wrong::new("the paper has no shape", "begin with day, ledger or slip")),
    };
    let mut paper = Paper { shape, by, is_landscape: false, reader: None, sign: Vec::new(), has_code: false };
    for word in parts {
        match (word, word.split_once(' ')) {
            ("portrait", _) => paper.is_landscape = false,
            ("landscape", _) => paper.is_landscape = true,
            ("qr", _) => paper.has_code = true,
            (_, Some(("as", name))) => paper.reader = Some(permission(name.trim())?),
            (_, Some(("sign", names))) => {
                paper.sign = names.split(',').map(|name| signer(name.trim(), known)).collect::<Result<_, _>>()?
            }
            _ => {
                let write = "write portrait, landscape, as PERMISSION, sign FIELD or qr";
                return Err(Wrong::new(format!("{word:?} is not understood"), write));
            }
        }
    }
    Ok(paper)
}

/// Who signs: a field that names people, an act, the owner of the place, or who made the row.
fn signer(name: &str, known: &Known) -> Result<String, Wrong> {
    if matches!(name, "place" | "created") || known.acts.iter().any(|act| act == name) {
        return Ok(name.to_owned());
    }
    known.reference(name)
}
