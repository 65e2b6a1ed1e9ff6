//! The stream of live changes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::*;

/// Longer than any machine needs for what is told at once, and shorter than what a stream waits for by itself.
const SOON: Duration = Duration::from_secs(8);

/// An open stream, and what has come of it.
struct Stream {
    connection: TcpStream,
    text: String,
}

impl Stream {
    fn open(device: &Device, query: &str) -> Self {
        let head = format!(
            "GET /v1/live{query} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\naccept-encoding: zstd, gzip\r\n\r\n",
            device.token
        );
        let mut connection = TcpStream::connect(device.address).expect("the server listens");
        connection.write_all(head.as_bytes()).expect("is sent");
        connection.set_read_timeout(Some(Duration::from_millis(50))).expect("a timeout");
        let mut stream = Self { connection, text: String::new() };
        stream.wait(SOON, |text| text.contains(": listening"));
        assert!(stream.text.starts_with("HTTP/1.1 200"), "{}", stream.text);
        assert!(stream.text.contains("content-type: text/event-stream"), "{}", stream.text);
        stream
    }

    /// Reads until `is_enough`, for `most` at most; whether it came to that.
    fn wait(&mut self, most: Duration, is_enough: impl Fn(&str) -> bool) -> bool {
        let until = Instant::now() + most;
        while !is_enough(&self.text) {
            let mut bytes = [0; 4096];
            match self.connection.read(&mut bytes) {
                Ok(0) => return false,
                Ok(read) => self.text.push_str(&String::from_utf8_lossy(&bytes[..read])),
                Err(_) if Instant::now() < until => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// The cursor of the next event.
    fn cursor(&mut self) -> String {
        self.text.clear();
        let came = self.wait(SOON, |text| text.contains("data: ") && text.ends_with("\n\r\n"));
        assert!(came && self.text.contains("event: change"), "no event: {:?}", self.text);
        let data = self.text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data");
        let data: Value = serde_json::from_str(data).expect("JSON");
        data["cursor"].as_str().expect("a cursor").to_owned()
    }

    fn is_silent(&mut self) -> bool {
        self.text.clear();
        !self.wait(Duration::from_millis(900), |text| text.contains("event:"))
    }

    /// Whether the stream ends soon, in order.
    fn ends(&mut self) -> bool {
        self.wait(SOON, |text| text.ends_with("\r\n0\r\n\r\n"))
    }
}

#[test]
fn a_push_is_told_to_who_may_read_it() {
    let server = Server::new();
    let (east, west) = (id(0xEA), id(0x3E));
    let mut tablet = server.tablet();
    let scoped = |scope: &str| Device::enrol(server.address, &server.code(&["--scope", scope]));
    let (in_east, in_west) = (scoped(&east), scoped(&west));
    let mut streams = [&tablet, &in_east, &in_west].map(|device| Stream::open(device, ""));
    assert!(streams[0].is_silent(), "nothing has moved");
    tablet.push(&[finding_with_photos(1, 1, Some(&east), &[])]);
    let cursors = [streams[0].cursor(), streams[1].cursor()];
    assert_eq!(cursors[0], cursors[1]);
    assert_eq!(cursors[0], tablet.pull_all(None).1, "it is the end of the feed");
    assert!(streams[2].is_silent(), "that is another campus");
    tablet.push(&[finding(2, 2, "a")]);
    streams.iter_mut().for_each(|stream| drop(stream.cursor()));
    // Also what another process writes.
    server.cli(&["purge", "--record", &id(2)]);
    streams.iter_mut().for_each(|stream| drop(stream.cursor()));
}

#[test]
fn a_stream_tells_at_once_what_had_moved_before() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    let (_, cursor) = tablet.pull_all(None);
    assert!(Stream::open(&tablet, &format!("?after={cursor}")).is_silent());
    tablet.push(&[finding(2, 2, "b")]);
    let mut stream = Stream::open(&tablet, &format!("?after={cursor}"));
    let came = stream.wait(SOON, |text| text.contains("event: change"));
    assert!(came, "{}", stream.text);
    for (query, headers) in [("?after=a&after=b", &[][..]), ("?after=zzz", &[]), ("", &[("last-event-id", "zzz")])] {
        let refused = tablet.send("GET", &format!("/v1/live{query}"), headers, b"");
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{query} {headers:?}");
    }
}

#[test]
fn another_organisations_changes_are_not_told() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let made = server.cli(&["init", "--organisation", "别的学校"]);
    let there = Device::enrol(server.address, &server.code_of(made["organisation"].as_str().expect("an id")));
    let mut stream = Stream::open(&there, "");
    tablet.push(&[finding(1, 1, "a")]);
    assert!(stream.is_silent());
}

#[test]
fn a_revoked_devices_stream_ends() {
    let server = Server::new();
    let tablet = server.tablet();
    let mut stream = Stream::open(&tablet, "");
    server.cli(&["device", "revoke", &tablet.device]);
    assert!(stream.ends());
    assert_eq!(tablet.send("GET", "/v1/live", &[], b"").problem(), "device-revoked");
}

#[test]
fn a_stopping_server_waits_for_no_stream() {
    let mut server = Server::new();
    let tablet = server.tablet();
    let mut streams: Vec<Stream> = (0..3).map(|_| Stream::open(&tablet, "")).collect();
    let began = Instant::now();
    assert_eq!(server.stop("TERM"), Some(0));
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    assert!(streams.iter_mut().all(Stream::ends));
}

#[test]
fn the_oldest_of_too_many_streams_gives_way() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut streams: Vec<Stream> = (0..6).map(|_| Stream::open(&tablet, "")).collect();
    assert!(streams[..2].iter_mut().all(Stream::ends));
    tablet.push(&[finding(1, 1, "a")]);
    streams[2..].iter_mut().for_each(|stream| drop(stream.cursor()));
}

#[test]
fn a_silent_stream_says_that_it_is_there() {
    let server = Server::new();
    let mut stream = Stream::open(&server.tablet(), "");
    stream.text.clear();
    assert!(
        stream.wait(Duration::from_secs(20), |text| text.contains("\n:") || text.starts_with(':')),
        "{:?}",
        stream.text
    );
}
