//! Act and warning lines: `act code | zh | en | permission | rules`, `warn code | condition | level | zh | en`.

use super::super::act::{Act, Ask, Cause, Counts, Level, Other, Set, SetTo, Warn};
use super::super::condition::Condition;
use super::super::error::Wrong;
use super::super::shape::{Stage, VOID};
use super::known::Known;
use super::lines::{Line, is_name};
use super::words::permission;
use crate::field::{parse_type, split_outside};

/// The code of a line that begins with `act` or `warn`.
pub(super) fn code<'a>(cell: &'a str, word: &str) -> Option<&'a str> {
    cell.strip_prefix(word)?.strip_prefix(' ').map(str::trim)
}

/// The fields that an act sets to `now`, by itself.
pub(super) fn set_to_now<'a>(line: &Line<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let rules = line.cells.get(4).copied().unwrap_or_default();
    rules.split(';').filter_map(|rule| rule.trim().strip_prefix("sets ")?.trim().strip_suffix(" now"))
}

pub(super) fn act(line: &Line<'_>, known: &Known, stages: &[Stage]) -> Result<Act, Wrong> {
    let shape = "write act code | zh | en | permission | from STAGE ; counts first";
    let [head, zh, en, right, rules] = line.cells[..] else { return Err(Wrong::new("an act has five columns", shape)) };
    let code =
        code(head, "act").filter(|code| is_name(code)).ok_or_else(|| Wrong::new("the act has no code", shape))?;
    if zh.is_empty() || en.is_empty() {
        return Err(Wrong::new(format!("{code} has no label"), "write a Chinese and an English label"));
    }
    let mut act = Act {
        code: code.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        permission: permission(right)?,
        from: Vec::new(),
        by: None,
        other: None,
        counts: Counts::First,
        when: Condition::default(),
        asks: Vec::new(),
        sets: Vec::new(),
        has_saw: false,
        with: None,
    };
    let mut is_counted = false;
    for rule in rules.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        let (word, rest) = rule.split_once(' ').map_or((rule, ""), |(word, rest)| (word, rest.trim()));
        match (word, rest) {
            ("from", stages_from) => act.from = from(stages_from, stages)?,
            ("by", words) => (act.by, act.other) = by(words, known)?,
            ("counts", "first") => (act.counts, is_counted) = (Counts::First, true),
            ("counts", "each") => (act.counts, is_counted) = (Counts::Each, true),
            ("when", condition) => act.when = known.condition(condition)?,
            ("asks", asked) => act.asks = asks(asked)?,
            ("sets", words) => act.sets.push(set(words, known)?),
            ("saw", "") => act.has_saw = true,
            ("with", kind) if is_name(kind) => act.with = Some(kind.to_owned()),
            _ => {
                let write = "write from, by, counts first, counts each, when, asks, sets, saw or with";
                return Err(Wrong::new(format!("{rule:?} is no rule of an act"), write));
            }
        }
    }
    if act.from.is_empty() || !is_counted {
        return Err(Wrong::new(format!("{code} says not from where, or how often it counts"), shape));
    }
    Ok(act)
}

fn from(text: &str, stages: &[Stage]) -> Result<Vec<String>, Wrong> {
    let stage = |name: &str| {
        let known = stages.iter().find(|stage| stage.code == name && name != VOID);
        known.map(|stage| stage.code.clone()).ok_or_else(|| {
            let all: Vec<&str> = stages.iter().map(|stage| stage.code.as_str()).filter(|code| *code != VOID).collect();
            Wrong::new(format!("there is no stage {name:?}"), format!("write one of {}", all.join(", ")))
        })
    };
    text.split(',').map(|name| stage(name.trim())).collect()
}

