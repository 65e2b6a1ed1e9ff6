//! "The rest is fine."

use serde_json::json;
use wire::ProblemType;

use super::holder::{Holder, ItemEntry};
use super::save::save_answers;
use crate::app::App;
use crate::dto::change::FormChange;
use crate::error::CommandError;

/// Fills the unanswered items of a section with 合格, red lines and measured values left out.
///
/// # Errors
/// `not-found`, `nothing-to-fill`, and what the holder refuses by; nothing has changed then.
pub(crate) fn rest(
    app: &App,
    holder: &impl Holder,
    section: &str,
    seen: Option<String>,
) -> Result<FormChange, CommandError> {
    let form = holder.place().form();
    if form.items().all(|item| item.section != section) {
        return Err(CommandError::not_found(format_args!("the form has no section {section}")).field("section"));
    }
    let codes = form.rest_is_fine(section);
    let fill = |code: &&str| ItemEntry {
        code: (*code).to_owned(),
        parts: vec![("result".to_owned(), json!("pass")), ("how".to_owned(), json!("batch"))],
    };
    let written: Vec<ItemEntry> = codes.iter().map(fill).collect();
    holder.check_open(app, &written)?;
    if codes.is_empty() {
        let message = "nothing in this section may be filled in at once: red lines and measured values never are";
        return Err(CommandError::new(ProblemType::NothingToFill, message).field("section"));
    }
    save_answers(app, holder, seen, &written, Some(section))
}
