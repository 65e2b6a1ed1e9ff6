//! Stopping, and being stopped.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use crate::support::*;

#[test]
fn a_term_signal_lets_the_push_under_way_finish_and_exits_with_0() {
    let (mut server, log) = Server::telling();
    let device = server.tablet();
    let body = device.body(&[finding(1, 1, "a")]);
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n\r\n",
        device.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("is sent");
    stream.write_all(&body[..20]).expect("is sent");
    // The server says so as soon as it reads the body; from then on the push is under way.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("an answer to the head");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let answer = std::thread::scope(|threads| {
        let finishing = threads.spawn(move || {
            wait_for_log(&log, "stopping");
            stream.write_all(&body[20..]).expect("the server still reads");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("the server closes after its answer");
            String::from_utf8_lossy(&answer).into_owned()
        });
        assert_eq!(server.stop("TERM"), Some(0));
        finishing.join().expect("an answer")
    });
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(TcpStream::connect(server.address).is_err(), "nobody listens any more");
    let again = Server::on(server.data(), &[]);
    let device = Device { address: again.address, ..device };
    assert_eq!(device.pull_all(None).0.len(), 1);
}

#[test]
fn an_interrupt_stops_the_server_too() {
    assert_eq!(Server::new().stop("INT"), Some(0));
}

#[test]
fn a_killed_server_keeps_all_that_it_answered_and_its_store_is_sound() {
    let mut server = Server::new();
    for round in 0..3u64 {
        let devices: Vec<Device> = (0..3).map(|_| server.tablet()).collect();
        let acknowledged = std::thread::scope(|threads| {
            let (answered, answers) = mpsc::channel();
            let enough = 1 + 5 * round;
            let pushing: Vec<_> = devices
                .iter()
                .map(|device| (device, answered.clone()))
                .map(|(device, answered)| threads.spawn(move || push_until_it_fails(device, enough, &answered)))
                .collect();
            for _ in &devices {
                answers.recv_timeout(Duration::from_secs(30)).expect("each of them gets something through");
            }
            server.stop("KILL");
            pushing.into_iter().map(|one| one.join().expect("no panic")).collect::<Vec<_>>()
        });
        check(server.data());
        let further = Server::on(server.data(), &[]);
        for (device, (number, last)) in devices.iter().zip(acknowledged) {
            assert!(number > 0, "each of them got something through");
            let device = Device { address: further.address, ..device.clone() };
            // The push that was under way is sent again, byte for byte; whether it had arrived does not matter.
            let answer = device.send("POST", "/v1/push", &[], &last);
            assert_eq!(answer.status, 200, "{answer:?}");
            let history = device.send("GET", &format!("/v1/records/{}/history", record_of(&device)), &[], b"");
            let changes = history.json()["changes"].as_array().map_or(0, Vec::len) as u64;
            assert_eq!(changes, number + 1, "every answered push, and the last one, once each");
        }
        server = server.replaced_by(further);
    }
    check(server.data());
}

fn record_of(device: &Device) -> String {
    device.device.clone()
}

/// Pushes one record again and again; gives how many pushes were answered, and the body of the one that was not.
///
/// Says when `enough` of them were answered.
fn push_until_it_fails(device: &Device, enough: u64, answered_enough: &mpsc::Sender<()>) -> (u64, Vec<u8>) {
    let mut device = device.clone();
    loop {
        let mut record = finding(0, device.number + 1, "x");
        record["id"] = record_of(&device).into();
        let body = device.body(&[record]);
        let request = format!(
            "POST /v1/push HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
             content-length: {}\r\n\r\n",
            device.token,
            body.len()
        );
        let request = [request.as_bytes(), &body].concat();
        let answered = TcpStream::connect(device.address).is_ok_and(|mut stream| {
            let mut answer = Vec::new();
            stream.write_all(&request).is_ok()
                && stream.read_to_end(&mut answer).is_ok()
                && answer.starts_with(b"HTTP/1.1 200")
        });
        if !answered {
            return (device.number, body);
        }
        device.taken(&body);
        if device.number == enough {
            answered_enough.send(()).expect("somebody waits");
        }
    }
}
