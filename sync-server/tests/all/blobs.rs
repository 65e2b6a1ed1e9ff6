//! Photos: sent in parts, read in parts, and by whom.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::*;

/// Bytes that differ from place to place, and from seed to seed.
fn photo(seed: u8, length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 + n / 256 * 7) as u8 ^ seed).collect()
}

/// Sends the head of a `PATCH` of a whole blob and the first `sent` bytes of it, and leaves the connection open.
fn begin(device: &Device, bytes: &[u8], sent: usize) -> TcpStream {
    let (name, token, length) = (sha256(bytes), &device.token, bytes.len());
    let head = format!(
        "PATCH /v1/blobs/{name} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-length: {length}\r\nupload-offset: 0\r\nupload-length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(device.address).expect("the server listens");
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes[..sent])).expect("is sent");
    stream
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_blob_is_sent_in_parts_and_read_when_it_is_whole() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(1, 700_000);
    let name = sha256(&bytes);
    assert_eq!(tablet.progress(&name), None);
    let answer = tablet.patch(&name, 0, bytes.len(), &bytes[..300_000]);
    assert_eq!((answer.status, answer.header("upload-offset")), (204, Some("300000")));
    assert_eq!(tablet.progress(&name), Some((300_000, false)));
    assert_eq!(tablet.blob(&name), None, "it is not whole");
    let answer = tablet.patch(&name, 300_000, bytes.len(), &bytes[300_000..]);
    assert_eq!((answer.status, answer.header("upload-offset")), (204, Some("700000")));
    assert_eq!(tablet.progress(&name), Some((700_000, true)));
    assert_eq!(tablet.blob(&name), Some(bytes));
    assert_eq!(server.tablet().blob(&name), None, "nobody has named it");
    check(server.data());
}

#[test]
fn a_part_that_does_not_fit_changes_nothing() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(2, 1_000);
    let name = sha256(&bytes);
    let check_refused = |offset: usize, total: usize, part: &[u8], status: u16, slug: &str| {
        let answer = tablet.patch(&name, offset, total, part);
        assert_eq!((answer.status, answer.problem().as_str()), (status, slug), "{offset} of {total}");
        answer.json()
    };
    let refused = check_refused(10, 1_000, &bytes[10..], 409, "offset-mismatch");
    assert_eq!((&refused["offset"], tablet.progress(&name)), (&json!(0), None));
    assert_eq!(tablet.patch(&name, 0, 1_000, &bytes[..400]).status, 204);
    for offset in [0, 399, 401, 1_000] {
        assert_eq!(check_refused(offset, 1_000, b"", 409, "offset-mismatch")["offset"], 400);
    }
    check_refused(400, 1_000, &bytes[..601], 400, "bad-request");
    check_refused(400, 399, b"", 400, "bad-request");
    check_refused(400, (32 << 20) + 1, b"x", 413, "limit-exceeded");
    assert_eq!(check_refused(0, 40 << 20, b"x", 413, "limit-exceeded")["limit"], "blob-bytes");
    assert_eq!(tablet.progress(&name), Some((400, false)));
    assert_eq!(tablet.patch(&name, 400, 1_000, &bytes[400..]).status, 204);
    // A retry after a lost answer: the place is told, and the end is answered as before.
    assert_eq!(check_refused(400, 1_000, &bytes[400..], 409, "offset-mismatch")["offset"], 1_000);
    assert_eq!(tablet.patch(&name, 1_000, 1_000, b"").status, 204);
    check_refused(1_000, 1_001, b"x", 400, "bad-request");
    assert_eq!(tablet.blob(&name), Some(bytes));
}

#[test]
fn other_bytes_than_the_name_promises_are_dropped() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(3, 5_000);
    let name = sha256(&bytes);
    tablet.patch(&name, 0, 5_000, &bytes[..2_000]);
    let answer = tablet.patch(&name, 2_000, 5_000, &photo(4, 3_000));
    assert_eq!((answer.status, answer.problem().as_str()), (422, "digest-mismatch"));
    assert_eq!((tablet.progress(&name), tablet.blob(&name)), (None, None));
    tablet.upload(&bytes);
    assert_eq!(tablet.blob(&name), Some(bytes));
    assert_eq!(tablet.blob(&tablet.upload(b"")), Some(Vec::new()), "a blob may be empty");
}

