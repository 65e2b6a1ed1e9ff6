//! What left the program: who took out which paper, and what for. A file cannot be called back, but it can be known.

use domain::register::register;
use domain::sheet::Sheet;
use domain::time::Shift;
use replica::{Save, new_uuid_v7};
use serde_json::{Value, json};

use crate::app::App;
use crate::campus::Campus;
use crate::document::field;
use crate::entry::{form, scopes};
use crate::envelope;
use crate::error::CommandError;

/// The register that holds it.
const KIND: &str = "disclosure";

/// How a paper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As a file.
    File,
    /// On paper.
    Print,
}

/// What leaves.
pub(crate) struct Leaving<'a> {
    /// Its code: a paper, or `about`.
    pub(crate) code: &'a str,
    /// What people call it.
    pub(crate) title: String,
    /// Of which days.
    pub(crate) period: String,
    /// How many rows it has.
    pub(crate) rows: usize,
    /// How it leaves.
    pub(crate) way: Way,
    /// What for; said where nothing in it is masked.
    pub(crate) purpose: Option<&'a str>,
}

/// Writes down that a paper leaves; `purpose` is said where nothing in it is masked.
///
/// # Errors
/// When it cannot be written; then the paper does not leave.
pub(crate) fn write(
    app: &App,
    campus: &Campus,
    sheet: &Sheet,
    way: Way,
    purpose: Option<&str>,
) -> Result<(), CommandError> {
    let place = sheet.source.place.as_deref().map(|place| format!("（{place}）")).unwrap_or_default();
    let leaving = Leaving {
        code: &sheet.code,
        title: format!("{}{place}", sheet.title),
        period: sheet.source.days.map_or_else(|| ALL_DAYS.to_owned(), |(from, to)| format!("{from} ~ {to}")),
        rows: sheet.rows.len(),
        way,
        purpose,
    };
    write_down(app, campus, &leaving)
}

/// What is of no days in particular.
pub(crate) const ALL_DAYS: &str = "全部";

/// Writes down that something leaves.
///
/// # Errors
/// When it cannot be written; then it does not leave.
pub(crate) fn write_down(app: &App, campus: &Campus, leaving: &Leaving<'_>) -> Result<(), CommandError> {
    let register =
        register(KIND).ok_or_else(|| CommandError::internal(&"there is no register of what was taken out"))?;
    let time = app.time();
    let by = app.by();
    let title: String = leaving.title.chars().take(120).collect();
    let values = json!({
        "at": time.now,
        "sheet": leaving.code,
        "title": title,
        "period": leaving.period,
        "how": if leaving.way == Way::File { "导出" } else { "打印" },
        "rows": leaving.rows,
        "full": leaving.purpose.is_some(),
        "by": by.as_deref(),
        "purpose": leaving.purpose,
    });
    let mut set = envelope::envelope(app, campus, &time, time.now, Shift::Day);
    set.push(field("form", form(register)));
    let Value::Object(values) = values else { return Ok(()) };
    set.extend(values.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| field(name, value)));
    let save = Save {
        id: Some(causal::RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy))),
        kind: KIND.to_owned(),
        scope: scopes(campus, register).first().copied(),
        set,
        by,
        ..Save::default()
    };
    envelope::save(app, save, &time)?;
    Ok(())
}
