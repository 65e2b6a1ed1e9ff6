//! Photos that the page hands in.

use app::{App, CommandError};

/// The media type of a picture, by its first bytes.
pub(crate) fn photo_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Keeps a photo in the store.
pub(crate) fn put(app: &App, bytes: &[u8]) -> Result<serde_json::Value, CommandError> {
    let mime =
        photo_type(bytes).ok_or_else(|| CommandError::new("not-a-photo", "a photo is a JPEG, a PNG or a WebP"))?;
    let blob = app.store().put_blob(bytes)?;
    Ok(serde_json::json!({ "blob": blob.to_string(), "mime": mime, "size": bytes.len() }))
}
