//! Statuses, problems and shapes.

use serde_json::json;

use crate::support::*;

#[test]
fn the_token_is_checked_before_anything_else() {
    let server = Server::new();
    for (method, target) in [
        ("GET", "/v1/pull?limit=nonsense"),
        ("POST", "/v1/pull"),
        ("POST", "/v1/push"),
        ("GET", "/v1/enrol"),
        ("GET", "/v1/records/x/history"),
        ("GET", "/v1/nothing/here"),
        ("GET", "/v1"),
        ("GET", "/v1/"),
        ("OPTIONS", "/v1/push"),
        ("GET", "/v1/live"),
        ("PATCH", "/v1/blobs/00"),
    ] {
        for headers in [
            &[][..],
            &[("authorization", "Bearer nonsense")],
            &[("authorization", "Basic eDp5")],
            &[("authorization", "Bearer")],
            &[("authorization", "Bearer \u{e9}")],
        ] {
            let refused = server.send(method, target, headers, b"{\"not\": \"a push\"");
            assert_eq!((refused.status, refused.problem().as_str()), (401, "unauthorised"), "{method} {target}");
            assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
        }
    }
}

#[test]
fn what_is_not_there_and_what_is_called_wrongly_is_a_problem() {
    let server = Server::new();
    let tablet = server.tablet();
    for (method, target, status, slug) in [
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/v1", 404, "not-found"),
        ("GET", "/v1/push/", 404, "not-found"),
        ("GET", "/v1/%70ush", 404, "not-found"),
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/v1x", 404, "not-found"),
        ("GET", "/v1/push", 405, "method-not-allowed"),
        ("DELETE", "/v1/pull", 405, "method-not-allowed"),
        ("OPTIONS", "/v1/pull", 405, "method-not-allowed"),
        ("GET", "/v1/enrol", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
        ("POST", "/v1/live", 405, "method-not-allowed"),
        ("GET", "/v1/blobs", 404, "not-found"),
        ("GET", "/v1/blobs/00ff", 404, "not-found"),
        ("PATCH", "/v1/blobs/00ff", 404, "not-found"),
        ("PATCH", "/v1/blobs/00/ff", 404, "not-found"),
        ("PUT", "/v1/blobs/00ff", 405, "method-not-allowed"),
        ("GET", "/v1/records/x/history", 404, "not-found"),
        ("GET", "/v1/records/%FF%00/history", 404, "not-found"),
        ("GET", "/v1/records/00000000-0000-0000-0000-00000000000A/history", 404, "not-found"),
        ("GET", "/v1/records/00000000-0000-0000-0000-000000000009/history", 404, "not-found"),
    ] {
        let refused = tablet.send(method, target, &[], b"");
        assert_eq!((refused.status, refused.problem().as_str()), (status, slug), "{method} {target}");
    }
}

#[test]
fn a_pull_may_say_what_its_device_still_owes_and_one_that_does_not_is_of_an_older_app() {
    let server = Server::new();
    let tablet = server.tablet();
    let owes = || {
        // What was only mentioned is written before what is waited for.
        server.tablet();
        let number = |column: &str| format!("coalesce(cast(max({column}) as text), 'none')");
        let sql = format!("select {}, case when max(owed_none_at) is null then '' else 'once' end", number("owes"));
        database::look(server.data(), &format!("{sql} from device"))
    };
    assert_eq!(tablet.pull(None, 1).status, 200);
    assert_eq!(owes(), "none|");
    for (said, noted) in [("3", "3|"), ("0", "0|once")] {
        assert_eq!(tablet.send("GET", &format!("/v1/pull?owes={said}"), &[], b"").status, 200);
        assert_eq!(owes(), noted);
    }
    for wrong in ["-1", "x", ""] {
        let refused = tablet.send("GET", &format!("/v1/pull?owes={wrong}"), &[], b"");
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{wrong}");
    }
    assert_eq!(owes(), "0|once");
}

#[test]
fn the_server_tells_whether_it_lives_and_is_ready() {
    let server = Server::new();
    let alive = server.send("GET", "/healthz", &[], b"");
    assert_eq!((alive.status, alive.json()), (200, json!({"status": "ok"})));
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200);
    let head = server.send("HEAD", "/healthz", &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(server.send("GET", "/", &[], b"").status, 200);
}

#[test]
fn a_pull_checks_its_parameters() {
    let server = Server::new();
    let tablet = server.tablet();
    for query in ["limit=1", "limit=1000", "limit=0200", "other=%FF%zz", "", "limit=5&other=1&other=2"] {
        let page = tablet.send("GET", &format!("/v1/pull?{query}"), &[], b"");
        assert_eq!(page.status, 200, "{query}: {page:?}");
        assert_eq!(page.header("content-type"), Some("application/json"));
    }
    for query in [
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=+1",
        "limit=%2B1",
        "limit=1.0",
        "limit=",
        "limit=99999999999999999999999",
        "limit=1&limit=2",
        "after=",
        "after=x",
        "after=%00",
        "after=%FF",
        "after=a&after=b",
    ] {
        let refused = tablet.send("GET", &format!("/v1/pull?{query}"), &[], b"");
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{query}");
    }
}

#[test]
fn a_push_of_the_wrong_shape_is_refused_and_consumes_no_number() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let good = String::from_utf8(tablet.body(&[finding(1, 1, "a")])).expect("is text");
    let twice = String::from_utf8(tablet.body(&[finding(1, 1, "a"), finding(1, 2, "b")])).expect("is text");
    let replica = &tablet.replica;
    let nested = format!("{{\"epoch\":{}", "[".repeat(1_000_000));
    for body in [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        good[..good.len() - 1].to_owned(),
        good.replace("\"number\":1", "\"number\":-1"),
        good.replace("\"number\":1", "\"number\":1.5"),
        good.replace("\"number\":1", "\"number\":9007199254740992"),
        good.replace("\"number\":1", "\"number\":\"1\""),
        good.replace(&format!("[\"{replica}\"]"), &format!("[\"{replica}\",\"{replica}\"]")),
        good.replace(&format!("\"replica\":\"{replica}\""), "\"replica\":\"X\""),
        good.replace("\"records\":", "\"record\":"),
        twice,
        nested,
    ] {
        let refused = tablet.send("POST", "/v1/push", &[], body.as_bytes());
        let shown: String = body.chars().take(200).collect();
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{shown}");
    }
    let refused = tablet.send("POST", "/v1/push", &[], b"{\"epoch\":\"\xff\"}");
    assert_eq!(refused.problem(), "bad-request");
    assert_eq!(tablet.push(&[finding(1, 1, "a")])["results"], json!([{"id": id(1), "outcome": "merged"}]));
}

