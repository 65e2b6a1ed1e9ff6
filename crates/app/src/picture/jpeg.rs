//! JPEG: markers with segments, and scans between them.

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const COMMENT: u8 = 0xfe;

/// The picture without its metadata; of the EXIF only which side is up stays, without which it would lie on its side.
///
/// None when it is not a whole JPEG.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut cleaned = Vec::with_capacity(bytes.len());
    cleaned.extend([0xff, SOI]);
    let mut rest = bytes.strip_prefix(&[0xff, SOI])?;
    let (mut orientation, mut has_picture) = (None, false);
    loop {
        let marker;
        (marker, rest) = next_marker(rest)?;
        match marker {
            EOI => {
                cleaned.extend([0xff, EOI]);
                break;
            }
            0x01 | 0xd0..=0xd7 => cleaned.extend([0xff, marker]),
            0x00 | SOI => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
                let (segment, after) = (rest.get(2..length)?, rest.get(length..)?);
                rest = after;
                if marker == APP1 {
                    orientation = orientation.or_else(|| orientation_of(segment));
                } else if is_needed(marker, segment) {
                    cleaned.extend([0xff, marker]);
                    cleaned.extend(u16::try_from(length).ok()?.to_be_bytes());
                    cleaned.extend(segment);
                }
                if marker == SOS {
                    has_picture = true;
                    let (scan, after) = rest.split_at(scan_length(rest));
                    cleaned.extend(scan);
                    rest = after;
                }
            }
        }
    }
    if let Some(orientation) = orientation.filter(|orientation| (2..=8).contains(orientation)) {
        cleaned.splice(2..2, exif_of(orientation));
    }
    has_picture.then_some(cleaned)
}

/// The next marker, and what comes after it; any number of `ff` may stand before it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&[0xff])?;
    let fill = rest.iter().position(|byte| *byte != 0xff)?;
    Some((rest[fill], &rest[fill + 1..]))
}

/// What a decoder needs: everything but the application's segments and comments, and of those the colours.
fn is_needed(marker: u8, segment: &[u8]) -> bool {
    match marker {
        APP0 => segment.starts_with(b"JFIF\0"),
        APP2 => segment.starts_with(b"ICC_PROFILE\0"),
        APP14 => segment.starts_with(b"Adobe"),
        0xe1..=0xef | COMMENT => false,
        _ => true,
    }
}

/// How far a scan goes: to the next marker that is neither a stuffed byte nor a restart.
fn scan_length(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

/// Which side is up, from an EXIF segment.
fn orientation_of(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = *tiff.get(at..)?.first_chunk()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset: [u8; 4] = *tiff.get(4..)?.first_chunk()?;
    let offset = if is_little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let directory = usize::try_from(offset).ok()?;
    let entries = usize::from(short(directory)?);
    (0..entries).find_map(|entry| {
        let at = directory.checked_add(2 + 12 * entry)?;
        // Tag 0x0112, one number of the type SHORT.
        (short(at)? == 0x0112 && short(at + 2)? == 3).then(|| short(at + 8)).flatten()
    })
}

/// An EXIF segment that tells which side is up, and nothing else.
fn exif_of(orientation: u16) -> Vec<u8> {
    let mut segment = vec![0xff, APP1, 0, 34];
    segment.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    segment.extend(orientation.to_be_bytes());
    segment.extend([0; 6]);
    segment
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("it is short");
        [&[0xff, marker], &length.to_be_bytes()[..], content].concat()
    }

    /// A picture in two scans that lies on its side, with private things wherever one may put them.
    pub(in super::super) fn sample(orientation: u16) -> Vec<u8> {
        let mut exif =
            b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x07\0\0\0\x40\0\0\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend(orientation.to_le_bytes());
        exif.extend(b"\0\0\0\0\0\0 gps: PRIVATE");
        [
            &[0xff, SOI][..],
            &segment(APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
            &segment(APP0, b"JFXX\0PRIVATE thumbnail"),
            &segment(APP1, &exif),
            &segment(APP1, b"http://ns.adobe.com/xap/1.0/\0PRIVATE"),
            &segment(APP2, b"ICC_PROFILE\0\x01\x01colours"),
            &segment(APP2, b"MPF\0PRIVATE"),
            &segment(0xed, b"Photoshop 3.0\0PRIVATE"),
            &segment(COMMENT, b"PRIVATE"),
            &segment(APP14, b"Adobe\0d\0\0\0\0\x01"),
            &segment(0xc2, b"\x08\0\x10\0\x10\x01\x01\x11\0"),
            &segment(SOS, b"\x01\x01\0\0\0\0"),
            b"PICTURE\xff\0\xff\xd0more",
            &segment(COMMENT, b"PRIVATE between scans"),
            &segment(0xc4, b"\xff\xd9 in a table is no end"),
            &[0xff],
            &segment(SOS, b"\x01\x01\0\0\0\0"),
            b"second scan",
            &[0xff, EOI],
            b"PRIVATE film behind the end",
        ]
        .concat()
    }

    #[test]
    fn what_shows_the_picture_stays_and_the_rest_goes() {
        let cleaned = clean(&sample(1)).expect("a whole JPEG");
        let holds = |part: &[u8]| cleaned.windows(part.len()).any(|window| window == part);
        for part in [
            &b"JFIF"[..],
            b"ICC_PROFILE\0\x01\x01colours",
            b"Adobe",
            b"PICTURE\xff\0\xff\xd0more",
            b"is no end",
            b"second scan\xff\xd9",
        ] {
            assert!(holds(part), "{}", String::from_utf8_lossy(part));
        }
        for part in [&b"PRIVATE"[..], b"Exif", b"MPF", b"JFXX", b"Photoshop", b"xap"] {
            assert!(!holds(part), "{}", String::from_utf8_lossy(part));
        }
        assert!(cleaned.ends_with(&[0xff, EOI]));
    }

    #[test]
    fn a_picture_that_lies_on_its_side_still_says_so() {
        for orientation in 2..=8 {
            let cleaned = clean(&sample(orientation)).expect("a whole JPEG");
            let exif = cleaned.get(6..38).expect("a segment right behind the start");
            assert_eq!(orientation_of(exif), Some(orientation));
        }
        for orientation in [0, 1, 9, 40_000] {
            assert!(!clean(&sample(orientation)).expect("whole").windows(4).any(|window| window == b"Exif"));
        }
    }

    #[test]
    fn a_picture_without_an_end_is_not_whole() {
        let whole = clean(&sample(1)).expect("whole");
        for length in 0..whole.len() {
            assert_eq!(clean(&whole[..length]), None, "{length} of {}", whole.len());
        }
        assert_eq!(clean(b"\xff\xd8\xff\xd9"), None, "there is no picture in it");
    }
}
