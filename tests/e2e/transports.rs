//! One suite for every transport: in process and over HTTP; and what only a network can do.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use causal::{Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use replica::{HttpTransport, PullAsk, Transport, TransportError};
use rounds_tests::{HubTransport, TestServer, scratch_folder};
use sync_server::Hub;
use sync_server::blobs::{FileBlobs, blob_folder};
use sync_server::service::{OsRandom, SystemClock};
use sync_server::storage::sqlite;
use uuid::Uuid;
use wire::{BlobId, BlobProgress, EnrolRequest, ProblemType, PushHead, RecordsWriter};

fn refusal(error: TransportError) -> ProblemType {
    match error {
        TransportError::Refused(problem) => problem.kind().expect("a problem of ours"),
        other => panic!("not a refusal: {other}"),
    }
}

fn request(code: &str, replica: ReplicaId) -> EnrolRequest {
    EnrolRequest { code: code.to_owned(), device_name: "平板".to_owned(), replica: replica.0, replaces: None }
}

fn ask(after: Option<&str>) -> PullAsk<'_> {
    PullAsk { after, limit: 10, owes: 0 }
}

fn a_record(replica: ReplicaId) -> Record {
    let mut state = State::new();
    let set = [("title".into(), Value::from(serde_json::json!("厨房日检")))];
    let stamp = Stamp { at: 1, by: None };
    state.save(Dot::new(replica, 1), stamp, &Seen::nothing(), set).expect("a save");
    Record { id: RecordId(Uuid::now_v7()), kind: "note".into(), scope: None, state }
}

/// What every transport promises.
fn keeps_its_promises(transport: &dyn Transport, codes: [String; 2]) {
    let replica = ReplicaId(Uuid::new_v4());
    let enrolled = transport.enrol(&request(&codes[0], replica)).expect("a good code");
    let again = transport.enrol(&request(&codes[0], replica)).expect_err("a code works once");
    assert_eq!(refusal(again), ProblemType::EnrolRefused);
    transport.enrol(&request(&codes[1], ReplicaId(Uuid::new_v4()))).expect("another code");

    let record = a_record(replica);
    let body = |number: u64, epoch: &str| {
        let mut writer = RecordsWriter::new();
        writer.push(&record);
        let head = PushHead { epoch: epoch.to_owned(), replica, number, previous: None };
        wire::encode_push_request(&head, writer)
    };
    let (token, epoch) = (&enrolled.token, &enrolled.epoch);
    let refused = transport.push("nobody", &body(1, epoch)).expect_err("an unknown token");
    assert_eq!(refusal(refused), ProblemType::Unauthorised);
    let refused = transport.push(token, &body(1, &Uuid::new_v4().to_string())).expect_err("another epoch");
    let TransportError::Refused(problem) = refused else { panic!("not a refusal") };
    assert_eq!(problem.members["epoch"], epoch.as_str());
    let refused = transport.push(token, &body(2, epoch)).expect_err("a number ahead");
    let TransportError::Refused(problem) = refused else { panic!("not a refusal") };
    assert_eq!((problem.kind(), &problem.members["expected"]), (Some(ProblemType::PushOutOfOrder), &1.into()));
    assert_eq!(refusal(transport.push(token, b"{}").expect_err("no push")), ProblemType::BadRequest);

    let first = wire::digest(&body(1, epoch)).to_string();
    let answer = transport.push(token, &body(1, epoch)).expect("the first push");
    assert_eq!((answer.number, answer.results.len()), (1, 1));
    assert_eq!(transport.push(token, &body(1, epoch)).expect("a retry").digest, answer.digest);
    let page = transport.pull(token, ask(None)).expect("a page");
    assert_eq!((&page.records[..], page.more), (&[record][..], false));
    assert!(transport.pull(token, ask(Some(page.cursor.as_str()))).expect("a page").records.is_empty());
    let refused = transport.pull(token, ask(Some("rubbish"))).expect_err("no cursor");
    assert_eq!(refusal(refused), ProblemType::BadRequest);
    sends_blobs(transport, token);
    hears_of_changes(transport, token, &first, &|previous| {
        let mut writer = RecordsWriter::new();
        writer.push(&a_record(replica));
        let previous = Some(previous.to_owned());
        wire::encode_push_request(&PushHead { epoch: epoch.to_owned(), replica, number: 2, previous }, writer)
    });
}

