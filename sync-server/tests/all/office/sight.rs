//! Who sees what at the office's door, and what its answers leave behind in a browser.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Browser, demo};
use crate::support::*;

/// A browser in which somebody of the demo has signed in; `admin` is somebody new, who looks after accounts alone.
fn signed_in(server: &Server, first: &Browser, role: &str) -> Browser {
    let person = match role {
        "admin" => {
            let person = first.call("person.save", json!({"name": "钱工", "scope": campus(first)}))["id"].clone();
            first.call("person.grant", json!({"person": person, "role": "admin", "campus": campus(first)}));
            person
        }
        role => person(first, role),
    };
    let account = first.call("account.add", json!({"name": format!("{role}-1"), "roles": [], "person": person}));
    let browser = Browser::at(server);
    browser.sign_in_and_choose(&account);
    browser
}

fn campus(browser: &Browser) -> Value {
    browser.call("campus.list", json!({}))["campuses"][0]["id"].clone()
}

fn person(browser: &Browser, role: &str) -> Value {
    let people = browser.call("person.list", json!({}))["people"].clone();
    let mut people = people.as_array().expect("people").iter();
    people.find(|person| person["roles"][0] == role).expect("somebody of that role")["id"].clone()
}

fn closed(browser: &Browser) -> Vec<Value> {
    browser.call("finding.list", json!({"state": "closed"}))["findings"].as_array().expect("findings").clone()
}

#[test]
fn the_office_shows_everybody_what_is_theirs_and_answers_for_the_rest_as_if_it_were_not_there() {
    let (server, first) = demo();
    let all = closed(&first);
    assert!(!all.is_empty(), "the demo has closed something");
    let theirs = ["guard", "cook"].map(|role| person(&first, role));
    let [guard, cook] = ["guard", "cook"].map(|role| signed_in(&server, &first, role));
    let is_theirs = |finding: &Value| {
        theirs.iter().any(|own| [&finding["found_by"]["id"], &finding["assignee"]["id"]].contains(&own))
    };
    let id = all.iter().find(|finding| !is_theirs(finding)).expect("one of others")["id"].clone();
    for other in [&guard, &cook] {
        assert!(closed(other).iter().all(is_theirs), "what is closed is shown to whom it names");
        for (name, arguments) in [
            ("finding.get", json!({"id": id})),
            ("finding.step", json!({"id": id, "step": "close"})),
            ("conflict.list", json!({"id": id})),
        ] {
            assert_eq!(other.refused(name, arguments), (404, "not-found".to_owned()), "{name}");
        }
        let open = |browser: &Browser| browser.call("finding.board", json!({}))["open"].clone();
        assert_eq!(open(other), open(&first), "what is open is everybody's");
    }
    assert_eq!(guard.refused("office.history", json!({"id": id})).0, 403);
}

#[test]
fn a_history_tells_the_audit_that_something_changed_and_a_value_only_to_who_sees_it() {
    let (server, first) = demo();
    let id = closed(&first)[0]["id"].clone();
    let values = |browser: &Browser, id: &Value| {
        let told = browser.call("office.history", json!({"id": id}));
        let entries = told["entries"].as_array().expect("entries").clone();
        let fields: Vec<Value> =
            entries.iter().flat_map(|it| it["fields"].as_array().expect("fields").clone()).collect();
        assert!(!fields.is_empty(), "{told}");
        fields.iter().flat_map(|field| field["new"].as_array().expect("values").clone()).collect::<Vec<_>>()
    };
    let admin = signed_in(&server, &first, "admin");
    assert!(!values(&first, &id).is_empty());
    assert_eq!(values(&admin, &id), Vec::<Value>::new(), "who, when and which field, and no value");
    let fso = signed_in(&server, &first, "fso");
    assert_eq!(fso.refused("office.history", json!({"id": id})), (404, "not-found".to_owned()));
    let cook = person(&first, "cook");
    first.call("person.save", json!({"id": cook, "phone": "13800001234"}));
    // How somebody is reached is kept apart from who they are, and goes before that does.
    let told = |browser: &Browser| browser.call("office.history", json!({"id": cook})).to_string();
    for browser in [&first, &admin, &fso] {
        assert!(!told(browser).contains("13800001234"));
    }
    let phone = |browser: &Browser| browser.call("person.get", json!({"id": cook}))["phone"].clone();
    assert_eq!(phone(&first), "13800001234");
}

#[test]
fn a_photo_goes_to_who_sees_what_names_it_and_a_change_of_people_empties_the_cache() {
    let (server, first) = demo();
    let cook = signed_in(&server, &first, "cook");
    let photo = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0picture\xff\xd9";
    let kept = first.ask("PUT", "/app/blobs", photo).json();
    let address = format!("/app/blobs/{}", kept["blob"].as_str().expect("a name"));
    let report = json!({"description": "墙面掉漆", "photos": [{
        "blob": kept["blob"], "mime": "image/jpeg", "size": photo.len(), "taken_at": 1, "source": "camera",
    }]});
    let id = first.call("finding.report", report)["id"].clone();
    assert_eq!(cook.ask("GET", &address, b"").status, 200, "an open finding is everybody's");
    first.call("finding.step", json!({"id": id, "step": "void", "note": "看错了"}));
    assert_eq!((cook.ask("GET", &address, b"").status, first.ask("GET", &address, b"").status), (404, 200));
    let out = cook.post("door.sign_out", &json!({}));
    assert_eq!(out.header("clear-site-data"), Some("\"cache\""));
    assert_eq!(first.post("today.get", &json!({})).header("clear-site-data"), None);
}

/// The lines that a page of the office hears.
fn listen(server: &Server, browser: &Browser) -> impl Iterator<Item = String> + use<> {
    let cookie = browser.cookie.borrow().clone().expect("a cookie");
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let head = format!("GET /app/events HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).expect("it is sent");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.by_ref().any(|line| line == "event: sync"));
    lines
}

#[test]
fn a_page_of_the_office_hears_of_what_its_person_sees_and_of_nothing_else() {
    let (server, first) = demo();
    let guard = signed_in(&server, &first, "guard");
    let (mut theirs, mut all) = (listen(&server, &guard), listen(&server, &first));
    let certificate = json!({
        "person": person(&first, "cook"), "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31",
        "issuer": "疾控中心",
    });
    let save = json!({"kind": "health_certificate", "set": certificate, "late_reason": "补"});
    let id = first.call("entry.save", save)["id"].clone();
    let told = all.find(|line| line.contains("health_certificate")).expect("the head hears of it");
    assert!(told.contains(id.as_str().expect("an id")), "{told}");
    first.call("finding.report", json!({"description": "门把手松动"}));
    let mut heard = Vec::new();
    for line in theirs.by_ref() {
        let is_last = line.contains("finding");
        heard.push(line);
        if is_last {
            break;
        }
    }
    assert!(heard.last().is_some_and(|line| line.contains("finding")), "what is open is everybody's: {heard:?}");
    assert!(!heard.iter().any(|line| line.contains("health_certificate")), "{heard:?}");
}
