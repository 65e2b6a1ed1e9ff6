//! Reads the text form of a template.
//!
//! A file has head lines `name | value`, the English of headings in lines `section | 中文 | English`, then item lines of eight or
//! nine columns; a line `en | text | criterion | options` below an item has its English.
//! Lines that begin with `#` and empty lines say nothing.

use std::collections::BTreeMap;

use super::error::{TemplateError, TemplateProblem as Problem};
use super::line::{answer_type, rules};
use super::{AnswerType, Award, Cadence, CampusKind, English, Item, PassRule, Template};
use crate::role::Role;
use crate::severity::Category;

const HEADS: [&str; 15] = [
    "code",
    "version",
    "title",
    "title_en",
    "campus",
    "cadence",
    "frequency",
    "frequency_en",
    "performers",
    "reviewers",
    "subject",
    "pass",
    "award",
    "ranked",
    "category",
];
const BASIS: &str = "basis";

type Head<'a> = BTreeMap<&'a str, (usize, &'a str)>;

/// What begins a line with the English of a heading, and of the item above.
const SECTION: &str = "section";
const ENGLISH: &str = "en";

/// The lines of a template, by what they say.
#[derive(Default)]
struct Lines<'a> {
    head: Head<'a>,
    sections: Vec<(usize, &'a str, &'a str)>,
    items: Vec<ItemLines<'a>>,
}

/// An item line, and the English line below it.
struct ItemLines<'a> {
    line: usize,
    columns: Vec<&'a str>,
    english: Option<(usize, Vec<&'a str>)>,
}

impl<'a> Lines<'a> {
    fn add(&mut self, line: usize, columns: Vec<&'a str>) -> Result<(), Problem> {
        match columns[..] {
            [ENGLISH, text, ..] if columns.len() <= 4 => {
                let item = self.items.last_mut().filter(|item| item.english.is_none());
                item.ok_or_else(|| Problem::English(text.to_owned()))?.english = Some((line, columns));
            }
            [SECTION, zh, en] => {
                if en.is_empty() || !self.items.is_empty() || self.sections.iter().any(|(_, known, _)| *known == zh) {
                    return Err(Problem::English(zh.to_owned()));
                }
                self.sections.push((line, zh, en));
            }
            [name, value] => {
                let is_known = HEADS.contains(&name) || name == BASIS;
                if !is_known || !self.items.is_empty() || self.head.insert(name, (line, value)).is_some() {
                    return Err(Problem::Head(name.to_owned()));
                }
            }
            _ if matches!(columns.len(), 8 | 9) => self.items.push(ItemLines { line, columns, english: None }),
            _ => return Err(Problem::Columns(columns.len())),
        }
        Ok(())
    }
}

/// Reads a template from its text.
///
/// # Errors
/// The first [`TemplateError`] from the top. No text makes it panic.
///
/// # Example
/// ```
/// use domain::template::parse_template;
/// let error = parse_template("mine.txt", "code | C01\nC01.01 | 环境 | 地面清洁").expect_err("two broken lines");
/// assert_eq!(error.to_string(), "mine.txt:2: an item has 8 or 9 columns, this line has 3");
/// ```
pub fn parse_template(file: &str, text: &str) -> Result<Template, TemplateError> {
    let at = |line: usize| move |problem| TemplateError { file: file.to_owned(), line, problem };
    let mut lines = Lines::default();
    for (index, raw) in text.lines().enumerate() {
        let content = raw.trim().trim_start_matches('\u{feff}');
        if !content.is_empty() && !content.starts_with('#') {
            lines.add(index + 1, content.split('|').map(str::trim).collect()).map_err(at(index + 1))?;
        }
    }
    let mut template = read_head(&lines.head).map_err(|(line, problem)| at(line)(problem))?;
    if lines.items.is_empty() {
        return Err(at(0)(Problem::NoItems));
    }
    for (index, ItemLines { line, columns, english }) in lines.items.iter().enumerate() {
        let expected = expected_code(&template, index + 1, columns[0]);
        let mut item = read_item(columns, &expected, template.category).map_err(at(*line))?;
        if let Some((line, columns)) = english {
            item.english = Some(read_english(columns, &item).map_err(at(*line))?);
        }
        template.items.push(item);
    }
    for (item, ItemLines { line, .. }) in template.items.iter().zip(&lines.items) {
        check_targets(item, &template).map_err(at(*line))?;
    }
    for (line, zh, en) in &lines.sections {
        if !template.sections().contains(zh) {
            return Err(at(*line)(Problem::English((*zh).to_owned())));
        }
        template.sections_en.insert((*zh).to_owned(), (*en).to_owned());
    }
    Ok(template)
}

