//! The calls as they stand on the wire, against a listener that says what the test wrote down.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use replica::{BlobId, HttpTransport, Transport, TransportError};

/// Gives the server's side of one connection its request's head, and its transport the address.
fn serve<T>(answer: impl FnOnce(&mut TcpStream, String) + Send, call: impl FnOnce(&HttpTransport) -> T) -> T {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).expect("a request") == 1 {
                head.push(byte[0]);
            }
            answer(&mut stream, String::from_utf8_lossy(&head).to_lowercase());
        });
        call(&HttpTransport::new(&format!("http://{address}")).expect("an address"))
    })
}

const NOT_OFFERED: &str = "HTTP/1.1 404 Not Found\r\ncontent-type: application/problem+json\r\ncontent-length: 82\r\n\r\n\
    {\"type\":\"urn:rounds:problem:not-offered\",\"title\":\"Not offered here.\",\"status\":404}";

#[test]
fn a_part_is_sent_with_its_place_in_the_whole() {
    let id = BlobId::of(b"0123456789");
    let answer = |stream: &mut TcpStream, head: String| {
        assert!(head.starts_with(&format!("patch /v1/blobs/{id} http/1.1\r\n")), "{head}");
        for header in ["authorization: bearer token\r\n", "upload-offset: 4\r\n", "upload-length: 10\r\n"] {
            assert!(head.contains(header), "{head}");
        }
        let mut body = [0; 6];
        stream.read_exact(&mut body).expect("the part");
        assert_eq!(&body, b"456789");
        stream.write_all(b"HTTP/1.1 204 No Content\r\nupload-offset: 10\r\n\r\n").expect("an answer");
    };
    let there = serve(answer, |server| server.send_blob("token", id, 4, 10, b"456789"));
    assert_eq!(there.expect("an answer"), 10);
}

#[test]
fn bytes_that_are_not_what_was_asked_for_are_no_answer() {
    for (body, is_good) in [("photo", true), ("other", false)] {
        let answer = move |stream: &mut TcpStream, _| {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{body}").expect("an answer");
        };
        let given = serve(answer, |server| server.get_blob("token", BlobId::of(b"photo")));
        match given {
            Ok(bytes) => assert!(is_good && bytes.as_deref() == Some(b"photo")),
            Err(error) => assert!(!is_good && matches!(error, TransportError::NoAnswer(_)), "{error}"),
        }
    }
}

#[test]
fn each_change_in_the_stream_is_heard_and_the_end_is_no_error() {
    let heard = AtomicU32::new(0);
    let answer = |stream: &mut TcpStream, head: String| {
        assert!(head.contains("accept: text/event-stream\r\n") && !head.contains("accept-encoding"), "{head}");
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
            .expect("sent");
        for part in ["event: change\ndata: {\"cursor\":\"1\"}\n\n", ": alive\n\n", "event: chan", "ge\ndata: {}\n\n"] {
            stream.write_all(part.as_bytes()).expect("sent");
            std::thread::sleep(Duration::from_millis(30));
        }
    };
    let stop = AtomicBool::new(false);
    let result = serve(answer, |server| {
        server.live("token", &stop, &mut || {
            heard.fetch_add(1, Ordering::Relaxed);
        })
    });
    result.expect("a stream that ends");
    assert_eq!(heard.load(Ordering::Relaxed), 3, "once when it began, and for each change");
}

#[test]
fn a_silent_stream_is_left_when_nobody_wants_to_listen_any_more() {
    let stop = AtomicBool::new(false);
    let answer = |stream: &mut TcpStream, _| {
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").expect("sent");
        std::thread::sleep(Duration::from_millis(100));
        stop.store(true, Ordering::Relaxed);
        // The connection stays open until the other side leaves.
        drop(stream.read(&mut [0]));
    };
    let began = Instant::now();
    serve(answer, |server| server.live("token", &stop, &mut || {})).expect("it was asked to stop");
    assert!(began.elapsed() < Duration::from_secs(10), "it waited for the next sign of life");
}

#[test]
fn a_server_without_a_stream_is_told_from_a_page() {
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nhi";
    for (answer, is_refusal) in [(NOT_OFFERED, true), (page, false)] {
        let stop = AtomicBool::new(false);
        let mut is_heard = false;
        let result = serve(
            |stream: &mut TcpStream, _| stream.write_all(answer.as_bytes()).expect("an answer"),
            |server| server.live("token", &stop, &mut || is_heard = true),
        );
        match result {
            Err(TransportError::Refused(problem)) => assert!(is_refusal, "{problem:?}"),
            Err(TransportError::NoAnswer(why)) => assert!(!is_refusal, "{why}"),
            other => panic!("{other:?}"),
        }
        assert!(!is_heard);
    }
}
