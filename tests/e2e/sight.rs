//! What a tablet's screens show to nobody, to a cook and to the head, through its browser's door.

use rounds_tests::{TestBrowser, TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};

/// A JPEG of a few bytes.
const PHOTO: &[u8] = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0picture\xff\xd9";

fn list(answer: &Value, name: &str) -> Vec<Value> {
    answer[name].as_array().unwrap_or_else(|| panic!("no {name}: {answer}")).clone()
}

/// The status of an answer, and what it tells the browser to forget.
fn switch(browser: &TestBrowser, person: &Value, pin: &str) -> Option<String> {
    let answer = browser.ask("person.switch", &json!({"person": person, "pin": pin}));
    assert!(answer.status().is_success(), "{answer:?}");
    answer.headers().get("clear-site-data").map(|value| value.to_str().expect("a text").to_owned())
}

#[test]
fn a_tablet_shows_nobody_nothing_and_each_person_what_is_theirs() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten", "--demo"]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    tablet.sync();
    let browser = TestBrowser::at(&tablet);
    let people = list(&browser.call("person.list", json!({})), "people");
    let who =
        |role: &str| people.iter().find(|it| it["roles"][0] == role).expect("somebody of that role")["id"].clone();

    // Nobody has said who they are: the names to choose from, and nothing else.
    let today = browser.call("today.get", json!({}));
    assert_eq!((&today["plan"], &today["open"], &today["overdue"]), (&json!([]), &json!([]), &json!([])), "{today}");
    assert!(list(&browser.call("finding.list", json!({})), "findings").is_empty());
    assert!(list(&browser.call("inspection.list", json!({})), "inspections").is_empty());
    assert!(list(&browser.call("search.find", json!({"query": "应急灯"})), "hits").is_empty());
    assert_eq!(browser.call("finding.board", json!({}))["open"], 0);

    assert_eq!(
        switch(&browser, &who("head"), "2301").as_deref(),
        Some("\"cache\""),
        "the next person's cache is empty"
    );
    let closed = list(&browser.call("finding.list", json!({"state": "closed"})), "findings");
    let all = list(&browser.call("inspection.list", json!({})), "inspections");
    let open = browser.call("finding.board", json!({}))["open"].clone();
    assert!(!closed.is_empty() && !all.is_empty());
    let photo = browser.put_photo(PHOTO)["blob"].clone();
    let named = json!({"blob": photo, "mime": "image/jpeg", "size": PHOTO.len(), "taken_at": 1, "source": "camera"});
    let report = json!({"description": "门把手松动", "photos": [named]});
    let finding = browser.call("finding.report", report)["id"].clone();
    browser.call("finding.step", json!({"id": finding, "step": "void", "note": "看错了"}));
    assert_eq!(browser.photo(&photo).status(), 200);

    switch(&browser, &who("cook"), "2304");
    assert!(list(&browser.call("finding.list", json!({"state": "closed"})), "findings").is_empty());
    assert_eq!(browser.call("finding.board", json!({}))["open"], open, "what is open is everybody's");
    let own = list(&browser.call("inspection.list", json!({})), "inspections");
    assert!(!own.is_empty() && own.len() < all.len(), "{} of {}", own.len(), all.len());
    for row in [&closed[0]["id"], &finding] {
        assert_eq!(browser.ask("finding.get", &json!({"id": row})).status(), 404);
    }
    assert_eq!(browser.photo(&photo).status(), 404);
}
