//! What follows from a row that breaks a limit of its register: one finding a cause, whoever saves it and however often.

use causal::RecordId;
use domain::due::due_at;
use domain::finding::FindingSource;
use domain::id::finding_id;
use domain::register::{Level, Register, Warning};
use domain::severity::Category;
use domain::time::{Shift, UtcMillis};
use replica::{Presence, Save};
use serde_json::json;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, UNNAMED, field};
use crate::error::CommandError;
use crate::finding::KIND;

/// The findings to be saved with a row whose values will be those of `document`; none for causes that have theirs.
///
/// Nothing of the row stands in them but what its register is called and what the rule says: they are read by people who do not see
/// the row.
pub(crate) fn saves(
    app: &App,
    register: &Register,
    row: RecordId,
    campus: &Campus,
    document: &Document,
) -> Result<Vec<Save>, CommandError> {
    let mut saves = Vec::new();
    let standing = domain::register::standing(&register.kind, document);
    for warning in register.judge(document, &campus.settings_on(standing.day.as_deref())) {
        let Level::Finding(severity, due) = warning.level else { continue };
        let id = RecordId(finding_id(row.0, cause(&warning)));
        if app.store().presence(id)? != Presence::Absent {
            continue;
        }
        let now = UtcMillis::from_stamp(app.now_ms());
        let by = app.by();
        let mut set = vec![
            field("source", json!(FindingSource::Report)),
            field("row", row.to_string()),
            field("row_kind", register.kind.as_str()),
            field("category", json!(Category::Other)),
            field("description", format!("{}：{}", register.zh, warning.zh)),
            field("severity", json!(severity)),
            field("found_at", json!(now)),
            field("found_by", by.as_deref().unwrap_or(UNNAMED)),
            field("corrected_on_spot", false),
            field("due", json!(due_at(due, severity, now, &campus.calendar))),
            field("created", json!({"by": by.as_deref(), "at": now})),
            field("business_date", campus.business_date(now, Shift::Day)),
        ];
        set.extend(standing.place.as_ref().map(|place| field("area", place.as_str())));
        saves.push(Save { id: Some(id), kind: KIND.to_owned(), scope: campus.id, set, by, ..Save::default() });
    }
    Ok(saves)
}

/// What the finding is of: the field whose limit is broken, or the rule.
fn cause(warning: &Warning) -> &str {
    warning.code.strip_prefix("limit/").unwrap_or(&warning.code)
}
