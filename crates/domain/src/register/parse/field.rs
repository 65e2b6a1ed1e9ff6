//! Field lines: `name | zh | en | TYPE | flags`.

use super::super::error::Wrong;
use super::super::field::{Field, FieldOf, FieldSight, From, Needed, Preset};
use super::super::habit;
use super::super::shape::Part;
use super::known::Known;
use super::lines::{Line, is_name};
use super::words::permission;
use crate::field::{Limit, parse_type};
use crate::kind::Rule;

/// Paths that every record has, which no field may take.
const RESERVED: [&str; 20] = [
    "id",
    "kind",
    "scope",
    "campus",
    "zone",
    "created",
    "occurred_at",
    "recorded_at",
    "business_date",
    "late_reason",
    "clock",
    "clock_later",
    "form",
    "acts",
    "strikes",
    "corrections",
    "void",
    "restores",
    "photos",
    "after_close",
];
/// Of these, what an older dictionary already calls a field; a `kind` of things is no kind of records.
const ALLOWED: [&str; 1] = ["kind"];

/// A field without its flags.
pub(super) fn declared(line: &Line<'_>) -> Result<Field, Wrong> {
    let [name, zh, en, of] = line.cells[..4] else {
        return Err(Wrong::new("the field has too few columns", "write name | zh | en | TYPE | flags"));
    };
    if !is_name(name) || (RESERVED.contains(&name) && !ALLOWED.contains(&name)) {
        let write = "write small letters, digits and _, and no name that every record has";
        return Err(Wrong::new(format!("{name:?} cannot be the name of a field"), write));
    }
    if zh.is_empty() || en.is_empty() {
        return Err(Wrong::new(format!("{name} has no label"), "write a Chinese and an English label"));
    }
    Ok(bare(name, zh, en, field_of(of)?))
}

/// A field of which nothing more is said.
pub(super) fn bare(name: &str, zh: &str, en: &str, of: FieldOf) -> Field {
    Field {
        name: name.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        of,
        needed: None,
        when: None,
        preset: None,
        from: None,
        is_frozen: false,
        is_searchable: false,
        see: None,
        part: None,
        is_own: false,
        known_by: None,
        rule: None,
        among: None,
        limit: None,
        fails: None,
        is_inner: false,
        is_retired: false,
        was: None,
    }
}

fn field_of(text: &str) -> Result<FieldOf, Wrong> {
    let arguments = |name: &str| text.strip_prefix(name).and_then(|rest| rest.trim_start().strip_prefix('('));
    if let Some(rest) = arguments("span") {
        let ends = rest.strip_suffix(')').and_then(|ends| ends.split_once(','));
        let (from, to) = ends.ok_or_else(|| Wrong::new("the span is not closed", "write span(from, to)"))?;
        return Ok(FieldOf::Span(from.trim().to_owned(), to.trim().to_owned()));
    }
    if let Some(rest) = arguments("previous") {
        let cut = rest.split_once(')').and_then(|(field, by)| Some((field, by.trim().strip_prefix("by ")?)));
        let (field, by) =
            cut.ok_or_else(|| Wrong::new("no way to find the row before", "write previous(field) by field"))?;
        return Ok(FieldOf::Previous { field: field.trim().to_owned(), by: by.trim().to_owned() });
    }
    if let Some(rest) = text.strip_prefix("hook ") {
        return hook(rest);
    }
    Ok(FieldOf::Stored(parse_type(text)?))
}

/// `NAME by FIELD, FIELD`.
fn hook(text: &str) -> Result<FieldOf, Wrong> {
    let (name, by) = text.split_once(" by ").map_or((text, ""), |(name, by)| (name.trim(), by));
    let Some(habit) = habit::habit(name) else {
        let known =
            format!("write one of {}, or leave the field out until there is such a hook", habit::names().join(", "));
        return Err(Wrong::new(format!("{name:?} is worked out by nobody"), known));
    };
    let by: Vec<String> = by.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    match by.is_empty() {
        true => Err(Wrong::new("nothing says which rows belong together", format!("write hook {name} by FIELD"))),
        false => Ok(FieldOf::Hook { habit, by }),
    }
}

