//! The small languages inside an item line: answer types, limits and rules.

use super::error::TemplateProblem as Problem;
use super::{AnswerType, Bound, CampusKind, ItemRules, Measure, MethodTable, PhotoRule};
use crate::decimal::Decimal;
use crate::severity::Category;

/// An answer type with its photo rule, such as `PF+P!` or `TEMP[℃,70@food.core_c,]`.
pub(super) fn answer_type(text: &str) -> Result<(AnswerType, PhotoRule), Problem> {
    let (kind, photo) = match (text.strip_suffix("+P!"), text.strip_suffix("+P")) {
        (Some(kind), _) => (kind, PhotoRule::WhenFailed),
        (_, Some(kind)) => (kind, PhotoRule::Always),
        _ => (text, PhotoRule::Optional),
    };
    let unknown = || Problem::AnswerType(text.to_owned());
    let answer = match kind {
        "PF" => AnswerType::PassFail,
        "SC" => AnswerType::Score,
        "TIME" => AnswerType::Time,
        "TXT" => AnswerType::Text,
        "SIG" => AnswerType::Signature,
        "ASSET" => AnswerType::Assets,
        _ => {
            let (name, arguments) = kind.strip_suffix(']').and_then(|kind| kind.split_once('[')).ok_or_else(unknown)?;
            match name {
                "NUM" => AnswerType::Number(measure(arguments)?),
                "TEMP" => AnswerType::Temperature(measure(arguments)?),
                "CH" => AnswerType::Choice(options(arguments)?),
                _ => return Err(unknown()),
            }
        }
    };
    Ok((answer, photo))
}

fn options(text: &str) -> Result<Vec<String>, Problem> {
    let options: Vec<String> = text.split('/').map(|option| option.trim().to_owned()).collect();
    let is_distinct = options.iter().enumerate().all(|(n, option)| !options[..n].contains(option));
    if options.len() < 2 || options.iter().any(String::is_empty) || !is_distinct {
        return Err(Problem::Options(text.to_owned()));
    }
    Ok(options)
}

fn measure(text: &str) -> Result<Measure, Problem> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let [unit, min, max] = parts[..] else { return Err(Problem::Limits(text.to_owned())) };
    if unit.is_empty() {
        return Err(Problem::Limits(text.to_owned()));
    }
    let measure = Measure { unit: unit.to_owned(), min: bound(min)?, max: bound(max)? };
    if let (Some(min), Some(max)) = (printed(&measure.min), printed(&measure.max))
        && min > max
    {
        return Err(Problem::Limits(text.to_owned()));
    }
    Ok(measure)
}

fn printed(bound: &Bound) -> Option<Decimal> {
    match bound {
        Bound::Fixed(number) => Some(*number),
        Bound::Setting { printed, .. } => *printed,
        Bound::None | Bound::Previous => None,
    }
}

fn bound(text: &str) -> Result<Bound, Problem> {
    let number = |digits: &str| Decimal::from_str_exact(digits).map_err(|_| Problem::Limits(text.to_owned()));
    match text.split_once('@') {
        None if text.is_empty() => Ok(Bound::None),
        None => number(text).map(Bound::Fixed),
        Some(("", "previous")) => Ok(Bound::Previous),
        Some((_, "")) => Err(Problem::Limits(text.to_owned())),
        Some((digits, key)) => {
            let printed = if digits.is_empty() { None } else { Some(number(digits)?) };
            if crate::setting::find(key).is_none() {
                return Err(Problem::UnknownSetting(key.to_owned()));
            }
            Ok(Bound::Setting { key: key.to_owned(), printed })
        }
    }
}

/// So many values of one item fit a screen; a form that needs more asks for them by and by.
const MOST_READINGS: u32 = 9;

fn readings(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count| (1..=MOST_READINGS).contains(count))
}

/// The last column: rules separated by `;`, and the category where it differs from the template's.
pub(super) fn rules(text: &str) -> Result<(ItemRules, Option<Category>), Problem> {
    let mut rules = ItemRules::default();
    let mut category = None;
    for rule in text.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        let unknown = || Problem::Rule(rule.to_owned());
        let (name, argument) = rule.split_once(' ').unwrap_or((rule, ""));
        match (name, argument) {
            ("zero_form", "") => rules.zeroes_form = true,
            ("daily", "") => rules.is_daily = true,
            ("weekly", "") => rules.is_weekly = true,
            ("alike", "") => rules.must_agree = true,
            ("equals", code) if !code.is_empty() => rules.equals = Some(code.to_owned()),
            ("gate", option) if !option.is_empty() => rules.gate = Some(option.to_owned()),
            ("explain", options) if !options.is_empty() => {
                rules.explain = options.split('/').map(str::to_owned).collect();
            }
            ("passes", options) if !options.is_empty() => {
                rules.passes = options.split('/').map(str::to_owned).collect();
            }
            ("only", kind) => rules.only = Some(CampusKind::from_code(kind).ok_or_else(unknown)?),
            ("method", "tableware") => rules.method = Some(MethodTable::Tableware),
            ("method", "towels") => rules.method = Some(MethodTable::Towels),
            ("ask", count) => rules.readings = Some(readings(count).ok_or_else(unknown)?),
            ("nothing", words) if !words.is_empty() => rules.nothing = Some(words.to_owned()),
            ("lines", things) if !things.is_empty() => rules.lines = options(things)?,
            ("signers", count) if !count.is_empty() => rules.signers = Some(bound(count)?),
            ("category", code) => category = Some(code.parse().map_err(|_| unknown())?),
            _ => return Err(unknown()),
        }
    }
    Ok((rules, category))
}