/// `FIELD`, `FIELD other ACT`, `other ACT`, `other created`.
fn by(text: &str, known: &Known) -> Result<(Option<String>, Option<Other>), Wrong> {
    let fail = || {
        Wrong::new(
            format!("{text:?} is nobody"),
            "write by FIELD, by FIELD other ACT, by other ACT or by other created",
        )
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let (field, other) = match words[..] {
        [field] => (Some(field), None),
        ["other", other] => (None, Some(other)),
        [field, "other", other] => (Some(field), Some(other)),
        _ => return Err(fail()),
    };
    let other = match other {
        None => None,
        Some("created") => Some(Other::Created),
        Some(act) if known.acts.iter().any(|own| own == act) => Some(Other::Act(act.to_owned())),
        Some(_) => return Err(fail()),
    };
    Ok((field.map(|field| known.field_of(field, &["PERSON"])).transpose()?, other))
}

fn asks(text: &str) -> Result<Vec<Ask>, Wrong> {
    let mut asks: Vec<Ask> = Vec::new();
    for part in split_outside(text, ',') {
        let (part, is_needed) = part.strip_suffix('!').map_or((part, false), |part| (part.trim(), true));
        let (name, of) = part
            .split_once(' ')
            .filter(|(name, _)| is_name(name))
            .ok_or_else(|| Wrong::new(format!("{part:?} asks for nothing"), "write asks name TYPE !, name TYPE"))?;
        let of = parse_type(of)?;
        let is_simple = of.paths().iter().all(|path| path.suffix.is_empty());
        if !is_simple || asks.iter().any(|ask| ask.name == name) {
            return Err(Wrong::new(format!("{name} cannot be asked for"), "ask for single values, each once"));
        }
        asks.push(Ask { name: name.to_owned(), of, is_needed });
    }
    Ok(asks)
}

fn set(text: &str, known: &Known) -> Result<Set, Wrong> {
    let fail = || Wrong::new(format!("{text:?} sets nothing"), "write sets FIELD now, me, yes or an option");
    let (field, to) = text.split_once(' ').ok_or_else(fail)?;
    let to = match to.trim() {
        "now" => {
            known.field_of(field, &["INSTANT", "DATE"])?;
            SetTo::Now
        }
        "me" => {
            known.field_of(field, &["PERSON"])?;
            SetTo::Me
        }
        "yes" => {
            known.field_of(field, &["YES"])?;
            SetTo::Yes
        }
        word => SetTo::Word(known.option(field, word)?),
    };
    Ok(Set { field: field.to_owned(), to })
}

pub(super) fn warn(line: &Line<'_>, known: &Known) -> Result<Warn, Wrong> {
    let shape = "write warn code | condition | note, ask or finding L3 0 | zh | en";
    let [head, condition, level, zh, en] = line.cells[..] else {
        return Err(Wrong::new("a warning has five columns", shape));
    };
    let code =
        code(head, "warn").filter(|code| is_name(code)).ok_or_else(|| Wrong::new("the warning has no code", shape))?;
    if zh.is_empty() || en.is_empty() {
        return Err(Wrong::new(format!("{code} says nothing"), "write it in Chinese and in English"));
    }
    let (level, cause) = match level.split_once(" as ") {
        None => (level, None),
        Some((level, cause)) => (level, Some(self::cause(cause, known)?)),
    };
    let level = match level.split_whitespace().collect::<Vec<_>>()[..] {
        ["note"] => Level::Note,
        ["ask"] => Level::Ask,
        ["finding", grade, due] => match (grade.parse(), due.parse()) {
            (Ok(grade), Ok(due)) => Level::Finding(grade, due),
            _ => return Err(Wrong::new(format!("{level:?} is no level"), shape)),
        },
        _ => return Err(Wrong::new(format!("{level:?} is no level"), shape)),
    };
    if cause.is_some() && !matches!(level, Level::Finding(..)) {
        return Err(Wrong::new(format!("{code} makes no finding and says of what"), "leave out `as`"));
    }
    let when = known.condition(condition)?;
    Ok(Warn { code: code.to_owned(), when, level, cause, zh: zh.to_owned(), en: en.to_owned() })
}

/// `CODE by FIELD, FIELD`.
fn cause(text: &str, known: &Known) -> Result<Cause, Wrong> {
    let fail = || Wrong::new(format!("{text:?} is no cause"), "write finding L4 0 as CODE by FIELD, FIELD");
    let (code, by) = text.split_once(" by ").filter(|(code, _)| is_name(code.trim())).ok_or_else(fail)?;
    let mut fields = by.split(',').map(str::trim);
    let mut by = vec![known.reference(fields.next().unwrap_or_default())?];
    for name in fields {
        by.push(known.field_of(name, &["REF", "PERSON", "DATE", "CH", "TAG"])?);
    }
    Ok(Cause { code: code.trim().to_owned(), by })
}
