//! The day as a thread: what was done, what was begun, what is left.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// A school on a Tuesday in term, with a food-safety officer, a cook and a logistics head.
struct School {
    tablet: Tablet,
    campus: String,
}

impl School {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let calendar = json!({"terms": [{"from": "2026-09-01", "to": "2027-01-20"}],
            "holidays": [{"from": "2026-10-01", "to": "2026-10-07"}]});
        let campus = json!({"name": "实验学校", "kind": "school", "term_calendar": calendar});
        let campus = text(&setup.call("campus.save", campus)["id"]);
        Self { tablet, campus }
    }

    fn person(&self, role: &str) -> Hand {
        let setup = self.tablet.app(None);
        let id = text(&setup.call("person.save", json!({"name": role, "scope": self.campus}))["id"]);
        setup.call("person.grant", json!({"person": id, "role": role, "campus": self.campus}));
        self.tablet.app(Some(&id))
    }
}

/// The checklists of the plan with their states.
fn plan(hand: &Hand) -> Vec<(String, String)> {
    let today = hand.call("today.get", json!({}));
    let steps = today["plan"].as_array().expect("a plan").clone();
    steps.iter().map(|step| (text(&step["template"]), text(&step["state"]))).collect()
}

fn now(hand: &Hand) -> Value {
    hand.call("today.get", json!({}))["now"].clone()
}

fn steps(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(template, state)| ((*template).to_owned(), (*state).to_owned())).collect()
}

#[test]
fn what_is_left_follows_from_cadence_and_role() {
    let school = School::new();
    let fso = school.person("fso");
    assert_eq!(plan(&fso), steps(&[("T01@2", "now"), ("T07@2", "next")]));
    let left = now(&fso);
    assert_eq!((&left["title"], &left["kind"]), (&json!("厨房日检（日管控）"), &json!("template")));
    assert_eq!((&left["detail"]["items"], &left["time"]), (&json!(16), &Value::Null));
    assert_eq!(left["until"], json!(1_788_278_340_000_u64), "23:59 of the day");
    let cook = school.person("cook");
    assert_eq!(plan(&cook), steps(&[("T03@2", "now"), ("T04@2", "next"), ("T02@2", "next")]), "the week comes last");
    let guard = school.person("guard");
    assert_eq!(plan(&guard), steps(&[("T15:D@2", "now"), ("T15@2", "next")]));
}

#[test]
fn what_was_begun_is_gone_on_with_and_what_was_submitted_is_done() {
    let school = School::new();
    let fso = school.person("fso");
    let form = fso.call("inspection.start", json!({"template": "T01@1", "subject": "中心食堂"}));
    let id = text(&form["id"]);
    assert_eq!(plan(&fso), steps(&[("T01@1", "now"), ("T07@2", "next")]), "the form of an earlier edition is it");
    assert_eq!((&now(&fso)["inspection"], &now(&fso)["kind"]), (&json!(id), &json!("inspection")));
    assert_eq!(now(&fso)["time"], json!(school.tablet.now()));
    for section in form["sections"].as_array().expect("sections") {
        fso.tries("inspection.rest", json!({"id": id, "section": section["section"]})).ok();
    }
    school.tablet.wait_ms(60_000);
    fso.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    assert_eq!(plan(&fso), steps(&[("T01@1", "done"), ("T07@2", "now")]));
    let done = fso.call("today.get", json!({}))["plan"][0].clone();
    assert_eq!((&done["time"], &done["subject_name"]), (&json!(school.tablet.now()), &json!("中心食堂")));
    let detail = &done["detail"];
    assert_eq!((&detail["items"], &detail["incomplete"]), (&json!(15), &json!(true)));
    assert!(detail["answered"].as_u64().is_some_and(|answered| answered > 0));
    assert_eq!((&detail["verdict"], &detail["percent"]), (&json!("incomplete"), &Value::Null));
    let keeper = school.person("keeper");
    assert_eq!(plan(&keeper), steps(&[]), "one kitchen check a day is enough for the campus");
}