fn sends_blobs(transport: &dyn Transport, token: &str) {
    let photo: Vec<u8> = (0..70_000u32).flat_map(u32::to_le_bytes).collect();
    let (id, total) = (BlobId::of(&photo), photo.len() as u64);
    let state = || transport.blob_state(token, id).expect("an answer");
    assert_eq!((state(), transport.get_blob(token, id).expect("an answer")), (None, None));
    let refused = transport.send_blob(token, id, 5, total, &photo[5..]).expect_err("it begins elsewhere");
    assert_eq!(refusal(refused), ProblemType::OffsetMismatch);
    assert_eq!(transport.send_blob(token, id, 0, total, &photo[..100_000]).expect("a part"), 100_000);
    assert_eq!(state(), Some(BlobProgress { offset: 100_000, complete: false }));
    assert_eq!(transport.get_blob(token, id).expect("an answer"), None);
    assert_eq!(transport.send_blob(token, id, 100_000, total, &photo[100_000..]).expect("the rest"), total);
    assert_eq!(state(), Some(BlobProgress { offset: total, complete: true }));
    assert_eq!(transport.get_blob(token, id).expect("an answer").as_deref(), Some(&photo[..]));
    let refused = transport.send_blob(token, BlobId::of(b"a"), 0, 1, b"b").expect_err("other bytes");
    assert_eq!(refusal(refused), ProblemType::DigestMismatch);
    assert_eq!(refusal(transport.blob_state("nobody", id).expect_err("no token")), ProblemType::Unauthorised);
}

/// The stream calls when it begins and when the feed moves, and ends when it is told to.
fn hears_of_changes(transport: &dyn Transport, token: &str, previous: &str, body: &dyn Fn(&str) -> Vec<u8>) {
    let stop = AtomicBool::new(false);
    let (heard, hears) = std::sync::mpsc::channel();
    std::thread::scope(|threads| {
        let listening = threads.spawn(|| {
            transport.live(token, &stop, &mut || {
                let _ = heard.send(());
            })
        });
        let within = Duration::from_secs(5);
        hears.recv_timeout(within).expect("the beginning");
        transport.push(token, &body(previous)).expect("the second push");
        hears.recv_timeout(within).expect("the change");
        stop.store(true, Ordering::Relaxed);
        listening.join().expect("no panic").expect("that is no error");
    });
}

#[test]
fn the_transport_in_process_keeps_its_promises() {
    let folder = scratch_folder();
    let server = TestServer::init(folder.path(), &[]);
    let codes = [server.enrol_code(&[]), server.enrol_code(&[])];
    let storage = sqlite::open(&sqlite::store_path(folder.path())).expect("the store");
    let blobs = Arc::new(FileBlobs::new(blob_folder(folder.path())));
    let hub =
        Hub::start(Arc::new(storage), blobs, Arc::new(SystemClock::default()), Arc::new(OsRandom)).expect("a hub");
    keeps_its_promises(&HubTransport::new(hub), codes);
}

#[test]
fn the_transport_over_http_keeps_its_promises() {
    let folder = scratch_folder();
    let mut server = TestServer::init(folder.path(), &[]);
    server.start();
    let codes = [server.enrol_code(&[]), server.enrol_code(&[])];
    keeps_its_promises(&HttpTransport::new(&server.address()).expect("an address"), codes);
}

/// Answers one call with `answer`, whatever was asked.
fn impostor(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let Ok((mut stream, _)) = listener.accept() else { return };
        let mut request = [0; 4096];
        drop(stream.read(&mut request));
        drop(stream.write_all(answer.as_bytes()));
    });
    address
}

#[test]
fn what_did_not_come_from_this_server_counts_as_no_answer() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n<h1>Please log in</h1>",
        "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad",
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 30\r\n\r\n{\"type\":\"about:blank\",\"title\":0",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"epoch\":",
        "rubbish",
    ] {
        let transport = HttpTransport::new(&impostor(answer)).expect("an address");
        let error = transport.pull("token", ask(None)).expect_err(answer);
        let is_no_answer = matches!(error, TransportError::NoAnswer(_) | TransportError::InItsPlace { .. });
        assert!(is_no_answer, "{answer}: {error}");
    }
    let nobody = HttpTransport::new("http://127.0.0.1:9").expect("an address");
    assert!(matches!(nobody.pull("token", ask(None)), Err(TransportError::NoAnswer(_))));
    assert!(HttpTransport::new("ftp://127.0.0.1").is_err());
    assert!(HttpTransport::new("校园").is_err());
}
