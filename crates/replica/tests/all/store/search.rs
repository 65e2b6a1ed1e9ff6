//! Search finds what stands there now, whatever changed it.

use replica::Save;

use crate::support::{NOTE, Page, Peer, Script, Tablet, blank, id, text};

#[track_caller]
fn check_found(tablet: &Tablet, query: &str, expected: &[u128]) {
    let found = tablet.store().search(query, &[], 10).expect("the store searches");
    let mut ids: Vec<_> = found.records.iter().map(|found| found.id).collect();
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
fn an_update_of_the_app_makes_the_index_anew_only_where_words_are_made_by_other_rules() {
    let mut tablet = Tablet::new();
    tablet.save(id(1), "厨房");
    tablet.reopen("2");
    assert_eq!(waiting(&tablet), 0, "the rules are the same");
    tablet.tamper("UPDATE meta SET value = '0' WHERE key = 'search_words'");
    tablet.reopen("2");
    assert_eq!(waiting(&tablet), 1, "other rules have made it, whatever the version is called");
    tablet.store().index_waiting().expect("it is indexed");
    tablet.reopen("3");
    assert_eq!(waiting(&tablet), 0, "and it is made anew once");
    check_found(&tablet, "厨房", &[1]);
}

#[test]
fn what_an_older_version_derived_otherwise_is_derived_anew_behind_an_update() {
    let mut tablet = Tablet::new();
    tablet.save(id(1), "厨房");
    tablet.tamper("UPDATE record SET doc = '{}', asking = 9, hidden = 1, derived = 0; DELETE FROM text;");
    tablet.tamper("INSERT INTO text (rowid, rest) SELECT row, 'yesterday' FROM record; DELETE FROM meta WHERE key = 'search_words'");
    check_found(&tablet, "厨房", &[]);
    tablet.reopen("2");
    // It is done in idle moments while somebody listens, as behind every door.
    let _news = tablet.store().subscribe();
    let began = std::time::Instant::now();
    let found = loop {
        match tablet.store().find_one(id(1)).expect("the store reads") {
            Some(found) => break found,
            None => assert!(began.elapsed() < std::time::Duration::from_secs(20), "it is never derived anew"),
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    assert_eq!(found.doc.get(NOTE), Some(&"厨房".into()));
    assert_eq!(tablet.store().asking_count().expect("the store reads"), 0);
    check_found(&tablet, "厨房", &[1]);
    check_found(&tablet, "yesterday", &[]);
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
    assert_eq!(tablet.store().asking(&replica::Access::All, 10).expect("the store reads").len(), 1);
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

/// Saves a record of some kind with these texts.
fn save(tablet: &Tablet, number: u128, kind: &str, set: &[(&str, &str)]) {
    let set = set.iter().map(|(field, value)| ((*field).to_owned(), text(value))).collect();
    let save = Save { id: Some(id(number)), kind: kind.into(), set, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

#[test]
fn what_stands_in_a_record_is_found_as_it_stands_there() {
    let texts = [
        "A-101教室门坏",
        "打电话 138-0000-1111 找保安",
        "3#楼漏水，请修。",
        "（东）门锁不上",
        "O'Brien said: the drain (left) is blocked!",
        "１号楼　ＬＥＤ灯",
        "冷藏柜 5.5℃／高于 5℃",
        "手机13800001111",
        "Ça va, Müller",
        "𠮷野家·送餐、鸡蛋",
    ];
    let tablet = Tablet::new();
    for (number, description) in (1..).zip(texts) {
        save(&tablet, number, "finding", &[("description", description)]);
    }
    for (number, description) in (1..).zip(texts) {
        check_found(&tablet, description, &[number]);
        let letters: Vec<char> = description.chars().collect();
        for length in 2..=letters.len() {
            let beginning: String = letters[..length].iter().collect();
            let found = tablet.store().search(&beginning, &[], 10).expect("the store searches");
            assert!(found.records.iter().any(|found| found.id == id(number)), "{beginning:?} of {description}");
        }
    }
    for (typed, number) in [
        ("A-101", 1),
        ("a101", 1),
        ("101教室", 1),
        ("0000-1111", 2),
        ("3#楼", 3),
        ("漏水，请", 3),
        ("（东）门", 4),
        ("东门", 4),
        ("O'Brien", 5),
        ("obrien said", 0),
        ("drain (left)", 5),
        ("1号楼", 6),
        ("led", 6),
        ("5.5", 7),
        ("1111", 8),
        ("0001111", 8),
        ("muller", 9),
        ("鸡蛋", 10),
    ] {
        let found = tablet.store().search(typed, &[], 10).expect("the store searches");
        let is_found = found.records.iter().any(|found| found.id == id(number));
        assert_eq!(is_found, number != 0, "{typed}");
    }
}

#[test]
fn what_a_list_shows_as_a_title_is_found() {
    let tablet = Tablet::new();
    save(&tablet, 1, "area", &[("name", "１号楼")]);
    save(&tablet, 2, "inspection", &[("template", "T01@1"), ("subject", &id(1).to_string())]);
    save(&tablet, 3, "inspection", &[("template", "T15:D@1"), ("subject", "南门")]);
    save(&tablet, 4, "template_version", &[("title", "我们的泳池检查")]);
    save(&tablet, 5, "inspection", &[("template", &id(4).to_string())]);
    save(&tablet, 6, "unheard_of", &[("title", "新版本才有的")]);
    for typed in ["T01", "t01", "厨房日检", "日检", "cfrj", "chufang"] {
        check_found(&tablet, typed, &[2]);
    }
    check_found(&tablet, "1号楼", &[1, 2]);
    check_found(&tablet, "南门", &[3]);
    check_found(&tablet, "泳池", &[4, 5]);
    check_found(&tablet, "新版本", &[6]);
    // What an inspection is called follows the name of its subject.
    let seen = tablet.seen(id(1));
    let set = vec![("name".to_owned(), text("逸夫楼"))];
    let save = Save { id: Some(id(1)), kind: "area".into(), seen: Some(seen), set, ..Save::default() };
    tablet.store().save(save).expect("a save");
    check_found(&tablet, "逸夫", &[1, 2]);
    check_found(&tablet, "1号楼", &[]);
}

#[test]
fn pinyin_is_found_in_full_and_by_its_initials() {
    let tablet = Tablet::new();
    for (number, name) in [(1, "李敏"), (2, "曾立明"), (3, "乐强"), (4, "吕红"), (5, "银行的灯"), (6, "Li Min")]
    {
        save(&tablet, number, "person", &[("name", name)]);
    }
    check_found(&tablet, "limin", &[1, 2]);
    check_found(&tablet, "li min", &[1, 2, 6]);
    check_found(&tablet, "LIMI", &[1, 2]);
    check_found(&tablet, "lm", &[1, 2]);
    check_found(&tablet, "zengliming", &[2]);
    check_found(&tablet, "ceng", &[2]);
    check_found(&tablet, "lvhong", &[4]);
    check_found(&tablet, "yinhang", &[5]);
    check_found(&tablet, "yueqiang", &[3]);
    check_found(&tablet, "leqiang", &[3]);
    check_found(&tablet, "limingzeng", &[]);
}

#[test]
fn people_and_places_come_first_then_titles_then_the_rest_and_the_newest_before_the_older() {
    let tablet = Tablet::new();
    save(&tablet, 1, "area", &[("name", "厨房")]);
    save(&tablet, 2, "finding", &[("description", "灯坏"), ("note", "厨房")]);
    save(&tablet, 3, "finding", &[("description", "厨房漏水")]);
    save(&tablet, 4, "finding", &[("description", "地滑"), ("note", "厨房")]);
    save(&tablet, 5, "finding", &[("description", "厨房冷柜")]);
    let hits = |kinds: &[&str], limit| {
        let kinds: Vec<String> = kinds.iter().map(|&kind| kind.to_owned()).collect();
        let hits = tablet.store().search("厨房", &kinds, limit).expect("the store searches");
        (hits.records.iter().map(|found| found.id).collect::<Vec<_>>(), hits.is_cut)
    };
    assert_eq!(hits(&[], 10), ([1, 5, 3, 4, 2].map(id).to_vec(), false));
    assert!(!hits(&[], 5).1, "all of them are there");
    assert_eq!(hits(&[], 2), ([1, 5].map(id).to_vec(), true));
    assert_eq!(hits(&["finding"], 3), ([5, 3, 4].map(id).to_vec(), true));
    assert_eq!(hits(&["area", "person"], 3), (vec![id(1)], false));
    assert_eq!(hits(&["role_grant"], 3), (vec![], false));
}

#[test]
fn a_rare_kind_is_found_behind_any_number_of_others() {
    let tablet = Tablet::new();
    save(&tablet, 1, "incident", &[("desc", "食堂门口摔倒")]);
    (2..700).for_each(|number| save(&tablet, number, "finding", &[("description", "食堂")]));
    let hits = tablet.store().search("食堂", &["incident".to_owned()], 20).expect("the store searches");
    assert_eq!(hits.records.iter().map(|found| found.id).collect::<Vec<_>>(), [id(1)]);
}

/// A tablet that has just received a page of so many records.
fn after_a_page(records: u128) -> Tablet {
    let tablet = Tablet::enrolled();
    let script = Script::new();
    let mut peer = Peer::new(1);
    let mut theirs = |number| peer.writes(&blank(id(number)), NOTE, &format!("厨房 {number:04}"));
    script.page(Page::of((1..=records).map(&mut theirs).collect::<Vec<_>>(), "1"));
    tablet.step(&script).expect("a page");
    tablet
}

fn waiting(tablet: &Tablet) -> u64 {
    tablet.store().waiting_for_search().expect("the store reads")
}

#[test]
fn what_came_in_a_large_page_is_found_before_and_after_it_is_indexed() {
    let mut tablet = after_a_page(300);
    assert_eq!(waiting(&tablet), 300);
    tablet.save(id(301), "厨房 saved here");
    assert_eq!(waiting(&tablet), 300, "what a person saves is indexed at once");
    let numbers = [1, 150, 300];
    for _ in 0..2 {
        for number in numbers {
            check_found(&tablet, &format!("厨房 {number:04}"), &[number]);
        }
        // A kill between the page and its index loses nothing.
        tablet.reopen("1");
    }
    tablet.store().index_waiting().expect("it is indexed");
    assert_eq!(waiting(&tablet), 0);
    for number in numbers {
        check_found(&tablet, &format!("厨房 {number:04}"), &[number]);
    }
    let hits = tablet.store().search("cf", &[], 400).expect("the store searches");
    assert_eq!((hits.records.len(), hits.indexing, hits.is_cut), (301, 0, false));
}

#[test]
fn a_search_says_how_much_it_could_not_look_at() {
    let tablet = after_a_page(3_000);
    let writing = tablet.another_window();
    let hits = writing.search("厨房 3000", &[], 10).expect("the store searches");
    assert_eq!(hits.records.len(), 1);
    assert_eq!(hits.indexing, waiting(&tablet).saturating_sub(500));
    assert!(hits.indexing > 0);
    tablet.store().index_waiting().expect("it is indexed");
    let hits = writing.search("厨房 0", &[], 10).expect("the store searches");
    assert_eq!((hits.indexing, hits.is_cut), (0, true));
}

#[test]
fn an_old_text_that_waits_to_be_replaced_is_not_found() {
    let tablet = after_a_page(30);
    tablet.store().index_waiting().expect("it is indexed");
    let base: Vec<_> = (1..=30).map(|number| tablet.record(id(number))).collect();
    let script = Script::new();
    let mut peer = Peer::new(2);
    let theirs = base.iter().map(|record| peer.writes(record, NOTE, "操场")).collect::<Vec<_>>();
    script.page(Page::of(theirs, "2"));
    tablet.step(&script).expect("a page");
    assert_eq!(waiting(&tablet), 30);
    check_found(&tablet, "厨房 0007", &[]);
    let hits = tablet.store().search("操场", &[], 100).expect("the store searches");
    assert_eq!(hits.records.len(), 30);
}

#[test]
fn what_is_deleted_leaves_the_index_at_once_whatever_waits() {
    let tablet = after_a_page(30);
    let reading = tablet.store().get(id(3)).expect("the store reads").expect("it is there");
    tablet.store().delete(id(3), &reading.version, None).expect("deleted");
    assert_eq!(waiting(&tablet), 29);
    check_found(&tablet, "厨房 0003", &[]);
}

#[test]
fn an_open_store_indexes_what_waits_by_itself() {
    let tablet = after_a_page(300);
    let _listening = tablet.store().subscribe();
    let began = std::time::Instant::now();
    while waiting(&tablet) > 0 {
        assert!(began.elapsed().as_secs() < 60, "it still waits");
        std::thread::yield_now();
    }
}
