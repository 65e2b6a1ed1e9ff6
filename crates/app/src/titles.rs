//! What people call records, fields and values.

use causal::RecordId;
use domain::template::{AnswerType, Item, built_in_item};
use serde_json::Value;

use crate::app::App;
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::names::Names;

/// What people call a record.
pub(crate) fn title(names: &Names<'_>, kind: &str, document: &Document) -> String {
    const FIELDS: [&str; 8] = ["name", "title", "description", "item_name", "dish_name", "topic", "text", "reason"];
    if kind == "inspection" {
        let reference = text(document, "template").unwrap_or_default();
        let title = names.template(reference).map_or_else(|| reference.to_owned(), |template| template.title.clone());
        let subject =
            text(document, "subject").map(|subject| names.name(subject).unwrap_or_else(|| subject.to_owned()));
        return [Some(title), subject].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    }
    let named = FIELDS.iter().find_map(|name| text(document, name));
    named.map_or_else(|| domain::kind::kind(kind).zh.to_owned(), str::to_owned)
}

/// What people call a record by its id; its kind where it is not here.
pub(crate) fn of_record(app: &App, names: &Names<'_>, id: RecordId, kind: &str) -> Result<String, CommandError> {
    let found = app.store().find_one(id)?;
    Ok(found.map_or_else(|| domain::kind::kind(kind).zh.to_owned(), |found| title(names, &found.kind, &found.doc)))
}

/// What people call a field: the item's words for an answer, a Chinese word for the common ones, else its name.
pub(crate) fn field_label(field: &str) -> String {
    let parts: Vec<&str> = field.split('/').collect();
    if let Some(at) = parts.iter().position(|part| *part == "answers")
        && let [code, part, ..] = parts[at + 1..]
    {
        let item = built_in_item(code).map_or(String::new(), |item| format!(" {}", item.text));
        return format!("{code}{item} · {}", word(part));
    }
    if field == causal::DELETED_FIELD {
        return "删除".to_owned();
    }
    word(parts[0]).to_owned()
}

fn word(name: &str) -> &str {
    const WORDS: &[(&str, &str)] = &[
        ("active", "在用"),
        ("area", "地点"),
        ("business_date", "业务日"),
        ("category", "类别"),
        ("corrections", "更正"),
        ("created", "建立"),
        ("description", "描述"),
        ("due", "时限"),
        ("found_at", "发现时间"),
        ("found_by", "发现人"),
        ("how", "方式"),
        ("mode", "方式"),
        ("name", "名称"),
        ("note", "说明"),
        ("occurred_at", "发生时间"),
        ("people", "参加"),
        ("photos", "照片"),
        ("reason", "原因"),
        ("recorded_at", "记录时间"),
        ("result", "结果"),
        ("severity", "等级"),
        ("subject", "对象"),
        ("steps", "步骤"),
        ("submits", "提交"),
        ("template", "检查表"),
        ("title", "标题"),
        ("void", "作废"),
    ];
    WORDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, word)| word)
}

/// A value in plain words.
pub(crate) fn value_text(field: &str, value: &Value) -> String {
    match value {
        Value::Null if field == causal::DELETED_FIELD => "保留".to_owned(),
        _ if field == causal::DELETED_FIELD => "删除".to_owned(),
        Value::Null => "—".to_owned(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::String(text) if field.ends_with("/result") => match text.as_str() {
            "pass" => "合格".to_owned(),
            "fail" => "不合格".to_owned(),
            "na" => "不适用".to_owned(),
            other => other.to_owned(),
        },
        Value::String(text) => text.clone(),
        Value::Array(readings) if readings.iter().all(|reading| reading.get("v").is_some()) => {
            readings.iter().map(|it| reading_text(it, "")).collect::<Vec<_>>().join("、")
        }
        other => other.to_string(),
    }
}

/// An answer in plain words, with the unit of its item.
pub(crate) fn answer_text(item: Option<&Item>, result: &Value) -> String {
    let readings = result.as_array().filter(|list| !list.is_empty() && list.iter().all(|it| it.get("v").is_some()));
    let unit = item.and_then(unit_of).filter(|_| readings.is_some()).map(|unit| format!(" {unit}")).unwrap_or_default();
    match (item.map(|item| &item.answer), result) {
        (Some(AnswerType::Signature), Value::Object(_) | Value::Array(_)) => "已签名".to_owned(),
        (Some(AnswerType::Score), Value::Number(points)) => format!("{points} 分"),
        (Some(AnswerType::Assets), Value::Array(lines)) => format!("{} 行", lines.len()),
        _ => match readings {
            Some(readings) => readings.iter().map(|it| reading_text(it, &unit)).collect::<Vec<_>>().join("、"),
            None => value_text("/result", result),
        },
    }
}

/// The unit in which an item is measured; none where it names none of its own.
pub(crate) fn unit_of(item: &Item) -> Option<&str> {
    let unit = item.answer.measure()?.unit.as_str();
    (!matches!(unit, "by-method" | "按单位")).then_some(unit)
}

fn reading_text(reading: &Value, unit: &str) -> String {
    let part = |name: &str| match reading.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let retest = if reading.get("retest") == Some(&Value::Bool(true)) { "（复测）" } else { "" };
    format!("{} {}{unit}{retest}", part("of"), part("v")).trim().to_owned()
}
