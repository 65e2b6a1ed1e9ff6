//! Whether the server says that it is ready only while its store takes what is written.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::*;

#[cfg(unix)]
#[test]
fn a_server_whose_disk_takes_nothing_more_lives_and_is_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    // No file of the server may become larger than this: to it, the disk is full.
    let server = Server::with_files_of(folder.path(), 2 << 20);
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200);
    let mut tablet = server.tablet();
    let until = Instant::now() + Duration::from_secs(60);
    let refused = (1..)
        .find_map(|n| {
            assert!(Instant::now() < until, "the disk never fills");
            let mut record = finding(u128::from(n), n, "");
            // Digests do not compress.
            let noise: String = (0..900).map(|part| sha256(format!("{n} {part}").as_bytes())).collect();
            record["fields"] = json!({ "title": [[0, noise]] });
            let body = tablet.body(&[record]);
            let answer = tablet.send("POST", "/v1/push", &[], &body);
            tablet.taken(&body);
            (answer.status != 200).then_some(answer)
        })
        .expect("some push finds no room");
    assert_eq!(refused.status, 503, "{refused:?}");
    let unready = server.send("GET", "/readyz", &[], b"");
    assert_eq!((unready.status, unready.problem().as_str()), (503, "unavailable"));
    assert_eq!(server.send("GET", "/healthz", &[], b"").status, 200);
    assert!(!tablet.pull_all(None).0.is_empty(), "what was taken can still be read");
    // The beats find no room either, so it stays so while nobody pushes.
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 503);
}
