//! What left the program: who took out which paper, and what for. A file cannot be called back, but it can be known.

use domain::register::register;
use domain::time::Shift;
use replica::{Save, new_uuid_v7};
use serde_json::{Value, json};

use crate::app::App;
use crate::campus::Campus;
use crate::document::field;
use crate::entry::{form, scopes};
use crate::envelope;
use crate::error::CommandError;
use crate::exports::Leaving;

/// The register that holds it.
const KIND: &str = "disclosure";
/// So many characters of a title are kept.
const MOST_OF_A_TITLE: usize = 120;

/// How something left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As a file.
    File,
    /// On paper, as far as anybody can know: a browser asks its printer and does not say what became of it.
    Print,
    /// As a text for a chat.
    Text,
}

impl Way {
    /// The option of the register.
    fn option(self) -> &'static str {
        match self {
            Self::File => "导出",
            Self::Print => "打印（可能取消）",
            Self::Text => "文字",
        }
    }
}

/// Writes down that something leaves; `purpose` is said where nothing in it is masked.
///
/// # Errors
/// When it cannot be written; then it does not leave.
pub(crate) fn write(
    app: &App,
    campus: &Campus,
    leaving: &Leaving,
    way: Way,
    purpose: Option<&str>,
) -> Result<(), CommandError> {
    let register =
        register(KIND).ok_or_else(|| CommandError::internal(&"there is no register of what was taken out"))?;
    let time = app.time();
    let by = app.by();
    let title: String = leaving.title.chars().take(MOST_OF_A_TITLE).collect();
    let values = json!({
        "at": time.now,
        "sheet": leaving.code,
        "title": title,
        "period": leaving.period,
        "how": way.option(),
        "rows": leaving.rows,
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
