//! The paper of a day as a text for a chat.

use domain::register::register;
use schemars::JsonSchema;
use serde::Serialize;
use wire::ProblemType;

use super::arguments::Get;
use crate::app::App;
use crate::error::CommandError;
use crate::exports::Leaving;
use crate::people::not_allowed;
use crate::sheet::{MOST_ROWS_OF_A_CHAT, Made, Masking, Wanted, Way, chat_text, check, disclose, make};

/// A text for a chat.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SheetText {
    /// The text, in short lines.
    text: String,
    /// How many rows it tells of.
    rows: usize,
}

pub(super) fn text(app: &App, arguments: Get) -> Result<SheetText, CommandError> {
    let wanted = Wanted { masking: Masking::All, ..arguments.into() };
    let entry = check(app, &wanted)?.entry;
    if !entry.of.has_text() {
        return Err(CommandError::new(ProblemType::NotAllowed, "this paper is not told in a chat").field("sheet"));
    }
    if !entry.may_export {
        return Err(not_allowed(domain::permission::Permission::SeeReports));
    }
    let Made { sheet, campus, .. } = make(app, &wanted)?;
    let rows = sheet.rows.len();
    if rows > MOST_ROWS_OF_A_CHAT {
        return Err(CommandError::limit("from", "rows", MOST_ROWS_OF_A_CHAT, rows));
    }
    let register = register(&sheet.code);
    let text = chat_text(&sheet, |key| {
        let field = register.and_then(|register| register.field(key));
        field.is_none_or(|field| field.see.is_none() && field.part.is_none())
    });
    disclose(app, &campus, &Leaving::from(&sheet), Way::Text, None)?;
    Ok(SheetText { text, rows })
}
