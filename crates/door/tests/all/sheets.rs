//! Papers as files through the browser's door.

use std::sync::Arc;
use std::time::Duration;

use app::App;
use replica::{OsEntropy, Ports, SystemClock};
use serde_json::{Value, json};

use crate::OURS;
use crate::client::Open;

/// Longer than any test may take.
const LONG: Duration = Duration::from_secs(300);

/// The id that a command of support gives.
fn made(app: &App, name: &str, arguments: &Value) -> String {
    let answer = app.dispatch(name, &arguments.to_string()).expect("it is carried out");
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    answer["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_paper_is_given_to_who_may_take_it_out_under_a_name_that_says_who_and_when() {
    let door = Open::start();
    let ports = Ports { clock: Arc::new(SystemClock), entropy: Arc::new(OsEntropy) };
    let support = App::open(door.folder.path(), ports, None).expect("the same store");
    let campus = made(&support, "campus.save", &json!({"name": "东校区", "kind": "school"}));
    let head = made(&support, "person.save", &json!({"name": "王校长", "scope": campus}));
    let grant = json!({"person": head, "role": "head", "campus": campus});
    support.dispatch("person.grant", &grant.to_string()).expect("a grant");
    let headers = [door.cookie(), (OURS, "1".to_owned())];
    let ask = |arguments: Value| door.ask("POST", "/app/sheets", &headers, arguments.to_string().as_bytes());
    let nobody = ask(json!({"sheet": "waste", "as": "csv"}));
    assert_eq!((nobody.status, nobody.code().as_str()), (404, "not-found"), "nobody works there");
    door.app.dispatch("person.switch", &json!({"person": head}).to_string()).expect("a switch");
    let file = ask(json!({"sheet": "waste", "as": "csv"}));
    assert_eq!((file.status, file.headers["content-type"].as_str()), (200, "text/csv; charset=utf-8"), "{file:?}");
    let named = &file.headers["content-disposition"];
    assert!(named.starts_with("attachment; filename*=UTF-8''%E5%BA%9F%E5%BC%83%E7%89%A9"), "{named}");
    assert!(named.contains("%E7%8E%8B%E6%A0%A1%E9%95%BF") && named.ends_with(".csv"), "{named}");
    assert_eq!(file.headers["cache-control"], "no-store");
    assert!(String::from_utf8(file.body).expect("text").contains("共 0 行"));
    assert_eq!(ask(json!({"sheet": "waste", "as": "xlsx"})).body[..2], *b"PK");
    let path = ask(json!({"sheet": "waste", "as": "csv", "path": "/tmp/x.csv"}));
    assert_eq!((path.status, path.code().as_str()), (400, "bad-arguments"));
    let stranger = door.ask("POST", "/app/sheets", &headers[..1], b"{}");
    assert_eq!(stranger.code(), "cross-site");
    // One that was made aside is given once, to the page of who asked for it.
    let export = door.app.begin_sheet(&json!({"sheet": "waste", "as": "csv"}).to_string()).expect("it begins");
    assert_eq!(door.app.wait_for_sheet(&export, LONG), Ok(true));
    let fetch = |name: &str, headers: &[(&str, String)]| door.ask("POST", &format!("/app/sheets/{name}"), headers, b"");
    assert_eq!(fetch(&export, &headers[..1]).code(), "cross-site");
    let fetched = fetch(&export, &headers);
    assert_eq!((fetched.status, fetched.headers["cache-control"].as_str()), (200, "no-store"));
    assert!(String::from_utf8(fetched.body).expect("text").contains("共 0 行"));
    for gone in [export.as_str(), "no-such-file", "..%2F..%2Fetc"] {
        assert_eq!((fetch(gone, &headers).status, fetch(gone, &headers).code().as_str()), (404, "not-found"), "{gone}");
    }
}
