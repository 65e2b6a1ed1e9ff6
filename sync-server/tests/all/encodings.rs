//! Content encodings and sizes.

use std::io::{Read, Write};

use crate::support::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).expect("memory")
}

#[test]
fn a_push_may_be_encoded_and_its_digest_is_that_of_the_plain_body() {
    let server = Server::new();
    let mut tablet = server.tablet();
    for (n, encoding) in (1u64..).zip(["zstd", "gzip", "identity", "GZIP", "identity, zstd"]) {
        let body = tablet.body(&[finding(n.into(), n, "a")]);
        let encoded = match encoding.to_lowercase().as_str() {
            "gzip" => gzip(&body),
            "identity" => body.clone(),
            _ => zstd(&body),
        };
        let answer = tablet.send("POST", "/v1/push", &[("content-encoding", encoding)], &encoded);
        assert_eq!(answer.status, 200, "{encoding}: {answer:?}");
        tablet.taken(&body);
        assert_eq!(answer.json()["digest"], tablet.previous.as_deref().expect("a digest"));
    }
}

#[test]
fn other_encodings_and_damaged_bodies_are_refused() {
    let server = Server::new();
    let tablet = server.tablet();
    let body = tablet.body(&[finding(1, 1, "a")]);
    for encoding in ["br", "deflate", "gzip, zstd", "gzip, gzip", "zstd\u{e9}", "*"] {
        let refused = tablet.send("POST", "/v1/push", &[("content-encoding", encoding)], &body);
        assert_eq!((refused.status, refused.problem().as_str()), (415, "unsupported-encoding"), "{encoding}");
        assert_eq!(refused.header("accept-encoding"), Some("zstd, gzip"));
    }
    let damaged = |encoded: Vec<u8>| {
        let mut flipped = encoded.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xFF;
        let trailing = [encoded.as_slice(), b"garbage"].concat();
        [flipped, encoded[..encoded.len() - 5].to_vec(), trailing, body.clone(), vec![0xFF; 9]]
    };
    let cases = damaged(gzip(&body)).map(|case| ("gzip", case)).into_iter();
    for (encoding, case) in cases.chain(damaged(zstd(&body)).map(|case| ("zstd", case))) {
        let refused = tablet.send("POST", "/v1/push", &[("content-encoding", encoding)], &case);
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{encoding}");
    }
    assert_eq!(tablet.pull_all(None).0, Vec::<serde_json::Value>::new());
}

#[test]
fn a_body_beyond_the_limit_is_refused_and_the_client_gets_to_read_why() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let padded = |length: usize| {
        let mut body = tablet.body(&[finding(1, 1, "a")]);
        body.resize(length, b' ');
        body
    };
    for (headers, body) in [
        (&[][..], padded((8 << 20) + 1)),
        (&[], padded(40 << 20)),
        (&[("content-encoding", "zstd")], zstd(&padded((8 << 20) + 1))),
        (&[("content-encoding", "gzip")], gzip(&padded((8 << 20) + 1))),
        (&[("content-encoding", "zstd")], zstd(&vec![b' '; 512 << 20])),
    ] {
        let refused = tablet.send("POST", "/v1/push", headers, &body);
        assert_eq!((refused.status, refused.problem().as_str()), (413, "limit-exceeded"));
        assert_eq!(refused.json()["limit"], "body-bytes");
    }
    let unauthorised = server.send("POST", "/v1/push", &[("authorization", "Bearer x")], &padded(20 << 20));
    assert_eq!(unauthorised.status, 401);
    let most = padded(8 << 20);
    let answer = tablet.send("POST", "/v1/push", &[("content-encoding", "gzip")], &gzip(&most));
    assert_eq!(answer.status, 200, "the number is still free, and the limit itself is allowed");
    tablet.taken(&most);
    tablet.push(&[]);
}

#[test]
fn too_many_records_are_refused_with_the_limit_named() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let records: Vec<_> = (1..=1_001u64).map(|n| finding(n.into(), n, "a")).collect();
    let refused = tablet.send("POST", "/v1/push", &[], &tablet.body(&records));
    assert_eq!((refused.status, refused.problem().as_str()), (413, "limit-exceeded"));
    assert_eq!(refused.json()["limit"], "push-records");
    tablet.push(&records[..1_000]);
}

#[test]
fn answers_are_encoded_as_the_client_asks_and_the_kept_answer_stays_the_same() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let records: Vec<_> = (1..=50u64).map(|n| finding(n.into(), n, "a")).collect();
    let body = tablet.body(&records);
    let plain = tablet.send("POST", "/v1/push", &[], &body);
    assert_eq!(plain.header("content-encoding"), None);
    tablet.taken(&body);
    let ask = |encoding: &str| {
        let answer = tablet.send("POST", "/v1/push", &[("accept-encoding", encoding)], &body);
        assert_eq!(answer.status, 200);
        let sent = answer.header("content-encoding").map(str::to_owned);
        let decoded = match sent.as_deref() {
            Some("zstd") => zstd::decode_all(answer.body.as_slice()).expect("is zstd"),
            Some("gzip") => {
                let mut decoded = Vec::new();
                flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut decoded).expect("is gzip");
                decoded
            }
            _ => answer.body,
        };
        assert_eq!(decoded, plain.body, "{encoding}");
        sent
    };
    assert_eq!(ask("zstd").as_deref(), Some("zstd"));
    assert_eq!(ask("gzip").as_deref(), Some("gzip"));
    assert_eq!(ask("br").as_deref(), None);
    assert_eq!(ask("zstd;q=0, gzip").as_deref(), Some("gzip"));
    for forbidding in ["identity;q=0", "*;q=0", "gzip;q=0, identity; q=0.0"] {
        assert_eq!(ask(forbidding).as_deref(), None, "{forbidding}: what was done is answered");
    }
}
