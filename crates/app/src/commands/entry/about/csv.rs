//! Everything about somebody as a file of lines.

use domain::register::register;

use super::naming::NamingRecord;
use crate::dto::entry::EntryRow;
use crate::sheet::csv_of;

/// Everything as lines of a table: one for each field of each row, and one for each record.
///
/// The first line says of whom it is, and who took it out and when.
pub(super) fn about_csv(top: [&str; 3], rows: &[EntryRow], records: &[NamingRecord]) -> String {
    let marked = top.into_iter().chain(["含个人信息 Personal information"]);
    let mut lines = vec![marked.map(str::to_owned).collect()];
    lines.push(["登记 Register", "日期 Day", "编号 Id", "栏目 Field", "内容 Value"].map(str::to_owned).to_vec());
    for row in rows {
        let register = register(&row.kind);
        for (name, value) in &row.fields {
            let label = register.and_then(|register| register.field(name)).map_or(name, |field| &field.zh);
            let words = row.words.get(name).map(|words| words.zh.clone());
            let said = words.unwrap_or_else(|| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let called = register.map_or(&row.kind, |register| &register.zh);
            lines.push(vec![
                called.clone(),
                row.day.clone().unwrap_or_default(),
                row.id.to_string(),
                label.clone(),
                said,
            ]);
        }
    }
    for record in records {
        let day = record.day.clone().unwrap_or_default();
        let said = record.title.clone();
        lines.push(vec![record.kind_zh.to_owned(), day, record.id.to_string(), String::new(), said]);
    }
    csv_of(&lines)
}
