//! Whether the server says that it is ready only while its store takes what is written.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::*;

#[cfg(unix)]
#[test]
fn a_server_whose_disk_takes_nothing_more_lives_and_is_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    // No file of the server may become larger than this: to it, the disk is full.
    let (server, log) = Server::with_files_of(folder.path(), 2 << 20);
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200);
    let mut tablet = server.tablet();
    let until = Instant::now() + Duration::from_secs(60);
    let ready = || server.send("GET", "/readyz", &[], b"");
    let (mut number, mut body) = (0, Vec::new());
    // A beat between a refused push and the question may have found room again, which the next push then takes.
    let unready = loop {
        assert!(Instant::now() < until, "the disk never fills");
        if body.is_empty() {
            number += 1;
            body = tablet.body(&[noisy(number)]);
        }
        let answer = tablet.send("POST", "/v1/push", &[], &body);
        if answer.status == 200 {
            tablet.taken(&std::mem::take(&mut body));
            continue;
        }
        assert_eq!(answer.status, 503, "{answer:?}");
        let unready = ready();
        if unready.status != 200 {
            break unready;
        }
    };
    assert_eq!((unready.status, unready.problem().as_str()), (503, "unavailable"));
    assert_eq!(server.send("GET", "/healthz", &[], b"").status, 200);
    assert!(!tablet.pull_all(None).0.is_empty(), "what was taken can still be read");
    // The beats find no room either, so it stays so while nobody pushes.
    while log.try_recv().is_ok() {}
    wait_for_log(&log, "the store takes nothing");
    assert_eq!(ready().status, 503);
}

/// A record that does not compress, since its text is made of digests.
fn noisy(number: u64) -> Value {
    let noise: String = (0..900).map(|part| sha256(format!("{number} {part}").as_bytes())).collect();
    let mut record = finding(u128::from(number), number, "");
    record["fields"] = json!({ "title": [[0, noise]] });
    record
}
