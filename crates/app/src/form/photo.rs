//! Photos of items.

use replica::Save;
use serde_json::{Map, Value, json};
use wire::ProblemType;

use super::holder::{Holder, ItemEntry};
use super::save::{changed, save_answers};
use crate::app::App;
use crate::document::field;
use crate::dto::change::FormChange;
use crate::error::CommandError;
use crate::photo;

/// The most photos of one item.
const MOST_PHOTOS: usize = 20;

/// Adds a photo to one item; its bytes are kept before.
///
/// # Errors
/// `not-found`, `bad-photo`, `limit-exceeded`, and what the holder refuses by; nothing has changed then.
pub(crate) fn add(
    app: &App,
    holder: &impl Holder,
    item: String,
    given: &Value,
    seen: Option<String>,
) -> Result<FormChange, CommandError> {
    let place = holder.place();
    place.item(&item)?;
    let photo = photo::checked(given, "photo")?;
    photo::check_seen(app, [given], "photo")?;
    let name = part(&photo.blob);
    let held = place.stored(&item, &name);
    let count = place.photos(&item).count();
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
    let written = [ItemEntry { code: item, parts }];
    holder.check_open(app, &written)?;
    save_answers(app, holder, seen, &written, None)
}

/// Takes a photo off an item: null in its place, so that whoever has it already knows that it is gone.
///
/// # Errors
/// `not-found`, or `nothing-to-undo` where it is no photo of whoever works; nothing has changed then.
pub(crate) fn take_back(
    app: &App,
    holder: &impl Holder,
    item: &str,
    blob: &str,
    seen: Option<&str>,
) -> Result<FormChange, CommandError> {
    let place = holder.place();
    place.item(item)?;
    let name = place.field(item, &part(blob));
    let held = place.document.get(&name).filter(|held| !held.is_null());
    if held.is_none_or(|held| held.get("by").and_then(Value::as_str) != app.by().as_deref()) {
        let message = "there is no such photo of this person on this item";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("photo"));
    }
    let saved = app.store().save(Save {
        id: Some(place.record),
        kind: place.kind.to_owned(),
        seen: Some(seen.unwrap_or(&place.version).to_owned()),
        only_if: Some(place.version.clone()),
        set: vec![field(name, Value::Null)],
        by: app.by(),
        ..Save::default()
    })?;
    changed(app, holder, saved.version, &[item], Map::new())
}

/// The part of an answer that holds a photo.
fn part(blob: &str) -> String {
    format!("photos/{blob}")
}
