//! Lists go page by page by key, in an order that saves do not disturb.

use causal::RecordId;
use replica::{Condition, Listing, Order, Save, Visible};

use crate::support::{NOTE, Tablet, id, text};

fn save(tablet: &Tablet, number: u128, kind: &str, fields: &[(&str, serde_json::Value)]) {
    let set = fields.iter().map(|(name, value)| ((*name).to_owned(), causal::Value::from(value.clone()))).collect();
    let save = Save { id: Some(id(number)), kind: kind.into(), set, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

/// Reads a whole list page by page; `between` is done after each page.
fn read_all(tablet: &Tablet, listing: &Listing<'_>, mut between: impl FnMut(usize)) -> Vec<RecordId> {
    let mut ids = Vec::new();
    let mut after = None;
    for page in 0.. {
        let found = tablet.store().find(&Listing { after, ..listing.clone() }).expect("the store reads");
        let Some(last) = found.last() else { break };
        after = Some(last.position());
        ids.extend(found.iter().map(|found| found.id));
        between(page);
    }
    ids
}

fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<RecordId> {
    numbers.into_iter().map(id).collect()
}

#[test]
fn pages_by_key_hold_every_record_once_in_order() {
    let tablet = Tablet::new();
    for number in [5, 2, 9, 1, 7, 3, 8, 4, 6] {
        save(&tablet, number, "inspection", &[(NOTE, "a".into())]);
    }
    save(&tablet, 10, "meal", &[(NOTE, "a".into())]);
    for limit in [1, 2, 4, 100] {
        let listing = Listing { kind: "inspection", limit, ..Listing::default() };
        assert_eq!(read_all(&tablet, &listing, |_| ()), ids(1..=9));
        let newest = Listing { order: Order::NewestFirst, ..listing.clone() };
        assert_eq!(read_all(&tablet, &newest, |_| ()), ids((1..=9).rev()));
        assert_eq!(tablet.store().count(&listing).expect("the store reads"), 9);
    }
    let mut whole = Vec::new();
    while let Ok(page) = tablet.store().list("inspection", whole.last().copied(), 4) {
        if page.is_empty() {
            break;
        }
        whole.extend(page.iter().map(|reading| reading.record.id));
    }
    assert_eq!(whole, ids(1..=9));
}

#[test]
fn pages_by_due_hold_every_record_once_what_is_due_first_comes_first() {
    let tablet = Tablet::new();
    for (number, due) in [(1, Some(300)), (2, Some(100)), (3, None), (4, Some(100)), (5, Some(200)), (6, None)] {
        let mut fields = vec![("title", "积水".into())];
        fields.extend(due.map(|due: u64| ("due", due.into())));
        save(&tablet, number, "finding", &fields);
    }
    for limit in [1, 2, 100] {
        let listing = Listing { kind: "finding", order: Order::Due, limit, ..Listing::default() };
        assert_eq!(read_all(&tablet, &listing, |_| ()), ids([2, 4, 5, 1, 3, 6]));
        let late = Listing { due_before: Some(200), ..listing };
        assert_eq!(read_all(&tablet, &late, |_| ()), ids([2, 4]));
        let soon = Listing { due_from: Some(200), due_before: Some(300), ..late };
        assert_eq!(read_all(&tablet, &soon, |_| ()), ids([5]));
    }
}

#[test]
fn saves_between_two_pages_neither_skip_nor_repeat_a_record() {
    let tablet = Tablet::new();
    for number in (10..=60).step_by(10) {
        save(&tablet, number, "inspection", &[(NOTE, "a".into())]);
    }
    let listing = Listing { kind: "inspection", limit: 2, ..Listing::default() };
    // Between the pages an earlier record is added, one is deleted, one that is to come is changed, and a later one added.
    let found = read_all(&tablet, &listing, |page| {
        if page == 0 {
            save(&tablet, 15, "inspection", &[(NOTE, "a".into())]);
            tablet.store().delete(id(10), &tablet.seen(id(10)), None).expect("deleted");
            save(&tablet, 40, "inspection", &[(NOTE, "b".into())]);
            save(&tablet, 55, "inspection", &[(NOTE, "a".into())]);
        }
    });
    assert_eq!(found, ids([10, 20, 30, 40, 50, 55, 60]));
}

#[test]
fn a_list_is_cut_by_campus_day_inspection_and_field() {
    let tablet = Tablet::new();
    let (here, there) = (id(100).0, id(200).0);
    for (number, scope, day) in [(1, Some(here), "2026-09-01"), (2, Some(there), "2026-09-01"), (3, None, "2026-09-02")]
    {
        let set =
            vec![("business_date".to_owned(), text(day)), ("inspection".to_owned(), text(&id(number).to_string()))];
        let save = Save { id: Some(id(number)), kind: "meal".into(), scope, set, ..Save::default() };
        tablet.store().save(save).expect("a save");
    }
    let all = Listing { kind: "meal", limit: 10, ..Listing::default() };
    let check = |listing: Listing<'_>, expected: &[u128]| {
        assert_eq!(read_all(&tablet, &listing, |_| ()), ids(expected.iter().copied()));
    };
    check(Listing { scopes: &[here], ..all.clone() }, &[1, 3]);
    check(Listing { day: Some("2026-09-01"), ..all.clone() }, &[1, 2]);
    check(Listing { parent: Some(id(2)), ..all.clone() }, &[2]);
    check(Listing { field: Some(("business_date", "2026-09-02")), ..all.clone() }, &[3]);
    check(Listing { scopes: &[there], day: Some("2026-09-02"), ..all.clone() }, &[3]);
}

#[test]
fn records_of_one_millisecond_are_listed_in_the_order_of_their_saves() {
    let tablet = Tablet::new();
    let new = |value: &str| Save { kind: "meal".into(), set: vec![(NOTE.into(), text(value))], ..Save::default() };
    let mut made: Vec<RecordId> = Vec::new();
    for round in 0..40 {
        made.push(tablet.store().save(new("one")).expect("a save").id);
        let several = tablet.store().save_all(vec![new("two"), new("three")]).expect("saves");
        made.extend(several.iter().map(|saved| saved.id));
        if round == 20 {
            tablet.clock.advance(1);
        }
    }
    assert!(made.is_sorted_by(|a, b| a < b), "two ids are equal, or not in the order of their saves");
    let listing = Listing { kind: "meal", limit: 7, ..Listing::default() };
    assert_eq!(read_all(&tablet, &listing, |_| ()), made);
}

#[test]
fn what_stands_at_a_place_of_some_forms_is_told_once() {
    let tablet = Tablet::new();
    let form = |number: u128, day: &str, template: &str, by: serde_json::Value| {
        let created = serde_json::json!({"by": by, "at": 5});
        let fields = [("business_date", day.into()), ("template", template.into()), ("created", created)];
        save(&tablet, number, "inspection", &fields);
    };
    form(1, "2026-08-31", "T01@1", "zhao".into());
    form(2, "2026-09-01", "T01@1", "li".into());
    form(3, "2026-09-01", "T01@1", "li".into());
    form(4, "2026-09-04", "T01@1", 7.into());
    form(5, "2026-09-04", "T02@1", "sun".into());
    form(6, "2026-09-05", "T01@1", "wang".into());
    let days = Some(("2026-09-01", "2026-09-04"));
    let listing = Listing { kind: "inspection", template: Some("T01@1"), days, ..Listing::default() };
    let texts = tablet.store().texts(&listing, &["created", "by"]).expect("the store reads");
    assert_eq!(texts, [None, Some("li".to_owned())]);
}

fn shift(tablet: &Tablet, number: u128, fields: serde_json::Value) {
    let fields: Vec<(String, causal::Value)> =
        fields.as_object().expect("fields").iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let save = Save { id: Some(id(number)), kind: "duty_shift".into(), set: fields, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

#[test]
fn rows_are_listed_by_day_and_place_and_by_what_their_texts_say() {
    let tablet = Tablet::new();
    let (gate, dorm) = (id(100).to_string(), id(200).to_string());
    let note = |words: &str| serde_json::json!({"text": words, "by": "li", "at": 1});
    shift(&tablet, 1, serde_json::json!({"date": "2026-09-01", "post": gate, "note": "路灯坏了"}));
    shift(&tablet, 2, serde_json::json!({"date": "2026-09-03", "post": dorm, "note": "路灯修好"}));
    shift(&tablet, 3, serde_json::json!({"date": "2026-09-02", "post": gate, "events/1": note("换班")}));
    shift(&tablet, 4, serde_json::json!({"post": gate}));
    let all = Listing { kind: "duty_shift", order: Order::NewestDay, ..Listing::default() };
    for limit in [1, 2, 10] {
        assert_eq!(read_all(&tablet, &Listing { limit, ..all.clone() }, |_| ()), ids([2, 3, 1, 4]));
        let own = Visible(vec![vec![Condition::Place(vec![gate.clone()])]]);
        assert_eq!(read_all(&tablet, &Listing { limit, visible: Some(&own), ..all.clone() }, |_| ()), ids([3, 1, 4]));
        let lamps = Listing { limit, text: Some("路灯"), ..all.clone() };
        assert_eq!(read_all(&tablet, &lamps, |_| ()), ids([2, 1]));
        assert_eq!(tablet.store().count(&lamps).expect("the store reads"), 2);
        let nothing = Listing { limit, text: Some("……"), ..all.clone() };
        assert_eq!(read_all(&tablet, &nothing, |_| ()), []);
    }
}

#[test]
fn a_corrected_value_is_what_lists_show_and_what_is_searched() {
    let tablet = Tablet::new();
    let correction =
        |field: &str, value: &str| serde_json::json!({"field": field, "value": value, "at": 5, "after": []});
    shift(
        &tablet,
        1,
        serde_json::json!({
            "date": "2026-09-01", "note": "写错了",
            "corrections/1": correction("date", "2026-09-04"), "corrections/2": correction("note", "水表停走"),
        }),
    );
    let on = |day| tablet.store().find(&Listing { kind: "duty_shift", day: Some(day), limit: 9, ..Listing::default() });
    assert!(on("2026-09-01").expect("the store reads").is_empty());
    let found = on("2026-09-04").expect("the store reads");
    assert_eq!((found[0].doc["date"].as_str(), found[0].doc["note"].as_str()), (Some("2026-09-04"), Some("水表停走")));
    for words in ["写错", "水表"] {
        assert_eq!(tablet.store().search(words, &[], 9).expect("the store searches").records.len(), 1, "{words}");
    }
}

#[test]
fn rows_on_which_somebody_s_act_does_not_count_are_found_by_that_person() {
    let mut tablet = Tablet::new();
    let act =
        |by: &str, at: u64, after: &[&str]| serde_json::json!({"act": "begin", "by": by, "at": at, "after": after});
    let shift =
        |person: &str| vec![("date", "2026-09-01".into()), ("person", person.into()), ("acts/1", act(person, 1, &[]))];
    save(&tablet, 1, "duty_shift", &shift("li"));
    let mut twice = shift("li");
    twice.push(("acts/2", act("li", 2, &["1"])));
    save(&tablet, 2, "duty_shift", &twice);
    let mut others = shift("wang");
    others.push(("acts/2", act("zhao", 2, &["1"])));
    save(&tablet, 3, "duty_shift", &others);
    let found = |tablet: &Tablet, person: &str| {
        let listing = Listing { kind: "duty_shift", uncounted: Some(person), limit: 9, ..Listing::default() };
        assert_eq!(
            tablet.store().count(&listing).expect("the store reads"),
            read_all(tablet, &listing, |_| ()).len() as u64
        );
        read_all(tablet, &listing, |_| ())
    };
    let check = |tablet: &Tablet| {
        assert_eq!(found(tablet, "li"), ids([2]));
        assert_eq!(found(tablet, "zhao"), ids([3]));
        assert_eq!(found(tablet, "wang"), ids([]), "an act that counts is told to nobody");
    };
    check(&tablet);
    // As an earlier version of the app has left it.
    tablet.tamper("UPDATE record SET derived = 2, uncounted = NULL");
    tablet.reopen("1");
    check(&tablet);
}
