//! What a server lives through: a log that is full, guessers, and crowds.

use serde_json::json;

use crate::support::*;

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_stops_neither_the_work_nor_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let mut server = Server::logging(folder.path(), &[], "debug", full.into());
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200);
    assert_eq!(server.stop("TERM"), Some(0));
}

#[test]
fn a_right_code_gets_in_however_many_wrong_ones_come() {
    let server = Server::new();
    let wrong = json!({"code": "AAAAA-AAAAA", "device_name": "t", "replica": id(7)}).to_string();
    let answers: Vec<u16> = std::iter::repeat_with(|| server.send("POST", "/v1/enrol", &[], wrong.as_bytes()).status)
        .take(5_000)
        .scan(0, |last, status| (std::mem::replace(last, status) != 429).then_some(status))
        .collect();
    assert!(answers.len() > 500, "{}", answers.len());
    assert!(answers.ends_with(&[403, 429]));
    server.tablet();
}
