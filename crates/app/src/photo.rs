//! Photos of records: checked where they come in, and shown with the place of their bytes.

use replica::BlobState;
use serde::Deserialize;
use serde_json::Value;
use wire::ProblemType;

use crate::app::{App, Author};
use crate::dto::photo::{PhotoRef, PhotoSource, PhotoState, PhotoView};
use crate::error::CommandError;
use crate::names::Names;

/// What a photo may be.
const MIMES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// The most photos that one step or one report takes.
const MOST_PHOTOS: usize = 20;

/// A photo that can be kept in a record.
///
/// # Errors
/// `bad-photo`, about `argument`, when it is no reference to a photo.
pub(crate) fn checked(given: &Value, argument: &str) -> Result<PhotoRef, CommandError> {
    let photo = PhotoRef::deserialize(given).map_err(|error| {
        CommandError::new(ProblemType::BadPhoto, format_args!("a photo is a reference: {error}")).field(argument)
    })?;
    let refuse = |why: &str| Err(CommandError::new(ProblemType::BadPhoto, why).field(argument));
    if !is_digest(&photo.blob) || photo.thumb.as_deref().is_some_and(|thumb| !is_digest(thumb)) {
        return refuse("a photo is named by its SHA-256, 64 lower-case hex digits");
    }
    if !MIMES.contains(&photo.mime.as_str()) {
        return refuse("a photo is image/jpeg, image/png or image/webp");
    }
    if photo.size == 0 || usize::try_from(photo.size).is_ok_and(|size| size > wire::MAX_BLOB_BYTES) {
        return refuse("a photo has 1 byte to 32 MiB");
    }
    if photo.taken_at > causal::MAX_COUNTER {
        return refuse("taken_at is a time in milliseconds since 1970");
    }
    Ok(photo)
}

/// Refuses photos whose bytes are here and that the person who works does not see: who knows a name, such as from before a change of
/// roles, would see the photo by writing its name into a record of their own.
///
/// The command line names what it likes: whoever works there holds the store.
///
/// # Errors
/// `bad-photo`, about `argument`.
pub(crate) fn check_seen<'v>(
    app: &App,
    named: impl IntoIterator<Item = &'v Value>,
    argument: &str,
) -> Result<(), CommandError> {
    if matches!(app.worker(), Author::Fixed(_)) {
        return Ok(());
    }
    for photo in named {
        let names = ["blob", "thumb"].into_iter().filter_map(|name| photo.get(name)?.as_str()?.parse().ok());
        for blob in names {
            if app.store().has_blob(blob)? && !app.blob_sight(blob)?.is_seen() {
                return Err(CommandError::new(ProblemType::BadPhoto, "this photo is not here").field(argument));
            }
        }
    }
    Ok(())
}

/// The photos of one step or report, each once, as they are stored.
///
/// # Errors
/// As [`checked`] and [`check_seen`], and `limit-exceeded` for more than twenty.
pub(crate) fn checked_list(app: &App, photos: &[Value], argument: &str) -> Result<Vec<Value>, CommandError> {
    if photos.len() > MOST_PHOTOS {
        return Err(CommandError::limit(argument, "photos", MOST_PHOTOS, photos.len()));
    }
    let mut stored: Vec<Value> = Vec::with_capacity(photos.len());
    for photo in photos {
        let photo = checked(photo, argument)?;
        if stored.iter().all(|known| known["blob"] != photo.blob.as_str()) {
            stored.push(serde_json::to_value(photo).map_err(|error| CommandError::internal(&error))?);
        }
    }
    check_seen(app, &stored, argument)?;
    Ok(stored)
}

/// Knows where the bytes of photos are.
pub(crate) struct Photos<'a> {
    app: &'a App,
    names: &'a Names<'a>,
}

impl<'a> Photos<'a> {
    pub(crate) fn new(app: &'a App, names: &'a Names<'a>) -> Self {
        Self { app, names }
    }

    /// A stored reference as a screen shows it; none for what is no reference to a photo.
    pub(crate) fn view(&self, stored: &Value) -> Option<PhotoView> {
        let text = |name: &str| stored.get(name).and_then(Value::as_str);
        let blob = text("blob").filter(|blob| is_digest(blob))?;
        let thumb = text("thumb").filter(|thumb| is_digest(thumb));
        Some(PhotoView {
            blob: blob.to_owned(),
            thumb: thumb.map(str::to_owned),
            mime: text("mime").filter(|mime| MIMES.contains(mime)).unwrap_or(MIMES[0]).to_owned(),
            size: stored.get("size").and_then(Value::as_u64).unwrap_or(0),
            taken_at: stored.get("taken_at").and_then(Value::as_u64),
            source: match text("source") {
                Some("camera") => Some(PhotoSource::Camera),
                Some("import") => Some(PhotoSource::Import),
                _ => None,
            },
            by: text("by").map(|by| self.names.person(by)),
            at: stored.get("at").and_then(Value::as_u64),
            state: self.state(blob),
            thumb_here: self.is_here(thumb.unwrap_or(blob)),
            can_undo: false,
        })
    }

    /// The photos of a list, what is none left out.
    pub(crate) fn list<'v>(&self, stored: impl IntoIterator<Item = &'v Value>) -> Vec<PhotoView> {
        stored.into_iter().filter_map(|photo| self.view(photo)).collect()
    }

    fn is_here(&self, blob: &str) -> bool {
        blob.parse().ok().and_then(|id| self.app.store().has_blob(id).ok()).unwrap_or(false)
    }

    /// What cannot be found out counts as not here: a screen then shows that the photo is awaited.
    fn state(&self, blob: &str) -> PhotoState {
        let known = blob.parse().ok().and_then(|id| self.app.store().blob_state(id).ok());
        match known {
            Some(BlobState::Sent) => PhotoState::Sent,
            Some(BlobState::Owed | BlobState::Loose) => PhotoState::Here,
            _ => PhotoState::Awaited,
        }
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