fn read_head(head: &Head<'_>) -> Result<Template, (usize, Problem)> {
    let optional = |name: &'static str| head.get(name).copied();
    let required = |name: &'static str| optional(name).ok_or((0, Problem::MissingHead(name)));
    let wrong =
        |name: &'static str, (line, value): (usize, &str)| (line, Problem::HeadValue { name, value: value.to_owned() });
    let text = |name: &'static str| {
        let (line, value) = required(name)?;
        if value.is_empty() { Err((line, Problem::EmptyText(name))) } else { Ok(value.to_owned()) }
    };
    let roles = |name: &'static str| {
        let found = required(name)?;
        let names = found.1.split(',').map(str::trim).filter(|role| !role.is_empty());
        names.map(|role| role.parse::<Role>().map_err(|_| wrong(name, found))).collect::<Result<Vec<_>, _>>()
    };

    let code = required("code")?;
    if !is_template_code(code.1) {
        return Err(wrong("code", code));
    }
    let version = required("version")?;
    let campus = required("campus")?;
    let cadence = required("cadence")?;
    let pass = required("pass")?;
    let category = required("category")?;
    let award = optional("award").map(|found| read_award(found.1).ok_or_else(|| wrong("award", found))).transpose()?;
    let is_ranked = match optional("ranked") {
        None => false,
        Some((_, "yes")) => true,
        Some(found) => return Err(wrong("ranked", found)),
    };
    Ok(Template {
        code: code.1.to_owned(),
        version: version.1.parse().ok().filter(|n| *n > 0).ok_or_else(|| wrong("version", version))?,
        title: text("title")?,
        title_en: text("title_en")?,
        campus: match campus.1 {
            "both" => None,
            kind => Some(CampusKind::from_code(kind).ok_or_else(|| wrong("campus", campus))?),
        },
        cadence: Cadence::from_code(cadence.1).ok_or_else(|| wrong("cadence", cadence))?,
        frequency: text("frequency")?,
        frequency_en: optional("frequency_en").map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty()),
        performers: roles("performers")?,
        reviewers: roles("reviewers")?,
        subject: text("subject")?,
        pass: read_pass(pass.1).ok_or_else(|| wrong("pass", pass))?,
        award,
        is_ranked,
        category: category.1.parse().map_err(|_| wrong("category", category))?,
        basis: optional(BASIS).map_or("", |(_, value)| value).to_owned(),
        sections_en: BTreeMap::new(),
        items: Vec::new(),
    })
}

/// The code that an item must have: in a first edition the next one, in a later one any that is not taken, since what was taken
/// out leaves a hole, and what came in stands where it belongs.
fn expected_code(template: &Template, number: usize, found: &str) -> String {
    let digits = found.strip_prefix(&template.code).and_then(|rest| rest.strip_prefix('.'));
    let is_code = digits.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()));
    if template.version > 1 && is_code && template.item(found).is_none() {
        return found.to_owned();
    }
    format!("{}.{number:02}", template.code)
}