#[test]
fn a_refused_push_says_what_was_expected() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    let ahead = Device { number: 4, ..tablet.clone() };
    let refused = tablet.send("POST", "/v1/push", &[], &ahead.body(&[]));
    assert_eq!((refused.status, refused.problem().as_str()), (409, "push-out-of-order"));
    assert_eq!(refused.json()["expected"], 2);
    // The head decides, whatever the records are.
    let refused = tablet.send("POST", "/v1/push", &[], &ahead.body(&[json!("no record")]));
    assert_eq!((refused.status, refused.problem().as_str()), (409, "push-out-of-order"));
    let forked = Device { previous: None, ..tablet.clone() };
    let refused = tablet.send("POST", "/v1/push", &[], &forked.body(&[]));
    assert_eq!((refused.status, refused.problem().as_str()), (409, "replica-forked"));
    let old = Device { epoch: id(5), ..tablet.clone() };
    let refused = tablet.send("POST", "/v1/push", &[], &old.body(&[]));
    assert_eq!((refused.status, refused.problem().as_str()), (409, "epoch-changed"));
    assert_eq!(refused.json()["epoch"], tablet.epoch.as_str());
}

#[test]
fn an_enrolment_is_checked_refused_and_taken() {
    let server = Server::new();
    let code = server.code(&["--role", "office", "--scope", &id(8)]);
    let replica = id(7);
    for body in [
        json!({"code": code, "device_name": "t"}),
        json!({"code": code, "device_name": "t", "replica": "x"}),
        json!({"code": 5, "device_name": "t", "replica": replica}),
        json!({"code": code, "device_name": "x".repeat(201), "replica": replica}),
        json!({"code": code, "device_name": "a\u{0}b", "replica": replica}),
        json!([]),
    ] {
        let refused = server.send("POST", "/v1/enrol", &[], body.to_string().as_bytes());
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{body}");
    }
    let large = server.send("POST", "/v1/enrol", &[], &vec![b' '; 65 << 10]);
    assert_eq!((large.status, large.problem().as_str()), (413, "limit-exceeded"));
    let wrong = json!({"code": "AAAAA-AAAAA", "device_name": "t", "replica": replica}).to_string();
    let refused = server.send("POST", "/v1/enrol", &[], wrong.as_bytes());
    assert_eq!((refused.status, refused.problem().as_str()), (403, "enrol-refused"));
    let typed = code.to_lowercase().replace('-', " ");
    let right = json!({"code": typed, "device_name": "厨房平板", "replica": replica}).to_string();
    let taken = server.send("POST", "/v1/enrol", &[("authorization", "Bearer nonsense")], right.as_bytes());
    assert_eq!(taken.status, 201);
    let answer = taken.json();
    assert_eq!(answer["scopes"], json!([id(8)]));
    assert_eq!(answer["organisation"]["name"], "实验小学");
    let again = server.send("POST", "/v1/enrol", &[], right.as_bytes());
    assert_eq!((again.status, again.problem().as_str()), (403, "enrol-refused"));
}

