//! Search finds what stands there now, whatever changed it.

use crate::support::{NOTE, Page, Peer, Script, Tablet, id};

#[track_caller]
fn check_found(tablet: &Tablet, query: &str, expected: &[u128]) {
    let found = tablet.store().search(query, 10).expect("the store searches");
    let mut ids: Vec<_> = found.iter().map(|found| found.id).collect();
    ids.sort();
    assert_eq!(ids, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{query}");
}

#[test]
fn search_finds_the_new_text_after_a_save_and_the_old_one_no_more() {
    let tablet = Tablet::new();
    tablet.save(id(1), "厨房地面积水");
    tablet.save(id(2), "厨房灯坏");
    check_found(&tablet, "厨房", &[1, 2]);
    tablet.save(id(1), "操场");
    check_found(&tablet, "厨房", &[2]);
    check_found(&tablet, "cf", &[2]);
    check_found(&tablet, "操场", &[1]);
    check_found(&tablet, "cc", &[1]);
}

#[test]
fn search_finds_the_same_after_an_update_of_the_app() {
    let mut tablet = Tablet::new();
    tablet.save(id(1), "厨房");
    tablet.save(id(2), "操场");
    tablet.save(id(2), "门卫室");
    let deleted = tablet.save(id(3), "厨房");
    tablet.store().delete(id(3), &deleted.version, None).expect("deleted");
    for version in ["2", "3", "1"] {
        tablet.reopen(version);
        check_found(&tablet, "厨房", &[1]);
        check_found(&tablet, "操场", &[]);
        check_found(&tablet, "mws", &[2]);
    }
    tablet.save(id(1), "仓库");
    check_found(&tablet, "厨房", &[]);
    check_found(&tablet, "仓库", &[1]);
}

#[test]
fn an_update_of_the_app_derives_anew_what_an_older_one_derived_otherwise() {
    let mut tablet = Tablet::new();
    tablet.save(id(1), "厨房");
    tablet.tamper("UPDATE record SET doc = '{}', asking = 9, hidden = 1; DELETE FROM text;");
    tablet.tamper("INSERT INTO text (rowid, tokens) SELECT row, 'yesterday' FROM record;");
    check_found(&tablet, "厨房", &[]);
    tablet.reopen("1");
    check_found(&tablet, "厨房", &[]);
    tablet.reopen("2");
    check_found(&tablet, "厨房", &[1]);
    check_found(&tablet, "yesterday", &[]);
    let found = tablet.store().find_one(id(1)).expect("the store reads").expect("it is visible");
    assert_eq!(found.doc.get(NOTE), Some(&"厨房".into()));
    assert_eq!(tablet.store().asking_count().expect("the store reads"), 0);
}

#[test]
fn search_finds_what_a_pull_brought_and_every_side_of_a_conflict() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "厨房");
    let base = tablet.record(id(1));
    tablet.save(id(1), "仓库");
    let theirs = Peer::new(1).writes(&base, NOTE, "操场");
    let script = Script::new();
    script.takes().page(Page::of([theirs], "1").and_more());
    for _ in 0..3 {
        tablet.step(&script).expect("an exchange without faults");
    }
    for query in ["仓库", "操场", "ck"] {
        check_found(&tablet, query, &[1]);
    }
    check_found(&tablet, "厨房", &[]);
    assert_eq!(tablet.store().asking_count().expect("the store reads"), 1);
    assert_eq!(tablet.store().asking(10).expect("the store reads").len(), 1);
    tablet.save(id(1), "门卫室");
    check_found(&tablet, "操场", &[]);
    assert_eq!(tablet.store().asking_count().expect("the store reads"), 0);
}

#[test]
fn a_deleted_record_is_not_found_until_it_is_taken_back() {
    let tablet = Tablet::new();
    let saved = tablet.save(id(1), "厨房");
    let deleted = tablet.store().delete(id(1), &saved.version, None).expect("deleted");
    check_found(&tablet, "厨房", &[]);
    assert!(tablet.store().get(id(1)).expect("the store reads").is_some(), "a deleted record can still be read");
    tablet.save_seeing(id(1), Some(&deleted.version), NOTE, "厨房");
    check_found(&tablet, "厨房", &[1]);
}