#[test]
fn heads_that_are_wrong_are_refused() {
    let server = Server::new();
    let tablet = server.tablet();
    let target = format!("/v1/blobs/{}", sha256(b"x"));
    for headers in [
        &[][..],
        &[("upload-offset", "0")],
        &[("upload-length", "1")],
        &[("upload-offset", "x"), ("upload-length", "1")],
        &[("upload-offset", "-1"), ("upload-length", "1")],
        &[("upload-offset", "+0"), ("upload-length", "1")],
        &[("upload-offset", ""), ("upload-length", "1")],
        &[("upload-offset", "0"), ("upload-length", "1.0")],
        &[("upload-offset", "0"), ("upload-length", "99999999999999999999999")],
        &[("upload-offset", "0"), ("upload-offset", "0"), ("upload-length", "1")],
        &[("upload-offset", "0"), ("upload-length", "0")],
    ] {
        let answer = tablet.send("PATCH", &target, headers, b"x");
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad-request"), "{headers:?}");
    }
    let headers = [("upload-offset", "0"), ("upload-length", "1"), ("content-encoding", "br")];
    assert_eq!(tablet.send("PATCH", &target, &headers, b"x").problem(), "unsupported-encoding");
    assert_eq!(tablet.progress(&sha256(b"x")), None);
    for name in ["x", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), "%00", "%FF"] {
        for method in ["GET", "PATCH"] {
            let answer = tablet.send(method, &format!("/v1/blobs/{name}"), &headers, b"x");
            assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "{method} {name}");
        }
    }
}

#[test]
fn an_encoded_part_counts_as_what_it_decodes_to() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = vec![7; 2 << 20];
    let name = sha256(&bytes);
    let encoded = zstd::encode_all(bytes.as_slice(), 1).expect("is encoded");
    let length = bytes.len().to_string();
    let headers = |length| [("upload-offset", "0"), ("upload-length", length), ("content-encoding", "zstd")];
    let short = tablet.send("PATCH", &format!("/v1/blobs/{name}"), &headers("1000"), &encoded);
    assert!((400..500).contains(&short.status), "{short:?}");
    short.problem();
    let answer = tablet.send("PATCH", &format!("/v1/blobs/{name}"), &headers(length.as_str()), &encoded);
    assert_eq!((answer.status, answer.header("upload-offset")), (204, Some(length.as_str())));
    assert_eq!(tablet.blob(&name), Some(bytes));
}