/// Checks what a worked-out field reads, and the settings that a measured one is limited by.
pub(super) fn check_type(field: &Field, known: &Known) -> Result<(), Wrong> {
    match &field.of {
        FieldOf::Span(from, to) => {
            known.field_of(from, &["INSTANT"])?;
            known.field_of(to, &["INSTANT"])?;
        }
        FieldOf::Previous { field, by } => {
            known.field(field)?;
            known.reference(by)?;
        }
        FieldOf::Hook { habit, by } => {
            for (name, code) in habit.reads() {
                known.field_of(name, &[*code])?;
            }
            let (first, rest) = by.split_first().ok_or_else(|| Wrong::new("no field", "write hook NAME by FIELD"))?;
            known.reference(first)?;
            rest.iter().try_for_each(|name| known.field_of(name, &["CH", "REF", "PERSON"]).map(drop))?;
        }
        FieldOf::Stored(of) => {
            for limit in of.limits().into_iter().flat_map(|limits| [&limits.min, &limits.max]).flatten() {
                known.check_limit(limit)?;
            }
            if let Some(key) = of.rows_from() {
                super::known::setting_of(key)?;
            }
            if let Some(other) = of.narrowed_by() {
                known.reference(other)?;
            }
        }
    }
    Ok(())
}

/// Adds the flags of a line to its field.
pub(super) fn flags(field: &mut Field, text: &str, known: &Known, parts: &[Part]) -> Result<(), Wrong> {
    for flag in text.split(';').map(str::trim).filter(|flag| !flag.is_empty()) {
        one(field, flag, known, parts)?;
    }
    let is_measured = field.stored().is_some_and(crate::field::FieldType::is_measured);
    if is_measured && field.preset.is_some() {
        let write = "leave the preset out: nothing stands there before somebody measures";
        return Err(Wrong::new(format!("{} is measured and has a preset", field.name), write));
    }
    if field.is_inner && (field.needed.is_some() || field.preset.is_some()) {
        let write = "leave the others out: no form asks for it, and none offers anything";
        return Err(Wrong::new(format!("{} is inner, and is needed or begins with something", field.name), write));
    }
    if field.is_own && field.preset.is_some() {
        return Err(Wrong::new(
            format!("{} is filled in by the program and has a preset", field.name),
            "leave one out",
        ));
    }
    Ok(())
}

fn one(field: &mut Field, flag: &str, known: &Known, parts: &[Part]) -> Result<(), Wrong> {
    let (word, rest) = flag.split_once(' ').map_or((flag, ""), |(word, rest)| (word, rest.trim()));
    match (word, rest) {
        ("!", _) => field.needed = Some(needed(field, rest, known)?),
        ("when", _) => field.when = Some(known.condition(rest)?),
        ("frozen", "") => field.is_frozen = true,
        ("search", "") => searchable(field)?,
        ("own", "") => field.is_own = true,
        ("inner", "") => field.is_inner = true,
        ("retired", "") => field.is_retired = true,
        ("now" | "me" | "last", "") => field.preset = Some(preset(field, word)?),
        ("setting", key) => {
            super::known::setting_of(key)?;
            field.preset = Some(Preset::Setting(key.to_owned()));
        }
        ("from", source) => {
            let from = source.split_once('.').map(|(reference, part)| (reference.trim(), part.trim()));
            let (reference, part) =
                from.ok_or_else(|| Wrong::new("nothing to copy from", "write from reference.field"))?;
            field.from = Some(From { reference: known.reference(reference)?, field: part.to_owned() });
        }
        ("see", words) => field.see = Some(sight(words)?),
        ("part", name) => {
            let part = parts.iter().find(|part| part.name == name);
            let missing = || Wrong::new(format!("there is no part {name:?}"), "declare it: part | name ; keep 90d");
            field.part = Some(part.ok_or_else(missing)?.name.clone());
        }
        ("keep", _) => {
            let write = "put the field into a part that has a keep: part | name ; keep 90d";
            return Err(Wrong::new("a single field has no time of its own", write));
        }
        ("rule", name) => field.rule = Some(rule(name)?),
        ("among", limit) => field.among = Some(table(limit, known)?),
        ("known", words) => {
            let by = words.strip_prefix("by ").and_then(|name| known.reference(name.trim()).ok());
            let is_list = field.stored().is_some_and(|of| of.code() == "REFS");
            let write = "write REFS(kind) | own ; known by FIELD, with a field of both that names a record";
            field.known_by = Some(by.filter(|_| is_list).ok_or_else(|| Wrong::new("no rows are known by it", write))?);
        }
        ("limit", ends) => {
            let (min, max) = ends.split_once("..").ok_or_else(|| Wrong::new("no limits", "write limit LOW..HIGH"))?;
            field.limit = Some((known.limit(min)?, known.limit(max)?));
        }
        ("fails", words) => {
            let follows =
                words.split_once(' ').and_then(|(grade, due)| Some((grade.parse().ok()?, due.trim().parse().ok()?)));
            field.fails =
                Some(follows.ok_or_else(|| Wrong::new("no grade and due time", "write fails L3 0, or fails L2 EOD"))?);
        }
        ("was", name) if is_name(name) => field.was = Some(name.to_owned()),
        _ => {
            let write = "write !, when, frozen, search, now, me, last, setting, own, known by, from, see, part, rule, among, \
                         limit, fails, retired or was";
            return Err(Wrong::new(format!("{flag:?} is no flag"), write));
        }
    }
    Ok(())
}

