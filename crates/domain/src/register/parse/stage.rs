//! Stages, and what depends on them: due times, who has to do something, what is expected.

use super::super::condition::Condition;
use super::super::error::Wrong;
use super::super::shape::{AssigneeRule, DueFrom, DueRule, Each, Expect, Group, Stage, StageRule, VOID};
use super::known::Known;
use super::lines::{is_name, span};
use crate::answer::parse_time;
use crate::role::Role;
use chrono::Timelike;

/// The stages of a register: `code zh English: rule ; code: another rule ; code zh English`; `void` is put first.
pub(super) fn stages(text: &str, known: &Known) -> Result<Vec<Stage>, Wrong> {
    let mut stages = vec![plain(VOID, "已作废", "Void")];
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (head, rule) = part.split_once(':').map_or((part, None), |(head, rule)| (head.trim(), Some(rule.trim())));
        let rule = rule.map(|rule| self::rule(rule, known)).transpose()?;
        let words: Vec<&str> = head.split_whitespace().collect();
        match words[..] {
            [code] => {
                let known_stage = stages.iter_mut().find(|stage| stage.code == code && code != VOID);
                match (known_stage, rule) {
                    (Some(stage), Some(rule)) => stage.when.push(rule),
                    _ => {
                        return Err(Wrong::new(
                            format!("the stage {code:?} has no label"),
                            "write code zh English: rule",
                        ));
                    }
                }
            }
            [code, zh, ref en @ ..] if is_name(code) && !en.is_empty() => {
                if stages.iter().any(|stage| stage.code == code) {
                    return Err(Wrong::new(format!("the stage {code:?} stands twice"), "add rules by code: rule"));
                }
                let when = rule.into_iter().collect();
                stages.push(Stage { when, ..plain(code, zh, &en.join(" ")) });
            }
            _ => return Err(Wrong::new(format!("{head:?} is no stage"), "write code zh English: rule")),
        }
    }
    let last = stages.len() - 1;
    let is_right = |(place, stage): (usize, &Stage)| place == 0 || stage.when.is_empty() == (place == last);
    match last > 0 && stages.iter().enumerate().all(is_right) {
        true => Ok(stages),
        false => Err(Wrong::new("the last stage, and it alone, has no rule", "end with the stage that rows begin at")),
    }
}

/// What a register has that names no stages.
pub(super) fn only_one() -> Vec<Stage> {
    vec![plain(VOID, "已作废", "Void"), plain("kept", "已登记", "Recorded")]
}

fn plain(code: &str, zh: &str, en: &str) -> Stage {
    Stage { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned(), when: Vec::new() }
}

fn rule(text: &str, known: &Known) -> Result<StageRule, Wrong> {
    let mut rule = StageRule::default();
    for part in text.split(" and ").map(str::trim) {
        match part.strip_prefix("act ").map(str::trim) {
            Some(act) if known.acts.iter().any(|own| own == act) => rule.acts.push(act.to_owned()),
            Some(act) => return Err(Wrong::new(format!("there is no act {act:?}"), "name an act of this register")),
            None => rule.condition.clauses.push(known.clause(part)?),
        }
    }
    use super::super::condition::{Clause, Operand};
    let asks_setting = |clause: &Clause| matches!(clause, Clause::Above(_, Operand::Limit(limit, _)) | Clause::Below(_, Operand::Limit(limit, _)) if !matches!(limit, crate::field::Limit::Fixed(_)));
    match rule.condition.clauses.iter().any(asks_setting) {
        true => Err(Wrong::new("a stage asks a setting", "a stage follows from the row alone")),
        false => Ok(rule),
    }
}

fn named(text: &str, stages: &[Stage]) -> Result<Vec<String>, Wrong> {
    let name = |code: &str| stages.iter().find(|stage| stage.code == code).map(|stage| stage.code.clone());
    text.split('|')
        .map(|code| name(code.trim()).ok_or_else(|| Wrong::new(format!("there is no stage {code:?}"), "name a stage")))
        .collect()
}

/// `FIELD [+ SPAN] [while STAGE|STAGE]` or `at HH:MM of day [while ...]`.
pub(super) fn due(text: &str, known: &Known, stages: &[Stage]) -> Result<DueRule, Wrong> {
    let fail = || {
        Wrong::new(format!("{text:?} is no due time"), "write FIELD, FIELD + 1h or at 20:00 of day, and while STAGE")
    };
    let (from, while_at) = text.split_once(" while ").map_or((text, None), |(from, at)| (from.trim(), Some(at)));
    let from = match from.split_whitespace().collect::<Vec<_>>()[..] {
        ["at", time, "of", "day"] => {
            let time = parse_time(time).ok_or_else(fail)?;
            DueFrom::TimeOfDay(time.num_seconds_from_midnight() / 60)
        }
        [field] => DueFrom::Field(known.field_of(field, &["DATE", "INSTANT"])?, 0),
        [field, "+", by] => DueFrom::Field(known.field_of(field, &["DATE", "INSTANT"])?, span(by).ok_or_else(fail)?),
        _ => return Err(fail()),
    };
    Ok(DueRule { from, stages: while_at.map_or(Ok(Vec::new()), |at| named(at, stages))? })
}