#[test]
fn a_part_of_a_blob_is_read() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(5, 600_000);
    let name = tablet.upload(&bytes);
    let get = |headers: &[(&str, &str)]| tablet.send("GET", &format!("/v1/blobs/{name}"), headers, b"");
    let whole = get(&[("accept-encoding", "gzip, zstd")]);
    assert_eq!((whole.status, whole.body == bytes), (200, true));
    assert_eq!(whole.header("content-length"), Some("600000"));
    assert_eq!(whole.header("content-type"), Some("application/octet-stream"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    let tag = format!("\"{name}\"");
    assert_eq!(whole.header("etag"), Some(tag.as_str()));
    assert!(whole.header("cache-control").is_some_and(|value| value.contains("immutable")));
    for (range, first, last) in
        [("0-0", 0, 0), ("100-299999", 100, 299_999), ("599999-", 599_999, 599_999), ("-1", 599_999, 599_999)]
    {
        let part = get(&[("range", &format!("bytes={range}"))]);
        assert_eq!((part.status, part.body == bytes[first..=last]), (206, true), "{range}");
        assert_eq!(part.header("content-range"), Some(format!("bytes {first}-{last}/600000").as_str()));
    }
    let beyond = get(&[("range", "bytes=600000-")]);
    assert_eq!((beyond.status, beyond.problem().as_str()), (416, "range-not-satisfiable"));
    assert_eq!(beyond.header("content-range"), Some("bytes */600000"));
    assert_eq!(get(&[("range", "bytes=5-2")]).status, 200, "that is no range");
    assert_eq!(get(&[("if-none-match", &tag)]).status, 304);
    assert_eq!(get(&[("range", "bytes=0-1"), ("if-range", "\"other\"")]).status, 200);
}

#[test]
fn who_may_read_a_record_may_read_what_it_names_and_others_learn_nothing() {
    let server = Server::new();
    let (east, west) = (id(0xEA), id(0x3E));
    let enrolled = |scope: &str| Device::enrol(server.address, &server.code(&["--scope", scope]));
    let (mut sender, colleague, stranger) = (enrolled(&east), enrolled(&east), enrolled(&west));
    let bytes = photo(6, 4_000);
    let name = sha256(&bytes);
    sender.push(&[finding_with_photos(1, 1, Some(&east), &[&name])]);
    assert_eq!(colleague.progress(&name), None, "it has not come yet");
    sender.patch(&name, 0, 4_000, &bytes[..1_000]);
    assert_eq!((sender.progress(&name), colleague.progress(&name)), (Some((1_000, false)), None));
    sender.patch(&name, 1_000, 4_000, &bytes[1_000..]);
    assert_eq!(colleague.progress(&name), Some((4_000, true)));
    assert_eq!((colleague.blob(&name).as_deref(), stranger.blob(&name)), (Some(&bytes[..]), None));
    assert_eq!(stranger.progress(&name), None);

    // Whoever has the bytes may bring them, and is answered as if nobody had; guessing at the end tells nothing.
    let answer = stranger.patch(&name, 4_000, 4_000, b"");
    assert_eq!((answer.problem().as_str(), &answer.json()["offset"]), ("offset-mismatch", &json!(0)));
    let nothing = stranger.patch(&sha256(b"nothing"), 4_000, 4_000, b"");
    assert_eq!(nothing.body, answer.body);
    let wrong = stranger.patch(&name, 0, 4_000, &photo(7, 4_000));
    assert_eq!((wrong.problem().as_str(), stranger.progress(&name)), ("digest-mismatch", None));
    stranger.upload(&bytes);
    assert_eq!((stranger.progress(&name), stranger.blob(&name)), (Some((4_000, true)), Some(bytes.clone())));

    // What a record named once is in its history, and stays readable.
    let mut replaced = finding_with_photos(1, 2, Some(&east), &[]);
    replaced["version"] = json!([[0, 2]]);
    sender.push(&[replaced]);
    assert_eq!(colleague.blob(&name), Some(bytes.clone()));
    server.cli(&["purge", "--record", &id(1)]);
    assert_eq!(colleague.blob(&name), None, "until it is purged");
    assert_eq!(
        (sender.blob(&name), stranger.blob(&name)),
        (None, None),
        "its bytes go with the last record that named it"
    );
}

#[test]
fn organisations_are_apart() {
    let server = Server::new();
    let tablet = server.tablet();
    let made = server.cli(&["init", "--organisation", "别的学校"]);
    let other = made["organisation"].as_str().expect("an id");
    let mut there = Device::enrol(server.address, &server.code_of(other));
    let bytes = photo(8, 3_000);
    let name = tablet.upload(&bytes);
    there.push(&[finding_with_photos(1, 1, None, &[&name])]);
    assert_eq!((there.progress(&name), there.blob(&name)), (None, None));
    there.upload(&bytes);
    assert_eq!(there.blob(&name), Some(bytes));
}

#[test]
fn parts_sent_at_once_never_mix() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(9, 900_000);
    let name = sha256(&bytes);
    std::thread::scope(|threads| {
        for size in [70_000, 110_000, 300_000] {
            let (tablet, bytes, name) = (&tablet, &bytes, &name);
            threads.spawn(move || {
                let mut offset = 0;
                while offset < bytes.len() {
                    let end = bytes.len().min(offset + size);
                    let answer = tablet.patch(name, offset, bytes.len(), &bytes[offset..end]);
                    offset = match answer.status {
                        204 => end,
                        409 => answer.json()["offset"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a place"),
                        _ => panic!("{answer:?}"),
                    };
                }
            });
        }
    });
    assert_eq!(tablet.blob(&name), Some(bytes));
    check(server.data());
}

#[test]
fn a_connection_that_breaks_off_leaves_what_has_come() {
    let server = Server::new();
    let tablet = server.tablet();
    let bytes = photo(10, 2_000_000);
    let name = sha256(&bytes);
    drop(begin(&tablet, &bytes, 1_500_000));
    wait_for("what has come is kept", || tablet.progress(&name) == Some((1_500_000, false)));
    // A half-open connection keeps nobody from going on.
    let held = begin(&tablet, &bytes, 0);
    assert_eq!(tablet.patch(&name, 1_500_000, bytes.len(), &bytes[1_500_000..]).status, 204);
    drop(held);
    assert_eq!(tablet.blob(&name), Some(bytes));
}

#[test]
fn a_killed_server_goes_on_where_an_upload_was() {
    let mut server = Server::new();
    let tablet = server.tablet();
    let (whole, bytes) = (photo(11, 50_000), photo(12, 1_000_000));
    let (kept, name) = (tablet.upload(&whole), sha256(&bytes));
    let held = begin(&tablet, &bytes, 800_000);
    wait_for("a part is written", || tablet.progress(&name).is_some_and(|(offset, _)| offset >= 500_000));
    server.stop("KILL");
    drop(held);
    check(server.data());
    let again = Server::on(server.data(), &[]);
    let tablet = Device { address: again.address, ..tablet };
    assert_eq!(tablet.blob(&kept), Some(whole));
    let (offset, is_complete) = tablet.progress(&name).expect("it was begun");
    let offset = usize::try_from(offset).expect("is small");
    assert!(offset >= 500_000 && !is_complete);
    assert_eq!(tablet.patch(&name, offset, bytes.len(), &bytes[offset..]).status, 204);
    assert_eq!(tablet.blob(&name), Some(bytes));
    check(again.data());
}

#[test]
fn a_term_signal_lets_the_part_under_way_finish() {
    let (mut server, log) = Server::telling();
    let tablet = server.tablet();
    let bytes = photo(13, 400_000);
    let name = sha256(&bytes);
    let mut stream = begin(&tablet, &bytes, 300_000);
    wait_for("a part is written", || tablet.progress(&name).is_some());
    let answer = std::thread::scope(|threads| {
        let finishing = threads.spawn(move || {
            wait_for_log(&log, "stopping");
            stream.write_all(&bytes[300_000..]).expect("the server still reads");
            let mut answer = Vec::new();
            std::io::Read::read_to_end(&mut stream, &mut answer).expect("the server closes after its answer");
            String::from_utf8_lossy(&answer).into_owned()
        });
        assert_eq!(server.stop("TERM"), Some(0));
        finishing.join().expect("an answer")
    });
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    let again = Server::on(server.data(), &[]);
    assert_eq!(Device { address: again.address, ..tablet }.progress(&name), Some((400_000, true)));
}

#[test]
fn check_tells_what_is_lost_from_what_is_still_to_come() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let (owed, lost, damaged) = (sha256(b"owed"), tablet.upload(b"lost"), tablet.upload(b"damaged"));
    tablet.push(&[finding_with_photos(1, 1, None, &[&owed, &lost])]);
    let checked = server.cli(&["check"]);
    assert_eq!(checked["notices"], json!([format!("record {}: blob {owed} has not come yet", id(1))]));
    let organisation = checked["organisations"][0]["organisation"].as_str().expect("an id");
    let file = |name: &str| server.data().join("blobs").join(organisation).join(&name[..2]).join(name);
    std::fs::remove_file(file(&lost)).expect("the file");
    std::fs::write(file(&damaged), "damaged!").expect("the file");
    let (code, document) = cli(&["check", "--data", server.data().to_str().expect("a path")]);
    let findings = document["findings"].to_string();
    assert_eq!(code, Some(1), "{document}");
    assert!(findings.contains(&format!("{lost}: its bytes are lost")), "{findings}");
    assert!(findings.contains(&format!("{damaged}: its bytes are not those")), "{findings}");
    // What is lost counts as not sent, so that it may come again.
    assert_eq!((tablet.progress(&lost), tablet.blob(&damaged)), (None, None));
    tablet.upload(b"lost");
    assert_eq!(tablet.blob(&lost).as_deref(), Some(&b"lost"[..]));
}