fn needed(field: &Field, rest: &str, known: &Known) -> Result<Needed, Wrong> {
    let (is_yes, rest) = match rest.strip_prefix("yes") {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => (true, rest.trim()),
        _ => (false, rest),
    };
    if is_yes && !known.is_code(&field.name, "YES") {
        return Err(Wrong::new(format!("{} is not answered by yes", field.name), "write ! alone"));
    }
    let when = match (rest, rest.strip_prefix("when ")) {
        ("", _) => super::super::condition::Condition::default(),
        (_, Some(condition)) => known.condition(condition)?,
        _ => return Err(Wrong::new(format!("{rest:?} is no condition"), "write !, ! yes, or ! when CONDITION")),
    };
    Ok(Needed { when, is_yes })
}

fn searchable(field: &mut Field) -> Result<(), Wrong> {
    let has_text = field.stored().is_some_and(|of| of.paths().iter().any(|path| path.has_text));
    if !has_text {
        return Err(Wrong::new(format!("{} holds no words", field.name), "only TXT and NOTES are searched"));
    }
    field.is_searchable = true;
    Ok(())
}

fn preset(field: &Field, word: &str) -> Result<Preset, Wrong> {
    let code = field.stored().map_or("", |of| of.code());
    let fail = |write| Wrong::new(format!("{} cannot begin with {word}", field.name), write);
    match word {
        "now" if matches!(code, "INSTANT" | "DATE" | "TIME") => Ok(Preset::Now),
        "now" => Err(fail("now is for INSTANT, DATE and TIME")),
        "me" if code == "PERSON" => Ok(Preset::Me),
        "me" => Err(fail("me is for PERSON")),
        _ => Ok(Preset::Last),
    }
}

fn sight(words: &str) -> Result<FieldSight, Wrong> {
    let write = "write see PERMISSION else last4|surname|hidden, or see PERMISSION, about me else ...";
    let (name, mask) = words.split_once(" else ").ok_or_else(|| Wrong::new("no mask", write))?;
    let mask = mask.trim().parse().map_err(|()| Wrong::new(format!("{mask:?} is no mask"), write))?;
    let (name, is_about_me) =
        name.split_once(',').map_or((name, false), |(name, word)| (name, word.trim() == "about me"));
    if !is_about_me && words.contains(',') {
        return Err(Wrong::new(format!("{words:?} is not understood"), write));
    }
    Ok(FieldSight { permission: permission(name.trim())?, is_about_me, mask })
}

fn rule(name: &str) -> Result<Rule, Wrong> {
    match name {
        "latest" => Ok(Rule::Latest),
        "worst" => Ok(Rule::Worst),
        "earliest" => Ok(Rule::Earliest),
        "soonest" => Ok(Rule::Soonest),
        "first" => Ok(Rule::First),
        "union" => Ok(Rule::Union),
        _ => Err(Wrong::new(
            format!("{name:?} is no reading rule"),
            "write latest, worst, earliest, soonest, first or union",
        )),
    }
}

/// `@table(group)`: the row of a table whose names are the options that are meant.
fn table(text: &str, known: &Known) -> Result<Limit, Wrong> {
    let cut = text.strip_prefix('@').and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once('('));
    let (key, by) = cut.ok_or_else(|| Wrong::new("no table", "write among @setting(field)"))?;
    super::known::setting_of(key)?;
    known.group_or_field(by.trim())?;
    Ok(Limit::Table { key: key.to_owned(), by: vec![by.trim().to_owned()], part: String::new() })
}