fn is_template_code(code: &str) -> bool {
    let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    (1..=3).contains(&letters) && (2..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn read_pass(text: &str) -> Option<PassRule> {
    match text.split_once(' ').unwrap_or((text, "")) {
        ("at_least", percent) => read_percent(percent).map(PassRule::AtLeast),
        ("all", "") => Some(PassRule::All),
        ("red_line", consequence) if !consequence.is_empty() => {
            Some(PassRule::RedLine { consequence: consequence.to_owned() })
        }
        ("score_and_remarks", "") => Some(PassRule::ScoreAndRemarks),
        ("recorded", "") => Some(PassRule::Recorded),
        _ => None,
    }
}

fn read_award(text: &str) -> Option<Award> {
    let (percent, title) = text.split_once(' ')?;
    Some(Award { percent: read_percent(percent)?, title: title.to_owned() })
}

fn read_percent(text: &str) -> Option<u32> {
    text.parse().ok().filter(|percent| (1..=100).contains(percent))
}

fn read_item(columns: &[&str], expected: &str, category: Category) -> Result<Item, Problem> {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let filled = |index: usize, name| {
        if column(index).is_empty() { Err(Problem::EmptyText(name)) } else { Ok(column(index).to_owned()) }
    };
    if column(0) != expected {
        return Err(Problem::ItemCode { found: column(0).to_owned(), expected: expected.to_owned() });
    }
    let (answer, photo) = answer_type(column(3))?;
    let max = match column(4) {
        "-" => None,
        points => Some(read_percent(points).ok_or_else(|| Problem::Points(points.to_owned()))?),
    };
    if answer == AnswerType::Score && max.is_none() {
        return Err(Problem::ScoreWithoutPoints);
    }
    let severity = match column(6) {
        "-" => None,
        grade => Some(grade.parse().map_err(|_| Problem::Severity(grade.to_owned()))?),
    };
    let due = match column(7) {
        "-" => None,
        code => Some(code.parse().map_err(|_| Problem::Due(code.to_owned()))?),
    };
    if severity.is_some() != due.is_some() {
        return Err(Problem::SeverityWithoutDue);
    }
    let (rules, own_category) = rules(column(8))?;
    Ok(Item {
        code: expected.to_owned(),
        section: filled(1, "section")?,
        text: filled(2, "text")?,
        answer,
        photo,
        max,
        criterion: column(5).to_owned(),
        severity,
        due,
        category: own_category.unwrap_or(category),
        rules,
        english: None,
    })
}

/// The English line below an item; options are in the order of the item's own.
fn read_english(columns: &[&str], item: &Item) -> Result<English, Problem> {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let options: Vec<String> = match column(3) {
        "" => Vec::new(),
        options => options.split('/').map(|option| option.trim().to_owned()).collect(),
    };
    let fits = options.is_empty() || options.len() == item.options().len();
    if column(1).is_empty() || options.iter().any(String::is_empty) || !fits {
        return Err(Problem::English(item.code.clone()));
    }
    Ok(English { text: column(1).to_owned(), criterion: column(2).to_owned(), options })
}

/// Rules may name other items and options; those must exist.
fn check_targets(item: &Item, template: &Template) -> Result<(), Problem> {
    let missing = |name: &str| Err(Problem::RuleTarget(name.to_owned()));
    if let Some(other) = &item.rules.equals
        && (other == &item.code || template.item(other).is_none_or(|other| !other.is_measured()))
    {
        return missing(other);
    }
    let options = item.options();
    let named = item.rules.gate.iter().chain(&item.rules.explain).chain(&item.rules.passes);
    if let Some(option) = named.into_iter().find(|option| !options.contains(option)) {
        return missing(option);
    }
    if item.rules.method.is_some() && options.is_empty() {
        return missing("method");
    }
    for (is_set, fits, rule) in [
        (item.rules.readings.is_some(), item.is_measured(), "ask"),
        (item.rules.nothing.is_some(), item.answer == AnswerType::Text, "nothing"),
        (!item.rules.lines.is_empty(), item.answer == AnswerType::Assets, "lines"),
    ] {
        if is_set && !fits {
            return missing(rule);
        }
    }
    if item.needs_method() && template.method_item().is_none() {
        return missing(crate::setting::METHODS);
    }
    Ok(())
}
