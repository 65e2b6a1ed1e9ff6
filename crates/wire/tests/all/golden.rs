//! The frozen bytes. A change of one of these files is a change of the protocol, or of every store in the field.
//!
//! `UPDATE_GOLDEN=1 cargo test -p wire golden` writes files that are missing, and never touches one that is there.

use std::path::{Path, PathBuf};

use causal::{Dot, Record, Seen, State};
use wire::{
    EnrolAnswer, EnrolRequest, Organisation, Outcome, Problem, ProblemType, PullAnswer, PushAnswer, PushHead,
    PushRequest, PushResult, decode_state, decode_version, digest, encode_pull_answer, encode_push_answer,
    encode_push_request, encode_state, encode_version,
};

use crate::support::{
    BAD, EPOCH, GOOD, REPLICAS, head, record, replica, save, save_seeing, stamp, uuid, value, writer,
};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The bytes of the golden file, after asserting that they are `encoded`.
#[track_caller]
fn frozen(name: &str, encoded: &[u8]) -> Vec<u8> {
    let path = path(name);
    if !path.exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, encoded).expect("the golden directory can be written to");
    }
    let file = std::fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; a new file is written with UPDATE_GOLDEN=1", path.display()));
    assert_eq!(String::from_utf8_lossy(encoded), String::from_utf8_lossy(&file), "{name}");
    file
}

/// The record of the example in the protocol's section on HTTP: a title by one, and two scores side by side.
fn example() -> Record {
    let mut state = State::new();
    let (ours, theirs) = (Dot::new(replica(0), 17), Dot::new(replica(1), 4));
    let set = [("title", "\"厨房日检\""), ("score", "92")];
    save(&mut state, ours, stamp(1_763_850_000_123, Some("person-uuid")), &set);
    save_seeing(&mut state, &Seen::nothing(), theirs, stamp(1_763_850_100_456, None), &[("score", "90")]);
    record("01990000-0000-7000-8000-000000000000", state)
}

