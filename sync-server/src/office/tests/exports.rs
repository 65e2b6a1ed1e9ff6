//! Files that are made aside end with the session of whom they are made for.

use std::sync::Arc;

use ::door::{Caller, Gate, SessionCookie};
use serde_json::{Value, json};

use super::{HEAD, ORGANISATION, School};
use crate::office::accounts;
use crate::office::gate::{Office, Served};
use crate::service::OsRandom;

/// An office with an account of the head, and two browsers in which it is signed in.
struct Desk {
    office: Office,
    browsers: [Caller; 2],
    _runtime: tokio::runtime::Runtime,
    _school: School,
    _folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let school = School::new();
    let made = school.hub.write_blocking(ORGANISATION, |txn| {
        let account = accounts::add_account(
            txn,
            &OsRandom,
            super::START_MS,
            ORGANISATION,
            "head",
            &["head", "admin"].map(str::to_owned),
        )?;
        accounts::bind_account(txn, ORGANISATION, "head", HEAD)?;
        accounts::hand_over(txn, ORGANISATION, "head")?;
        Ok(account)
    });
    let password = made.expect("an account").expect("a new name").password;
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let served = Served { folder: folder.path().to_owned(), port: 1, speaks_tls: false };
    let office = Office::new(school.hub.clone(), Arc::new(OsRandom), served, runtime.handle().clone());
    let browsers = [(), ()].map(|()| {
        let reply =
            office.call(&Caller::default(), "door.sign_in", &json!({"name": "head", "password": password}).to_string());
        reply.result.expect("it is let in");
        let Some(SessionCookie::Set(token, _)) = reply.cookie else { panic!("a session begins") };
        Caller { session: Some(token), ..Caller::default() }
    });
    Desk { office, browsers, _runtime: runtime, _school: school, _folder: folder }
}

impl Desk {
    /// A file is made for who sits at a browser; it waits to be fetched.
    fn export(&self, browser: &Caller) -> String {
        let app = self.office.enter(browser).expect("is let in").app;
        app.begin_sheet(r#"{"sheet": "duty_shift", "as": "csv"}"#).expect("it begins")
    }

    /// How many files stand there for who sits at a browser.
    fn exports(&self, browser: &Caller) -> usize {
        let told = self.office.call(browser, "sheet.exports", "{}").result.expect("a list");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        told["exports"].as_array().expect("a list").len()
    }
}

#[test]
fn signing_out_in_one_browser_ends_the_files_of_the_person_in_all_of_them() {
    let desk = desk();
    let [one, other] = &desk.browsers;
    let file = desk.export(one);
    desk.export(other);
    assert_eq!((desk.exports(one), desk.exports(other)), (2, 2), "a person's files are the person's everywhere");
    desk.office.call(one, "door.sign_out", "{}").result.expect("it ends");
    assert_eq!(desk.exports(other), 0);
    let app = desk.office.enter(other).expect("the other one goes on").app;
    assert_eq!(app.take_sheet(&file).map_err(|error| error.code()).err(), Some("not-found"));
}

#[test]
fn another_password_ends_them_too() {
    let desk = desk();
    let [one, other] = &desk.browsers;
    desk.export(one);
    desk.office.call(one, "account.reset", &json!({"name": "head"}).to_string()).result.expect("it is done");
    let app = desk.office.replica(ORGANISATION).expect("it is open").app.acting_as(Some(HEAD.to_string().into()));
    let told: Value = serde_json::from_str(&app.dispatch("sheet.exports", "{}").expect("a list")).expect("JSON");
    assert_eq!(told["exports"], json!([]));
    assert!(desk.office.enter(other).is_err(), "and every session");
}
