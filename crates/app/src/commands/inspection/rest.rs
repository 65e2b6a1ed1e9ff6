//! "The rest is fine."

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use super::fill::{FormChange, ItemEntry, check_open, save_answers};
use crate::app::App;
use crate::error::CommandError;
use crate::inspection::Inspection;

/// Arguments of `inspection.rest`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rest {
    /// The inspection.
    id: Uuid,
    /// The heading of the section.
    section: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn rest(app: &App, arguments: Rest) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    let form = inspection.form();
    if form.items().all(|item| item.section != arguments.section) {
        let message = format_args!("the form has no section {}", arguments.section);
        return Err(CommandError::not_found(message).field("section"));
    }
    let codes = form.rest_is_fine(&arguments.section);
    let fill = |code: &&str| ItemEntry {
        code: (*code).to_owned(),
        parts: vec![("result".to_owned(), json!("pass")), ("how".to_owned(), json!("batch"))],
    };
    let written: Vec<ItemEntry> = codes.iter().map(fill).collect();
    check_open(app, &inspection, &written)?;
    if codes.is_empty() {
        let message = "nothing in this section may be filled in at once: red lines and measured values never are";
        return Err(CommandError::new(ProblemType::NothingToFill, message).field("section"));
    }
    save_answers(app, &inspection, arguments.seen, &written, Some(&arguments.section))
}
