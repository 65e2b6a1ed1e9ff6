//! Proxies on the way that are narrower than the server, or change what they carry.

use rounds_tests::{Habits, Proxy, School, TestDevice};
use serde_json::{Value, json};

/// A tablet that knows the server by the proxy's address.
fn behind(proxy: &Proxy, school: &School<0>) -> TestDevice {
    let tablet = TestDevice::new(&school.folder.path().join("behind"));
    let code = school.server.enrol_code(&[]);
    tablet.run(&["enrol", "--server", &proxy.address(), "--code", &code]);
    tablet
}

/// Text that packing does not make much smaller.
fn noise(seed: u64, length: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + u8::try_from(state % 26).unwrap_or(0))
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn notes(count: u64, length: usize) -> Vec<Value> {
    (0..count).map(|seed| json!({ "kind": "work_log", "set": { "text": noise(seed + 1, length) } })).collect()
}

fn slug(answer: &Value) -> String {
    answer["problem"]["type"].as_str().unwrap_or_default().replace("urn:rounds:problem:", "")
}

#[test]
fn a_proxy_with_a_limit_of_its_own_gets_smaller_bodies() {
    let school = School::open([]);
    let proxy = Proxy::to(&school.server.address());
    let tablet = behind(&proxy, &school);
    tablet.call_lines("record.save", &notes(120, 30_000));
    proxy.set(Habits { longest_body: Some(1 << 20), ..Habits::default() });
    let done = tablet.sync();
    assert_eq!((&done["pushed"], &done["pending"]), (&json!(120), &json!(0)));
    assert!(proxy.refused().len() <= 4, "{:?}", proxy.refused());
}

#[test]
fn what_no_body_is_small_enough_for_is_told_in_words_and_goes_out_once_the_limit_is_gone() {
    let school = School::open([]);
    let proxy = Proxy::to(&school.server.address());
    let tablet = behind(&proxy, &school);
    tablet.call_lines("record.save", &notes(3, 30_000));
    tablet.call("record.save", json!({ "kind": "work_log", "set": { "text": "short" } }));
    proxy.set(Habits { longest_body: Some(4_000), ..Habits::default() });
    let (code, answer) = tablet.try_run(&["sync"]);
    assert_eq!((code, slug(&answer).as_str()), (1, "road-limit"), "{answer}");
    let status = tablet.run(&["status"]);
    assert_eq!((&status["pending"], &status["badge"]), (&json!(3), &json!("attention")), "{status}");
    assert_eq!((&status["badge_reason"], &status["all_synced"]), (&json!("road-limit"), &json!(false)));
    proxy.set(Habits::default());
    assert_eq!(tablet.sync()["pending"], 0);
    assert_eq!(tablet.run(&["status"])["badge"], "synced");
}

#[test]
fn a_proxy_that_takes_the_encoding_away_gets_bodies_as_they_are() {
    let school = School::open([]);
    let proxy = Proxy::to(&school.server.address());
    let tablet = behind(&proxy, &school);
    // Each by itself is longer than what is sent unpacked anyway.
    tablet.call_lines("record.save", &notes(60, 3_000));
    proxy.set(Habits { strips_encoding: true, ..Habits::default() });
    let done = tablet.sync();
    assert_eq!((&done["pushed"], &done["rejected"], &done["pending"]), (&json!(60), &json!(0), &json!(0)));
}

#[test]
fn the_page_of_a_proxy_is_told_for_what_it_is() {
    let school = School::open([]);
    let proxy = Proxy::to(&school.server.address());
    let tablet = behind(&proxy, &school);
    for status in [502, 413, 403] {
        proxy.set(Habits { answers_with: Some(status), ..Habits::default() });
        let (code, answer) = tablet.try_run(&["sync"]);
        assert_eq!((code, slug(&answer).as_str()), (1, "road-answer"), "{answer}");
        assert_eq!(answer["problem"]["answered"], status);
        let told = tablet.run(&["status"]);
        assert_eq!((&told["badge"], &told["badge_reason"]), (&json!("offline"), &json!("road-answer")), "{told}");
    }
    proxy.set(Habits::default());
    tablet.sync();
    assert_eq!(tablet.run(&["status"])["badge"], "synced");
}
