//! Photos through the browser's door.

use crate::OURS;
use crate::client::Open;

/// A JPEG of a few bytes, with the place where it was taken.
fn photo() -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("it is short").to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    [
        &[0xff, 0xd8][..],
        &segment(0xe1, b"Exif\0\0II*\0\x08\0\0\0\0\0 GPS 31.2304N 121.4737E"),
        &segment(0xda, b"\x01\x01\0\0\0\0"),
        b"picture\xff\xd9",
    ]
    .concat()
}

#[test]
fn a_photo_is_kept_without_the_place_where_it_was_taken_and_can_be_seen() {
    let door = Open::start();
    let headers = [door.cookie(), (OURS, "1".to_owned())];
    let kept = door.ask("PUT", "/app/blobs", &headers, &photo());
    assert_eq!(kept.status, 200, "{kept:?}");
    let kept = kept.json();
    let blob = kept["blob"].as_str().expect("a name");
    let seen = door.ask("GET", &format!("/app/blobs/{blob}"), &headers[..1], b"");
    assert_eq!((seen.status, seen.headers["content-type"].as_str()), (200, "image/jpeg"));
    assert_eq!(seen.headers["cache-control"], "no-store", "no record names it yet");
    assert!(seen.headers["content-security-policy"].contains("sandbox"));
    assert_eq!(seen.headers["x-content-type-options"], "nosniff");
    assert_eq!(kept["size"], seen.body.len());
    assert_eq!(kept["mime"], "image/jpeg");
    assert!(seen.body.ends_with(b"picture\xff\xd9"));
    assert!(!seen.body.windows(3).any(|window| window == b"GPS"), "the place is gone");
    let again = door.ask("PUT", "/app/blobs", &headers, &photo()).json();
    assert_eq!(again["blob"], blob, "the same photo has the same name");
    let known = ("if-none-match", seen.headers["etag"].clone());
    assert_eq!(door.ask("GET", &format!("/app/blobs/{blob}"), &[headers[0].clone(), known], b"").status, 304);
}

#[test]
fn what_is_no_photo_or_too_large_is_refused_with_a_reason() {
    let door = Open::start();
    let headers = [door.cookie(), (OURS, "1".to_owned())];
    for bytes in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF89a", &photo()[..20]] {
        let refused = door.ask("PUT", "/app/blobs", &headers, bytes);
        assert_eq!((refused.status, refused.code().as_str()), (415, "not-a-photo"));
    }
    let mut large = photo();
    large.resize((32 << 20) + 1, 0);
    let refused = door.ask("PUT", "/app/blobs", &headers, &large);
    assert_eq!((refused.status, refused.code().as_str()), (413, "too-large"));
    assert_eq!(refused.json()["most_bytes"], 32 << 20);
}

#[test]
fn a_name_that_is_none_finds_no_photo() {
    let door = Open::start();
    let held = [door.cookie()];
    let nobody = "0".repeat(64);
    for name in [
        nobody.as_str(),
        "x",
        "..",
        "%2e%2e%2frounds.sqlite3",
        "..%2f..%2fetc%2fpasswd",
        &"g".repeat(64),
        &"0".repeat(63),
    ] {
        assert_eq!(door.ask("GET", &format!("/app/blobs/{name}"), &held, b"").status, 404, "{name}");
    }
}
