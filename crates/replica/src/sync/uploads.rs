//! What an exchange remembers of the blobs that it carries.

use std::collections::HashMap;

use wire::BlobId;

/// What an exchange knows of blobs beyond what the store does.
#[derive(Default)]
pub(super) struct BlobsOnTheWay {
    pub(super) upload: Option<Sending>,
    pub(super) restarts: HashMap<BlobId, u32>,
    /// The server does not take blobs.
    pub(super) refuses_all: bool,
    /// The server does not give blobs.
    pub(super) gives_none: bool,
}

/// The blob that is on its way.
pub(super) struct Sending {
    pub(super) id: BlobId,
    pub(super) bytes: Vec<u8>,
    /// How many of them the server has.
    pub(super) offset: usize,
}
