//! Photos as commands take and give them: references to blobs, never bytes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dto::person::PersonRef;

/// Where a photo comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhotoSource {
    /// The camera of the app.
    Camera,
    /// The gallery, as for scans of paper.
    Import,
}

/// A photo that is kept already: what `put_blob` or `PUT /app/blobs` gave, and how it was taken.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhotoRef {
    /// The SHA-256 of the bytes, 64 lower-case hex digits.
    pub(crate) blob: String,
    /// The same of a small version, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) thumb: Option<String>,
    /// What it is: `image/jpeg`, `image/png` or `image/webp`.
    pub(crate) mime: String,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// When it was taken, ms since 1970 UTC.
    pub(crate) taken_at: u64,
    /// Where it comes from.
    pub(crate) source: PhotoSource,
}

/// Where the bytes of a photo are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhotoState {
    /// Here, and not yet all on the server.
    Here,
    /// On the server, as far as is known.
    Sent,
    /// Not here: they come with an exchange, or when they are asked for.
    Awaited,
}

/// A photo as a screen shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PhotoView {
    /// The SHA-256 of the bytes; `/app/blobs/<blob>` has them.
    pub(crate) blob: String,
    /// The same of a small version, where there is one.
    pub(crate) thumb: Option<String>,
    /// What it is, such as `image/jpeg`.
    pub(crate) mime: String,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// When it was taken, ms since 1970 UTC.
    pub(crate) taken_at: Option<u64>,
    /// Where it comes from; null where the record does not say.
    pub(crate) source: Option<PhotoSource>,
    /// Who added it.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: Option<u64>,
    /// Where its bytes are.
    pub(crate) state: PhotoState,
    /// Whether the small version, or the photo itself where there is none, can be shown now.
    pub(crate) thumb_here: bool,
    /// Whether the person who works can take it back on this device.
    pub(crate) can_undo: bool,
}
