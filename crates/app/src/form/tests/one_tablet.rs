//! Answering, photographing, taking back and following up at a place.

use domain::inspection::Stage;
use serde_json::{Value, json};
use wire::ProblemType;

use super::tablet::{RUN, Tablet};
use crate::form::answer::note;
use crate::form::holder::Holder;
use crate::form::rest::rest;
use crate::form::take_back::{Taken, take_back};
use crate::form::{photo, undo};

fn reference(digit: char) -> Value {
    let blob = digit.to_string().repeat(64);
    json!({"blob": blob, "mime": "image/jpeg", "size": 80_000, "taken_at": 1_788_229_800_000_u64, "source": "camera"})
}

#[test]
fn an_answer_stands_at_its_place_alone() {
    let tablet = Tablet::new("li");
    let change = tablet.answer("3", "T01.06", json!("fail"));
    assert_eq!((change.id, change.items[0].passed), (RUN.0, Some(false)));
    note(&tablet.app, &tablet.visit("3"), "T01.06".to_owned(), "二号柜", None).expect("the note is taken");
    let run = tablet.run();
    assert_eq!((&run["visits/3/answers/T01.06/result"], &run["people/li"]), (&json!("fail"), &json!(5)));
    assert_eq!(run["visits/3/answers/T01.06/note"], "二号柜");
    let (here, there) = (tablet.item("3", "T01.06"), tablet.item("4", "T01.06"));
    assert_eq!((here.note.as_deref(), here.can_undo), (Some("二号柜"), true));
    assert_eq!((there.result, there.note, there.can_undo), (Value::Null, None, false));
}

#[test]
fn an_answer_is_taken_back_at_its_place_and_leaves_no_finding() {
    let tablet = Tablet::new("li");
    tablet.answer("3", "T01.06", json!("fail"));
    tablet.answer("4", "T01.06", json!("fail"));
    let elsewhere = take_back(&tablet.app, &tablet.visit("5"), &Taken::Answer("T01.06"), None);
    assert_eq!(elsewhere.expect_err("nobody has answered there").kind, ProblemType::NothingToUndo);
    let change = take_back(&tablet.app, &tablet.visit("3"), &Taken::Answer("T01.06"), None).expect("it is taken back");
    assert_eq!((&change.items[0].result, &change.undo["T01.06"]), (&Value::Null, &json!("fail")));
    tablet.after_the_undo();
    assert_eq!(tablet.finding("3", "T01.06"), None);
    assert!(tablet.finding("4", "T01.06").is_some());
}

#[test]
fn a_failed_answer_makes_the_finding_of_its_place_which_follows_it() {
    let tablet = Tablet::new("li");
    tablet.answer("3", "T01.07", json!("65"));
    assert_eq!(tablet.finding("3", "T01.07"), None, "the answer may still be taken back");
    tablet.after_the_undo();
    let finding = tablet.finding("3", "T01.07").expect("it is written");
    assert_eq!(finding["patrol_run"], RUN.0.to_string());
    assert_eq!((&finding["checkpoint"], &finding["source"]), (&json!("3"), &json!("patrol")));
    assert_eq!((&finding["area"], &finding["business_date"]), (&json!("点位 visits/3/"), &json!("2026-08-31")));
    assert_eq!((finding.get("inspection"), &finding["found_by"]), (None, &json!("li")));
    assert_eq!(tablet.item("3", "T01.07").finding.map(|id| id.get_version_num()), Some(5));
    assert_eq!(tablet.item("4", "T01.07").finding, None);
    note(&tablet.app, &tablet.visit("3"), "T01.07".to_owned(), "已回锅", None).expect("the note is taken");
    tablet.after_the_undo();
    let described = tablet.finding("3", "T01.07").expect("it is there");
    assert!(described["description"].as_str().is_some_and(|text| text.ends_with("；已回锅")), "{described:?}");
    tablet.answer("3", "T01.07", json!("80"));
    tablet.after_the_undo();
    let voided = tablet.finding("3", "T01.07").expect("it is there");
    let steps: Vec<&Value> =
        voided.iter().filter(|(name, _)| name.starts_with("steps/")).map(|(_, step)| step).collect();
    assert_eq!((steps.len(), &steps[0]["auto"]), (1, &json!(true)));
}

#[test]
fn photos_belong_to_an_item_at_a_place() {
    let tablet = Tablet::new("li");
    let add = |checkpoint: &str, digit: char| {
        photo::add(&tablet.app, &tablet.visit(checkpoint), "T01.06".to_owned(), &reference(digit), None)
    };
    for digit in ['a', 'b'] {
        add("3", digit).expect("the photo is taken");
    }
    add("4", 'a').expect("the photo is taken");
    let blobs = |checkpoint: &str| {
        let photos = tablet.item(checkpoint, "T01.06").photos;
        photos.into_iter().map(|photo| (photo.blob, photo.can_undo)).collect::<Vec<_>>()
    };
    assert_eq!(blobs("3"), [("a".repeat(64), true), ("b".repeat(64), true)]);
    let gone = "a".repeat(64);
    take_back(&tablet.app, &tablet.visit("3"), &Taken::Photo("T01.06", &gone), None).expect("it is taken back");
    assert_eq!((blobs("3").len(), blobs("4").len()), (1, 1));
    assert_eq!(tablet.run()[&format!("visits/3/answers/T01.06/photos/{gone}")], Value::Null);
}

#[test]
fn the_rest_is_fine_at_one_place_and_is_taken_back_there() {
    let tablet = Tablet::new("li");
    rest(&tablet.app, &tablet.visit("3"), "加工", None).expect("it is filled");
    rest(&tablet.app, &tablet.visit("4"), "加工", None).expect("it is filled");
    assert_eq!(tablet.item("3", "T01.06").result, json!("pass"));
    take_back(&tablet.app, &tablet.visit("3"), &Taken::Section("加工"), None).expect("it is taken back");
    assert_eq!(tablet.item("3", "T01.06").result, Value::Null);
    assert_eq!(tablet.item("4", "T01.06").result, json!("pass"));
    let visit = tablet.visit("4");
    let settings = undo::forget_all(&tablet.app, visit.place()).expect("the store reads");
    assert_eq!(
        settings.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        [format!("undo/{RUN}/visits/4/T01.06")]
    );
    assert_eq!(visit.place().stage, Stage::Open);
}

#[test]
fn an_item_that_is_not_asked_at_a_place_is_not_found() {
    let tablet = Tablet::new("li");
    let error = note(&tablet.app, &tablet.visit("3"), "T99.01".to_owned(), "x", None).expect_err("nobody asks it");
    assert_eq!(error.kind, ProblemType::NotFound);
    let error = rest(&tablet.app, &tablet.visit("3"), "没有", None).map(|_| ()).expect_err("there is no such section");
    assert_eq!(error.kind, ProblemType::NotFound);
}