#[test]
fn a_revoked_device_is_told_so_and_reads_nothing_more() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    server.cli(&["device", "revoke", &tablet.device]);
    for (method, target) in [("GET", "/v1/pull"), ("POST", "/v1/push"), ("GET", "/v1/nothing")] {
        let refused = tablet.send(method, target, &[], &tablet.body(&[]));
        assert_eq!((refused.status, refused.problem().as_str()), (401, "device-revoked"), "{method} {target}");
    }
    assert_eq!(server.cli(&["device", "list"])[0]["revoked"], true);
}

#[test]
fn a_history_is_told() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    let history = tablet.send("GET", &format!("/v1/records/{}/history", id(1)), &[], b"");
    assert_eq!(history.status, 200);
    let change = &history.json()["changes"][0];
    assert_eq!((&change["sequence"], &change["device"]), (&json!(1), &json!(tablet.device)));
    let title = &change["fields"]["title"];
    assert_eq!((&title["old"], &title["new"]), (&json!([]), &json!(["a"])));
    assert_eq!((&title["by"], &title["at"]), (&change["person"], &change["at"]));
    assert_eq!(history.json()["next"], json!(null));
    tablet.push(&[finding(1, 2, "b")]);
    let part = |query: &str| tablet.send("GET", &format!("/v1/records/{}/history?{query}", id(1)), &[], b"");
    assert_eq!(part("limit=1").json()["next"], 1);
    let rest = part("after=1&limit=1000").json();
    assert_eq!((&rest["changes"][0]["sequence"], &rest["next"]), (&json!(2), &json!(null)));
    for query in ["after=", "after=-1", "after=x", "after=1&after=1", "limit=0", "limit=1001", "limit=", "after=%FF"] {
        let refused = part(query);
        assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"), "{query}");
    }
}

#[test]
fn every_answer_tells_the_time_of_the_server_s_clock() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let server = Server::on(folder.path(), &["--now", "2027-02-03T08:00:00+08:00"]);
    for (target, status) in [("/healthz", 200), ("/v1/pull", 401), ("/v1/nothing", 401)] {
        let answer = server.send("GET", target, &[], b"");
        let date = answer.header("date").expect("a date");
        assert!(date.starts_with("Wed, 03 Feb 2027 00:00:") && date.ends_with(" GMT"), "{date}");
        assert_eq!(answer.status, status);
    }
}