#[test]
fn the_forms_of_one_round_are_one_step() {
    let school = School::new();
    let medic = school.person("medic");
    let round = "0199a1f0-0000-7000-8000-0000000000cc";
    for person in ["陈", "王", "李"] {
        school.tablet.wait_ms(60_000);
        let start = json!({"template": "T07@1", "subject": person, "round": round});
        let id = text(&medic.call("inspection.start", start)["id"]);
        medic.call("inspection.submit", json!({"id": id, "reason": "先交"}));
    }
    let plan = medic.call("today.get", json!({}))["plan"].clone();
    assert_eq!((&plan[0]["detail"]["forms"], &plan[0]["state"]), (&json!(3), &json!("done")));
    assert_eq!((&plan[0]["subject"], &plan[0]["time"]), (&Value::Null, &json!(school.tablet.now())));
    assert_eq!(plan[1]["template"], "T10@1", "the week's check of the classes is left");
}

#[test]
fn a_weekly_one_is_done_for_the_week_and_due_again_in_the_next() {
    let school = School::new();
    let cook = school.person("cook");
    let id = text(&cook.call("inspection.start", json!({"template": "T02@1"}))["id"]);
    cook.call("inspection.submit", json!({"id": id, "reason": "先交"}));
    let has = |hand: &Hand| plan(hand).iter().any(|(template, state)| template == "T02@2" && state != "done");
    assert!(!has(&cook));
    school.tablet.wait_ms(2 * 86_400_000);
    assert!(!has(&cook), "on Thursday of the same week");
    school.tablet.wait_ms(2 * 86_400_000);
    assert_eq!(plan(&cook), steps(&[]), "nothing is due on a Saturday");
    school.tablet.wait_ms(2 * 86_400_000);
    assert!(has(&cook), "on the Monday after");
}

#[test]
fn without_a_person_the_day_is_that_of_the_campus_and_at_a_door_that_serves_people_nobodys() {
    let school = School::new();
    let fso = school.person("fso");
    fso.kitchen();
    assert_eq!((plan(&school.tablet.shared()), now(&school.tablet.shared())), (Vec::new(), Value::Null));
    let support = school.tablet.app(None);
    let plan = plan(&support);
    assert!(plan.contains(&("T01@1".into(), "open".into())), "{plan:?}");
    assert!(plan.len() > 10 && plan.iter().filter(|(_, state)| state == "now").count() == 1, "{plan:?}");
    assert!(plan.iter().all(|(template, _)| template != "T12@1"), "what is for kindergartens alone is left out");
    assert_eq!(now(&support)["kind"], "template", "nobody can tell whose form is gone on with");
}

#[test]
fn a_form_of_an_earlier_day_is_still_to_be_gone_on_with() {
    let school = School::new();
    let fso = school.person("fso");
    let id = fso.kitchen();
    school.tablet.wait_ms(86_400_000);
    let first = now(&fso);
    assert_eq!((&first["inspection"], &first["detail"]["is_older"]), (&json!(id), &json!(true)));
}

#[test]
fn the_day_of_everybody_holds_what_each_of_them_has_to_do_for_who_sees_all_of_it() {
    let school = School::new();
    let of_everybody = |hand: &Hand| -> Vec<String> {
        let everybody = hand.call("today.get", json!({"everybody": true}));
        everybody["plan"].as_array().expect("a plan").iter().map(|step| text(&step["template"])).collect()
    };
    let (logi, cook) = (school.person("logi"), school.person("cook"));
    let (own, all) = (plan(&logi), of_everybody(&logi));
    assert!(all.len() > own.len() && own.iter().all(|(template, _)| all.contains(template)), "{all:?}");
    assert!(all.contains(&"T01@2".to_owned()), "the officer's: {all:?}");
    let own: Vec<String> = plan(&cook).into_iter().map(|(template, _)| template).collect();
    assert_eq!(of_everybody(&cook), own, "a cook's campus is what a cook sees of it");
}