#[test]
fn a_revoked_device_sends_and_reads_nothing_more() {
    let server = Server::new();
    let tablet = server.tablet();
    let name = tablet.upload(b"photo");
    server.cli(&["device", "revoke", &tablet.device]);
    let target = format!("/v1/blobs/{name}");
    for method in ["GET", "PATCH"] {
        assert_eq!(tablet.send(method, &target, &[], b"").problem(), "device-revoked");
    }
    assert_eq!(tablet.send("HEAD", &target, &[], b"").status, 401);
}

#[test]
fn what_is_lost_is_asked_of_the_tablets_again() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let (lost, sound) = (tablet.upload(&[1; 3_000]), tablet.upload(&[2; 2_000]));
    tablet.push(&[finding_with_photos(1, 1, None, &[&lost, &sound])]);
    let checked = server.cli(&["check"]);
    let organisation = checked["organisations"][0]["organisation"].as_str().expect("an id").to_owned();
    let file = server.data().join("blobs").join(organisation).join(&lost[..2]).join(&lost);
    std::fs::write(&file, b"").expect("the file is emptied");
    let data = server.data().to_str().expect("a plain path");
    assert_eq!(cli(&["check", "--data", data]).0, Some(1));

    let asked = server.cli(&["check", "--ask-again"]);
    assert!(asked["notices"].to_string().contains(&lost), "{asked}");
    let refused = tablet.send("POST", "/v1/push", &[], &tablet.body(&[]));
    assert_eq!(refused.problem(), "epoch-changed", "by which a tablet asks anew what the server has");
    assert_eq!((tablet.progress(&lost), tablet.progress(&sound)), (None, Some((2_000, true))));
    let (waited, epoch) = (server.cli(&["check"]), server.epoch());
    assert_eq!(waited["notices"], json!([format!("record {}: blob {lost} has not come yet", id(1))]));
    server.cli(&["check", "--ask-again"]);
    assert_eq!(server.epoch(), epoch, "what was asked for and has not come is not asked for anew");
    assert_eq!(tablet.upload(&[1; 3_000]), lost);
    assert_eq!(tablet.blob(&lost), Some(vec![1; 3_000]));
    check(server.data());
    let epoch = server.epoch();
    server.cli(&["check", "--ask-again"]);
    assert_eq!(server.epoch(), epoch, "where nothing is lost, nobody is asked");
}