/// `FIELD [while STAGE|STAGE]`.
pub(super) fn assignee(text: &str, known: &Known, stages: &[Stage]) -> Result<AssigneeRule, Wrong> {
    let (field, while_at) = text.split_once(" while ").map_or((text, None), |(field, at)| (field.trim(), Some(at)));
    let field = known.field_of(field, &["PERSON"])?;
    Ok(AssigneeRule { field, stages: while_at.map_or(Ok(Vec::new()), |at| named(at, stages))? })
}

/// `each DAY [per WORD] [for ROLE|ROLE][: CONDITION]` or `one per [STAGE] KIND [by SPAN]`, joined by `;`.
pub(super) fn expects(text: &str, known: &Known) -> Result<Vec<Expect>, Wrong> {
    text.split(';').map(|part| expect(part.trim(), known)).collect()
}

fn expect(text: &str, known: &Known) -> Result<Expect, Wrong> {
    let fail = || {
        let write = "write each day|school_day|week|month|meal [per WORD] [for ROLE|ROLE][: CONDITION], each STAGE of KIND \
                     [per FIELD], or one per [STAGE] KIND [by SPAN]";
        Wrong::new(format!("{text:?} expects nothing"), write)
    };
    let (head, only) = text.split_once(':').map_or((text, None), |(head, only)| (head.trim(), Some(only)));
    let only = only.map_or_else(|| Ok(Condition::default()), |only| known.condition(only.trim()))?;
    let (head, roles) = head.split_once(" for ").map_or((head, None), |(head, roles)| (head, Some(roles)));
    let roles = roles.map_or_else(|| Ok(Vec::new()), self::roles)?;
    let row = |kind: &str, stage: Option<&str>, by: Option<i64>| Each::Row {
        kind: kind.to_owned(),
        stage: stage.map(str::to_owned),
        by,
    };
    let (each, per) = match head.split_whitespace().collect::<Vec<_>>()[..] {
        ["each", what] => (each(what).ok_or_else(fail)?, None),
        ["each", what, "per", per] => (each(what).ok_or_else(fail)?, Some(per)),
        ["each", _, "of", kind] => (row(kind, None, None), None),
        ["each", _, "of", kind, "per", per] => (row(kind, None, None), Some(per)),
        ["one", "per", kind] => (row(kind, None, None), None),
        ["one", "per", kind, "by", by] => (row(kind, None, Some(span(by).ok_or_else(fail)?)), None),
        ["one", "per", stage, kind] => (row(kind, Some(stage), None), None),
        ["one", "per", stage, kind, "by", by] => (row(kind, Some(stage), Some(span(by).ok_or_else(fail)?)), None),
        _ => return Err(fail()),
    };
    Ok(Expect { each, per: per.map(str::to_owned), roles, only })
}

fn roles(text: &str) -> Result<Vec<Role>, Wrong> {
    let role = |word: &str| {
        let wrong = |_| Wrong::new(format!("{word:?} is no role"), "write codes of roles, such as cook|carer");
        word.parse::<Role>().map_err(wrong)
    };
    text.split('|').map(|word| role(word.trim())).collect()
}

fn each(what: &str) -> Option<Each> {
    match what {
        "day" => Some(Each::Day),
        "school_day" => Some(Each::SchoolDay),
        "week" => Some(Each::Week),
        "month" => Some(Each::Month),
        "meal" => Some(Each::Meal),
        _ => None,
    }
}

/// `name: 餐具 = tableware ; 毛巾, 口杯 = towels`.
pub(super) fn group(text: &str, known: &Known) -> Result<Group, Wrong> {
    let fail = || Wrong::new("the table groups nothing", "write name: OPTION, OPTION = word ; OPTION = word");
    let (name, pairs) = text.split_once(':').ok_or_else(fail)?;
    let mut words = Vec::new();
    for pair in pairs.split(';') {
        let (options, word) = pair.split_once('=').ok_or_else(fail)?;
        let word = word.trim().to_owned();
        words.extend(options.split(',').map(|option| (option.trim().to_owned(), word.clone())));
    }
    let options: Vec<&str> = words.iter().map(|(option, _)| option.as_str()).collect();
    let of = known.choice_with(&options)?;
    match is_name(name.trim()) {
        true => Ok(Group { name: name.trim().to_owned(), of, words }),
        false => Err(fail()),
    }
}
