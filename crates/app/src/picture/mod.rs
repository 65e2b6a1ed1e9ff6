//! Photos as they are kept: known to be pictures, and without what a camera wrote into them about the place and the device.
//!
//! The pictures are not decoded, so not a pixel changes.
//! Everything that a format allows beside the picture is dropped unless it is needed to show it: EXIF with its GPS position, XMP,
//! IPTC, comments, thumbnails from before a change, and whatever stands behind the end.
//!
//! `img-parts` was looked at in place of the three readers: of a JPEG it hands over everything behind the first scan as one piece,
//! so comments between scans and the second picture behind the end would still have to be found here, and that is most of the work.

mod jpeg;
mod png;
mod webp;

use schemars::JsonSchema;
use serde::Serialize;
use wire::ProblemType;

use crate::app::App;
use crate::error::CommandError;

/// The largest photo that is taken, in bytes.
pub const MAX_PHOTO_BYTES: usize = 32 << 20;

/// A photo that was put into the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeptPhoto {
    /// By which records name it: the SHA-256 of its bytes, 64 lower-case hex digits.
    pub blob: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub size: u64,
}

/// The media type of a picture, by its first bytes; none for anything but JPEG, PNG and WebP.
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if bytes.starts_with(png::SIGNATURE) {
        Some("image/png")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

/// The same picture without what need not be known about it, and its media type.
///
/// # Errors
/// `too-large` above [`MAX_PHOTO_BYTES`]; `not-a-photo` for what is no whole JPEG, PNG or WebP.
pub fn clean(bytes: &[u8]) -> Result<(Vec<u8>, &'static str), CommandError> {
    if bytes.len() > MAX_PHOTO_BYTES {
        return Err(too_large());
    }
    let none = || CommandError::new(ProblemType::NotAPhoto, "a photo is a JPEG, a PNG or a WebP");
    let mime = sniff(bytes).ok_or_else(none)?;
    let cleaned = match mime {
        "image/jpeg" => jpeg::clean(bytes),
        "image/png" => png::clean(bytes),
        _ => webp::clean(bytes),
    };
    let damaged = || CommandError::new(ProblemType::NotAPhoto, format_args!("the {mime} is damaged or not whole"));
    cleaned.map(|cleaned| (cleaned, mime)).ok_or_else(damaged)
}

/// The refusal of a photo above [`MAX_PHOTO_BYTES`].
pub fn too_large() -> CommandError {
    CommandError::new(ProblemType::TooLarge, format_args!("a photo has at most {} MiB", MAX_PHOTO_BYTES >> 20))
        .detail("most_bytes", MAX_PHOTO_BYTES)
}

impl App {
    /// Cleans a photo and keeps it in the store; it is on disk when this returns.
    ///
    /// Until a record names it, it is shown to the person who works alone.
    ///
    /// # Errors
    /// As [`clean`]; `disk-full`, and what else the store may refuse. Nothing is kept then.
    pub fn put_photo(&self, bytes: &[u8]) -> Result<KeptPhoto, CommandError> {
        let (cleaned, mime) = clean(bytes)?;
        let blob = self.store().put_blob(&cleaned)?;
        self.fresh().note(blob, self.by());
        Ok(KeptPhoto { blob: blob.to_string(), mime, size: cleaned.len() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture of each format with something private in every place where the format lets it stand.
    pub(super) fn samples() -> [Vec<u8>; 3] {
        [jpeg::tests::sample(6), png::tests::sample(), webp::tests::sample()]
    }

    #[test]
    fn nothing_private_is_left_in_any_format() {
        for sample in samples() {
            let holds = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"PRIVATE");
            let (cleaned, mime) = clean(&sample).expect("a photo");
            assert!(holds(&sample) && !holds(&cleaned), "{mime}");
            assert!(cleaned.windows(7).any(|window| window == b"PICTURE"), "{mime}");
            assert_eq!(sniff(&cleaned), Some(mime));
            assert_eq!(clean(&cleaned).expect("still a photo").0, cleaned, "cleaning is done once");
        }
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        for bytes in
            [&b""[..], b"hello", b"%PDF-1.7", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"]
        {
            assert_eq!(clean(bytes).expect_err("no photo").kind, ProblemType::NotAPhoto);
        }
        for sample in samples() {
            let cut = &sample[..sample.len() / 2];
            assert_eq!(clean(cut).expect_err("half a photo").kind, ProblemType::NotAPhoto);
        }
    }

    #[test]
    fn a_photo_above_the_limit_is_refused() {
        let mut large = samples()[0].clone();
        large.resize(MAX_PHOTO_BYTES + 1, 0);
        assert_eq!(clean(&large).expect_err("too large").kind, ProblemType::TooLarge);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(which in 0usize..3, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), cut in any::<prop::sample::Index>()) {
            let mut bytes = samples()[which].clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len() + 1));
            if let Ok((cleaned, _)) = clean(&bytes) {
                prop_assert!(cleaned.len() <= bytes.len() + 40);
            }
        }
    }
}
