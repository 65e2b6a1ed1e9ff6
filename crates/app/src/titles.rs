//! What people call records, fields and values.

use domain::decimal::unit_en;
use domain::template::{AnswerType, Item, built_in_item};
use serde_json::Value;

use crate::document::{Document, text};
use crate::names::Names;

/// What people call something, in the languages of the screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// As the school writes it.
    pub(crate) zh: String,
    /// In English; none where that is the same, as for everything that people write themselves.
    pub(crate) en: Option<String>,
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese, the first.
    Zh,
    /// English.
    En,
}

impl Language {
    fn of(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// What people call a record.
pub(crate) fn title(names: &Names<'_>, kind: &str, document: &Document) -> Title {
    const FIELDS: [&str; 8] = ["name", "title", "description", "item_name", "dish_name", "topic", "text", "reason"];
    if kind == "inspection" {
        let reference = text(document, "template").unwrap_or_default();
        let template = names.template(reference);
        let subject = text(document, "subject").map(|it| names.name(it).unwrap_or_else(|| it.to_owned()));
        let about = |title: &str| [title].into_iter().chain(subject.as_deref()).collect::<Vec<_>>().join(" · ");
        return Title {
            zh: about(template.as_deref().map_or(reference, |template| &template.title)),
            en: template.as_deref().map(|template| about(&template.title_en)),
        };
    }
    if kind == "patrol_run" {
        return round(names, document);
    }
    match FIELDS.iter().find_map(|name| text(document, name)) {
        Some(named) => {
            Title { zh: named.to_owned(), en: if kind == "finding" { description_en(document) } else { None } }
        }
        None => of_kind(kind),
    }
}

/// What people call a kind of records.
pub(crate) fn of_kind(kind: &str) -> Title {
    let kind = domain::kind::kind(kind);
    Title { zh: kind.zh.to_owned(), en: Some(kind.en.to_owned()) }
}

/// What people call a walk: by its route, where who works may know that.
fn round(names: &Names<'_>, document: &Document) -> Title {
    let kind = domain::kind::kind("patrol_run");
    let route = text(document, "route").and_then(|route| names.document("route", route)).unwrap_or_default();
    let Some(name) = text(&route, "name") else { return of_kind(kind.name) };
    let name_en = text(&route, "name_en").unwrap_or(name);
    Title { zh: format!("{} · {name}", kind.zh), en: Some(format!("{} · {name_en}", kind.en)) }
}

/// The description of a finding that follows from an item, with the item's words in English.
pub(crate) fn description_en(finding: &Document) -> Option<String> {
    let item = built_in_item(text(finding, "item")?)?;
    domain::finding::description_en(item, text(finding, "description")?)
}

/// What people call a field: the item's words for an answer, a word for the common ones, else its name.
pub(crate) fn field_label(field: &str, language: Language) -> String {
    let parts: Vec<&str> = field.split('/').collect();
    if let Some(at) = parts.iter().position(|part| *part == "answers")
        && let [code, part, ..] = parts[at + 1..]
    {
        let item = built_in_item(code).map_or(String::new(), |item| format!(" {}", item_text(item, language)));
        return format!("{code}{item} · {}", word(part, language));
    }
    if field == causal::DELETED_FIELD {
        return language.of("删除", "Deletion").to_owned();
    }
    word(parts[0], language).to_owned()
}

fn item_text(item: &Item, language: Language) -> &str {
    match (&item.english, language) {
        (Some(english), Language::En) => &english.text,
        _ => &item.text,
    }
}

fn word(name: &str, language: Language) -> &str {
    const WORDS: &[(&str, &str, &str)] = &[
        ("active", "在用", "In use"),
        ("area", "地点", "Place"),
        ("business_date", "业务日", "Day"),
        ("category", "类别", "Category"),
        ("checkpoint", "巡查点", "Checkpoint"),
        ("corrections", "更正", "Correction"),
        ("created", "建立", "Begun"),
        ("description", "描述", "Description"),
        ("due", "时限", "Due"),
        ("found_at", "发现时间", "Found at"),
        ("found_by", "发现人", "Found by"),
        ("how", "方式", "How"),
        ("mode", "方式", "How"),
        ("name", "名称", "Name"),
        ("note", "说明", "Note"),
        ("old", "停用", "No longer used"),
        ("outcome", "结果", "Outcome"),
        ("occurred_at", "发生时间", "Happened at"),
        ("people", "参加", "People"),
        ("photos", "照片", "Photos"),
        ("reason", "原因", "Reason"),
        ("recorded_at", "记录时间", "Recorded at"),
        ("result", "结果", "Result"),
        ("severity", "等级", "Grade"),
        ("sig", "签名", "Signature"),
        ("subject", "对象", "About"),
        ("steps", "步骤", "Steps"),
        ("submits", "提交", "Submitted"),
        ("template", "检查表", "Checklist"),
        ("title", "标题", "Title"),
        ("void", "作废", "Void"),
        ("words", "说明", "Words"),
    ];
    WORDS.iter().find(|(known, ..)| *known == name).map_or(name, |(_, zh, en)| language.of(zh, en))
}

/// A value in plain words.
pub(crate) fn value_text(field: &str, value: &Value, language: Language) -> String {
    match value {
        Value::Null if field == causal::DELETED_FIELD => language.of("保留", "Kept").to_owned(),
        _ if field == causal::DELETED_FIELD => language.of("删除", "Deleted").to_owned(),
        Value::Null => "—".to_owned(),
        Value::Bool(true) => language.of("是", "Yes").to_owned(),
        Value::Bool(false) => language.of("否", "No").to_owned(),
        Value::String(text) if field.ends_with("/result") => match text.as_str() {
            "pass" => language.of("合格", "Pass").to_owned(),
            "fail" => language.of("不合格", "Fail").to_owned(),
            "na" => language.of("不适用", "Not applicable").to_owned(),
            other => other.to_owned(),
        },
        Value::String(text) => text.clone(),
        Value::Array(readings) if readings.iter().all(|reading| reading.get("v").is_some()) => {
            joined(readings.iter().map(|it| reading_text(it, "", language)), language)
        }
        // What a mask has left.
        other => match other.get("masked").and(other.get("shown")).and_then(Value::as_str) {
            Some(shown) => shown.to_owned(),
            None => other.to_string(),
        },
    }
}

fn joined(parts: impl Iterator<Item = String>, language: Language) -> String {
    parts.collect::<Vec<_>>().join(language.of("、", ", "))
}

/// An answer in plain words, with the unit of its item.
pub(crate) fn answer_text(item: Option<&Item>, result: &Value, language: Language) -> String {
    let readings = result.as_array().filter(|list| !list.is_empty() && list.iter().all(|it| it.get("v").is_some()));
    let unit = item.and_then(unit_of).filter(|_| readings.is_some());
    let unit = unit.map(|unit| if language == Language::En { unit_en(unit) } else { unit });
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    match (item.map(|item| &item.answer), result) {
        (Some(AnswerType::Signature), Value::Object(_) | Value::Array(_)) => language.of("已签名", "Signed").to_owned(),
        (Some(AnswerType::Score), Value::Number(points)) => format!("{points} {}", language.of("分", "points")),
        (Some(AnswerType::Assets), Value::Array(lines)) => format!("{} {}", lines.len(), language.of("行", "lines")),
        (Some(AnswerType::Choice(_)), Value::String(option)) if option != "na" => {
            item.map_or(option.as_str(), |item| option_text(item, option, language)).to_owned()
        }
        _ => match readings {
            Some(readings) => joined(readings.iter().map(|it| reading_text(it, &unit, language)), language),
            None => value_text("/result", result, language),
        },
    }
}

fn option_text<'a>(item: &'a Item, option: &'a str, language: Language) -> &'a str {
    let english = item.english.as_ref().filter(|_| language == Language::En);
    let at = item.options().iter().position(|known| known == option);
    english.zip(at).and_then(|(english, at)| english.options.get(at)).map_or(option, String::as_str)
}

/// The unit in which an item is measured; none where it names none of its own.
pub(crate) fn unit_of(item: &Item) -> Option<&str> {
    let unit = item.answer.measure()?.unit.as_str();
    (!matches!(unit, "by-method" | "按单位")).then_some(unit)
}

fn reading_text(reading: &Value, unit: &str, language: Language) -> String {
    let part = |name: &str| match reading.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let retest = if reading.get("retest") == Some(&Value::Bool(true)) {
        language.of("（复测）", " (measured again)")
    } else {
        ""
    };
    format!("{} {}{unit}{retest}", part("of"), part("v")).trim().to_owned()
}
