//! WebP: a RIFF file of chunks.

/// The chunks that show the picture.
const NEEDED: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The flags of a `VP8X` chunk that announce EXIF and XMP.
const METADATA_FLAGS: u8 = 0b0000_1100;

/// The picture without its metadata and without what stands behind its end; none when it is not a whole WebP.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let rest = bytes.strip_prefix(b"RIFF")?;
    let size = usize::try_from(u32::from_le_bytes(*rest.first_chunk()?)).ok()?;
    let mut rest = rest.get(4..)?.get(..size)?.strip_prefix(b"WEBP")?;
    let mut cleaned = Vec::with_capacity(bytes.len());
    cleaned.extend(b"RIFF\0\0\0\0WEBP");
    let mut has_picture = false;
    while !rest.is_empty() {
        let name: &[u8; 4] = rest.first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let content = rest.get(8..)?.get(..length)?;
        if NEEDED.contains(&name) {
            let start = cleaned.len() + 8;
            cleaned.extend(&rest[..8]);
            cleaned.extend(content);
            if let (b"VP8X", Some(flags)) = (name, cleaned.get_mut(start)) {
                *flags &= !METADATA_FLAGS;
            }
            // A chunk of an odd length is followed by one byte more.
            if length % 2 == 1 {
                cleaned.push(0);
            }
        }
        has_picture |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    let size = u32::try_from(cleaned.len() - 8).ok()?;
    cleaned[4..8].copy_from_slice(&size.to_le_bytes());
    has_picture.then_some(cleaned)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("it is short");
        let padding = vec![0; content.len() % 2];
        [name, &length.to_le_bytes()[..], content, &padding].concat()
    }

    fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
        let content = [b"WEBP".to_vec(), chunks.concat()].concat();
        let length = u32::try_from(content.len()).expect("it is short");
        [b"RIFF", &length.to_le_bytes()[..], &content].concat()
    }

    pub(in super::super) fn sample() -> Vec<u8> {
        let chunks = [
            chunk(b"VP8X", b"\x2c\0\0\0\x10\0\0\x10\0\0"),
            chunk(b"ICCP", b"colours"),
            chunk(b"VP8 ", b"PICTURE"),
            chunk(b"EXIF", b"II*\0PRIVATE"),
            chunk(b"XMP ", b"<PRIVATE/>"),
            chunk(b"prvt", b"PRIVATE"),
        ];
        [riff(&chunks), b"PRIVATE behind the end".to_vec()].concat()
    }

    #[test]
    fn only_what_shows_the_picture_stays() {
        let chunks =
            [chunk(b"VP8X", b"\x20\0\0\0\x10\0\0\x10\0\0"), chunk(b"ICCP", b"colours"), chunk(b"VP8 ", b"PICTURE")];
        let expected = riff(&chunks);
        assert_eq!(clean(&sample()), Some(expected.clone()));
        for length in 0..expected.len() {
            assert_eq!(clean(&expected[..length]), None, "{length} of {}", expected.len());
        }
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        let whole = riff(&[chunk(b"VP8 ", b"PICTURE")]);
        for at in [4, 16] {
            let mut bytes = whole.clone();
            bytes[at..at + 4].copy_from_slice(&[0xff; 4]);
            assert_eq!(clean(&bytes), None);
        }
        assert_eq!(clean(&riff(&[chunk(b"VP8X", b"")])), None, "there is no picture in it");
    }
}
