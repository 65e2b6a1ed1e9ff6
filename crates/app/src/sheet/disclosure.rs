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
    let register =
        register(KIND).ok_or_else(|| CommandError::internal(&"there is no register of what was taken out"))?;
    let time = app.time();
    let by = app.by();
    let period = sheet.source.days.map_or_else(|| "全部".to_owned(), |(from, to)| format!("{from} ~ {to}"));
    let place = sheet.source.place.as_deref().map(|place| format!("（{place}）")).unwrap_or_default();
    let title: String = format!("{}{place}", sheet.title).chars().take(120).collect();
    let values = json!({
        "at": time.now,
        "sheet": sheet.code,
        "title": title,
        "period": period,
        "how": if way == Way::File { "导出" } else { "打印" },
        "rows": sheet.rows.len(),
        "full": purpose.is_some(),
        "by": by.as_deref(),
        "purpose": purpose,
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
