//! Photos of items.

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::fill::{FormChange, ItemEntry, check_open, save_answers};
use crate::app::App;
use crate::dto::photo::PhotoRef;
use crate::error::CommandError;
use crate::inspection::Inspection;
use crate::photo;

/// Arguments of `inspection.photo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddPhoto {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    item: String,
    /// The photo; its bytes are kept before.
    #[schemars(with = "PhotoRef")]
    photo: Value,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// The most photos of one item.
const MOST_PHOTOS: usize = 20;

pub(super) fn photo(app: &App, arguments: AddPhoto) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    inspection.item(&arguments.item)?;
    let photo = photo::checked(&arguments.photo, "photo")?;
    let name = part(&photo.blob);
    let held = inspection.stored(&arguments.item, &name);
    let prefix = Inspection::answer_field(&arguments.item, "photos/");
    let count =
        inspection.document.iter().filter(|(name, value)| name.starts_with(&prefix) && !value.is_null()).count();
    if held.is_null() && count >= MOST_PHOTOS {
        return Err(CommandError::limit("photo", "photos", MOST_PHOTOS, count + 1));
    }
    let mut stored = serde_json::to_value(&photo).map_err(|error| CommandError::internal(&error))?;
    if let Value::Object(members) = &mut stored {
        members.insert("by".to_owned(), json!(app.by().as_deref()));
        members.insert("at".to_owned(), json!(app.now_ms()));
    }
    // The same photo again is the one that is there, with the name of who added it first.
    let parts = if held.is_null() { vec![(name, stored)] } else { vec![(name, held)] };
    let written = [ItemEntry { code: arguments.item, parts }];
    check_open(app, &inspection, &written)?;
    save_answers(app, &inspection, arguments.seen, &written, None)
}

/// The part of an answer that holds a photo.
pub(super) fn part(blob: &str) -> String {
    format!("photos/{blob}")
}