/// A deleted record of one campus, with every kind of value and names that need escapes.
fn rich() -> Record {
    let mut state = State::new();
    let values = [
        ("a/text", r#""\"引号\"\n𠮷😀""#),
        ("b/number", "-1.50e-3"),
        ("c/list", r#"[1,[],{"b":null,"a":true}]"#),
        ("d \"\\", "null"),
    ];
    save(&mut state, Dot::new(replica(1), 1), stamp(0, Some("李四")), &values);
    let deletion = state.deletion_of(&Seen::from(state.version().clone())).as_str().to_owned();
    save(&mut state, Dot::new(replica(0), 9_007_199_254_740_991), stamp(5, None), &[("_deleted", &deletion)]);
    Record { kind: "food_sample".into(), scope: Some(uuid(EPOCH)), ..record(BAD, state) }
}

fn purged() -> Record {
    let mut purged = example();
    purged.state.purge();
    Record { id: causal::RecordId(uuid(GOOD)), ..purged }
}

#[test]
fn a_push_is_as_it_was() {
    let head = PushHead { number: 2, previous: Some(digest(b"push 1").to_string()), ..head() };
    let records = [example(), rich(), purged()];
    let body = frozen("push_request.json", &encode_push_request(&head, writer(&records)));
    assert_eq!(PushHead::decode(&body).expect("the golden head"), head);
    let push = PushRequest::decode(&body).expect("the golden push");
    assert_eq!(push.head, head);
    let decoded: Vec<Record> = push.records.into_iter().map(|received| received.record.expect("valid")).collect();
    assert_eq!(decoded, records);
}

#[test]
fn a_first_push_without_records_is_as_it_was() {
    let push = PushRequest::decode(&frozen("push_request_empty.json", &encode_push_request(&head(), writer([]))));
    assert!(push.expect("the golden push").records.is_empty());
}

#[test]
fn an_answer_with_every_outcome_is_as_it_was() {
    let problem = Problem::new(ProblemType::InvalidRecord).detail("a field has no sibling");
    let result = |id: &str, outcome, problem| PushResult { id: id.into(), outcome, problem };
    let results = [
        result(GOOD, Outcome::Merged, None),
        result(BAD, Outcome::Unchanged, None),
        result("not an id", Outcome::Rejected, Some(problem)),
    ];
    let digest = digest(b"push 2");
    let encoded = encode_push_answer(EPOCH, 2, digest, &results, writer([&example()]));
    let answer = PushAnswer::decode(&frozen("push_answer.json", &encoded)).expect("the golden answer");
    assert_eq!((answer.epoch.as_str(), answer.number, answer.digest), (EPOCH, 2, digest));
    assert_eq!(answer.results, results);
    assert_eq!(answer.records, [example()]);
}

#[test]
fn a_page_is_as_it_was() {
    let records = [rich(), example()];
    let encoded = encode_pull_answer(EPOCH, writer(&records), "opaque", true);
    let page = PullAnswer::decode(&frozen("pull_page.json", &encoded)).expect("the golden page");
    assert_eq!((page.epoch.as_str(), page.cursor.as_str(), page.more), (EPOCH, "opaque", true));
    assert_eq!(page.records, records);
}

#[test]
fn an_enrolment_is_as_it_was() {
    let (code, device_name) = ("ABCD-2345".to_owned(), "厨房平板".to_owned());
    let request = EnrolRequest { code, device_name, replica: uuid(REPLICAS[0]), replaces: None };
    let encoded = serde_json::to_vec(&request).expect("JSON");
    assert_eq!(EnrolRequest::decode(&frozen("enrol_request.json", &encoded)).expect("the golden request"), request);
    for (name, scopes) in [("enrol_answer_all.json", None), ("enrol_answer_one.json", Some(vec![uuid(GOOD)]))] {
        let organisation = Organisation { id: uuid(GOOD), name: "第一小学".into() };
        let (token, epoch) = ("token".to_owned(), EPOCH.to_owned());
        let answer = EnrolAnswer { token, device: uuid(BAD), organisation, scopes, epoch, role: None };
        let encoded = serde_json::to_vec(&answer).expect("JSON");
        assert_eq!(EnrolAnswer::decode(&frozen(name, &encoded)).expect("the golden answer"), answer);
    }
}

#[test]
fn every_problem_is_as_it_was() {
    for kind in ProblemType::OF_THE_PROTOCOL {
        let problem = match kind {
            ProblemType::EpochChanged => Problem::new(*kind).member("epoch", EPOCH),
            ProblemType::PushOutOfOrder => Problem::new(*kind).member("expected", 7),
            _ => Problem::new(*kind).detail("what happened"),
        };
        let file = frozen(&format!("problem_{}.json", kind.slug().replace('-', "_")), &problem.encode());
        let decoded = Problem::decode(&file).expect("the golden problem");
        assert_eq!((decoded.kind(), decoded), (Some(*kind), problem));
    }
}

/// From this file the screens take their sentences; unlike the messages it may change, and is then written anew.
#[test]
fn the_table_of_problems_is_that_of_the_golden_file() {
    let row = |kind: &ProblemType| {
        let [slug, zh, en] = [kind.slug(), kind.zh(), kind.en()].map(|text| serde_json::json!(text).to_string());
        format!("  {slug}: {{\"status\": {}, \"zh\": {zh}, \"en\": {en}}}", kind.status())
    };
    let table = format!("{{\n{}\n}}\n", ProblemType::ALL.iter().map(row).collect::<Vec<_>>().join(",\n"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path("problems.json"), &table).expect("the golden directory can be written to");
    }
    assert_eq!(std::fs::read_to_string(path("problems.json")).expect("the golden table"), table);
}

#[test]
fn no_golden_problem_is_left_behind() {
    let names = std::fs::read_dir(path("")).expect("the golden directory");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    assert_eq!(names.filter(|name| name.starts_with("problem_")).count(), ProblemType::OF_THE_PROTOCOL.len());
}

#[test]
fn the_example_of_the_protocol_reads_as_it_says() {
    let example_file = std::fs::read_to_string(path("section_3_example.json")).expect("the example");
    let frame = encode_push_request(&head(), writer([]));
    let frame = String::from_utf8(frame).expect("JSON").replace(r#""replicas":[],"records":[]}"#, "");
    let body = format!("{frame}{}", example_file.trim_start().trim_start_matches('{'));
    let push = PushRequest::decode(body.as_bytes()).expect("a push with the example's records");
    let decoded = push.records.into_iter().next().expect("one record").record.expect("a valid record");
    assert_eq!(decoded, example());
    let title = decoded.state.siblings("title").next().expect("a title");
    assert_eq!((title.value, title.stamp), (&value("\"厨房日检\""), &stamp(1_763_850_000_123, Some("person-uuid"))));
}

/// What releases before the checksum wrote, and every later one reads.
#[test]
fn stored_bytes_without_a_checksum_are_read_as_they_were() {
    let states = [example().state, rich().state, purged().state, State::new()];
    let file = std::fs::read_to_string(path("stored_state_unchecked.hex")).expect("yesterday's bytes");
    assert_eq!(file.lines().count(), states.len());
    for (line, state) in file.lines().zip(&states) {
        assert_eq!(&decode_state(&hex::decode(line).expect("hex")).expect("stored bytes"), state);
    }
    let file = std::fs::read_to_string(path("stored_version_unchecked.hex")).expect("yesterday's bytes");
    let version = decode_version(&hex::decode(file.trim()).expect("hex")).expect("a stored version");
    assert_eq!(&version, example().state.version());
}

#[test]
fn stored_bytes_are_as_they_were() {
    let states = [example().state, rich().state, purged().state, State::new()];
    let encoded: String = states.iter().map(|state| format!("{}\n", hex::encode(encode_state(state)))).collect();
    let file = String::from_utf8(frozen("stored_state.hex", encoded.as_bytes())).expect("hex");
    for (line, state) in file.lines().zip(&states) {
        assert_eq!(&decode_state(&hex::decode(line).expect("hex")).expect("stored bytes"), state);
    }
    let version = example().state.version().clone();
    let file = frozen("stored_version.hex", format!("{}\n", hex::encode(encode_version(&version))).as_bytes());
    let bytes = hex::decode(String::from_utf8_lossy(&file).trim()).expect("hex");
    assert_eq!(decode_version(&bytes).expect("a stored version"), version);
}
