//! An exchange that fails is told as one that failed, whatever the disk takes.

use crate::support::{NOTE, Page, Peer, Script, Tablet, blank, id};

/// The disk takes no record and no report.
const FULL: &str = "CREATE TRIGGER full_record BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'full'); END;
                    CREATE TRIGGER full_meta BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'full'); END;";
const ROOM: &str = "DROP TRIGGER full_record; DROP TRIGGER full_meta;";

fn problem(store: &replica::Store) -> Option<String> {
    store.sync_report().expect("the store reads").last_problem.map(|problem| problem.urn)
}

#[test]
fn an_exchange_whose_report_cannot_be_stored_is_told_all_the_same() {
    let tablet = Tablet::enrolled();
    let before = tablet.store().sync_report().expect("the store reads").last_success_at;
    let other = tablet.another_window();
    tablet.tamper(FULL);
    tablet.clock.advance(1_000);
    let page = || Page::of([Peer::new(1).writes(&blank(id(9)), NOTE, "theirs")], "1");
    let script = Script::new();
    script.page(page());
    tablet.sync(&script).expect_err("the page cannot be stored");
    for store in [tablet.store(), &other, &tablet.another_window()] {
        assert_eq!(problem(store).as_deref(), Some("urn:rounds:problem:store"));
        assert_eq!(store.sync_report().expect("the store reads").last_success_at, before);
    }
    tablet.tamper(ROOM);
    script.page(page());
    tablet.sync(&script).expect("there is room again");
    assert_eq!((problem(tablet.store()), problem(&other)), (None, None));
}

#[test]
fn a_good_exchange_whose_report_cannot_be_stored_is_none() {
    let tablet = Tablet::enrolled();
    tablet.tamper(FULL);
    let script = Script::new();
    script.echo("1");
    tablet.sync(&script).expect_err("how it went cannot be stored");
    assert_eq!(problem(tablet.store()).as_deref(), Some("urn:rounds:problem:store"));
}
