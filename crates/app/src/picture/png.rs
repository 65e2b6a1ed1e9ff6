//! PNG: a signature and chunks.

/// How every PNG begins.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that show the picture; texts, times and EXIF are none of them.
const NEEDED: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without its metadata and without what stands behind its end; none when it is not a whole PNG.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut cleaned = Vec::with_capacity(bytes.len());
    cleaned.extend(SIGNATURE);
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let (mut is_first, mut has_picture) = (true, false);
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let name: &[u8; 4] = rest.get(4..)?.first_chunk()?;
        // The length, the name, the content, and the checksum.
        let whole = length.checked_add(12)?;
        let (chunk, after) = (rest.get(..whole)?, rest.get(whole..)?);
        if is_first != (name == b"IHDR") {
            return None;
        }
        if NEEDED.contains(&name) {
            cleaned.extend(chunk);
        }
        is_first = false;
        has_picture |= name == b"IDAT";
        if name == b"IEND" {
            return has_picture.then_some(cleaned);
        }
        rest = after;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("it is short");
        [&length.to_be_bytes()[..], name, content, b"csum"].concat()
    }

    pub(in super::super) fn sample() -> Vec<u8> {
        [
            SIGNATURE,
            &chunk(b"IHDR", b"13 bytes of it"),
            &chunk(b"tEXt", b"Comment\0PRIVATE"),
            &chunk(b"iTXt", b"XML:com.adobe.xmp\0PRIVATE"),
            &chunk(b"eXIf", b"II*\0PRIVATE"),
            &chunk(b"tIME", b"PRIVATE"),
            &chunk(b"prVt", b"PRIVATE"),
            &chunk(b"IDAT", b"PICTURE"),
            &chunk(b"zTXt", b"PRIVATE"),
            &chunk(b"IEND", b""),
            b"PRIVATE behind the end",
        ]
        .concat()
    }

    #[test]
    fn only_what_shows_the_picture_stays() {
        let expected =
            [SIGNATURE, &chunk(b"IHDR", b"13 bytes of it"), &chunk(b"IDAT", b"PICTURE"), &chunk(b"IEND", b"")].concat();
        assert_eq!(clean(&sample()), Some(expected.clone()));
        for length in 0..expected.len() {
            assert_eq!(clean(&expected[..length]), None, "{length} of {}", expected.len());
        }
    }

    #[test]
    fn a_length_beyond_the_file_is_refused() {
        let mut bytes = sample();
        bytes[SIGNATURE.len()..SIGNATURE.len() + 4].copy_from_slice(&[0xff; 4]);
        assert_eq!(clean(&bytes), None);
    }
}
