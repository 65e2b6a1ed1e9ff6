//! How SQLite finds what each list asks for: by which index, and whether it has to sort.

use super::Store;
use super::listing::{Listing, Order};
use super::select::{COLUMNS, Filter};
use super::visible::{Condition, Visible};
use crate::Ports;

const HERE: &[uuid::Uuid] = &[uuid::Uuid::nil()];
const OPEN_FINDINGS: &[&str] = &["unassigned", "assigned", "in_progress", "awaiting_recheck", "returned", "deferred"];

fn forms() -> Listing<'static> {
    Listing { kind: "inspection", scopes: HERE, order: Order::NewestFirst, ..Listing::default() }
}

fn findings() -> Listing<'static> {
    Listing { kind: "finding", scopes: HERE, order: Order::Due, ..Listing::default() }
}

fn explain(sql: &str, filter: &Filter) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
    let connection = store.read();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a query");
    let rows = statement.query_map(filter.values(), |row| row.get::<_, String>(3)).expect("a plan");
    rows.collect::<Result<Vec<_>, _>>().expect("a plan").join("\n")
}

#[track_caller]
fn check_list(listing: Listing<'_>, expected: &str, is_sorted: bool) {
    let filter = Filter::of(&listing, &[], true).beyond(&listing);
    let plan = explain(&filter.select(COLUMNS, 20), &filter);
    assert!(plan.contains(expected), "{plan}");
    assert_eq!(plan.contains("USE TEMP B-TREE FOR ORDER BY"), is_sorted, "{plan}");
}

#[track_caller]
fn check_count(listing: Listing<'_>, expected: &str) {
    let filter = Filter::of(&listing, &[], true);
    let plan = explain(&format!("SELECT count(*) FROM record {}", filter.condition()), &filter);
    assert_eq!(plan, format!("SEARCH record USING {expected}"));
}

#[test]
fn what_is_left_to_do_is_found_by_its_stage_and_sorted() {
    let index = "COVERING INDEX record_by_stage (kind=? AND stage=?";
    check_list(Listing { stages: &["open"], ..forms() }, index, true);
    check_list(Listing { stages: OPEN_FINDINGS, ..findings() }, index, true);
    check_list(Listing { stages: OPEN_FINDINGS, order: Order::Id, ..findings() }, index, true);
    let overdue = Listing { stages: OPEN_FINDINGS, due_before: Some(5), ..findings() };
    check_list(overdue.clone(), "COVERING INDEX record_by_stage (kind=? AND stage=? AND due<?)", true);
    let due = Listing { due_from: Some(3), ..overdue };
    check_list(due, "COVERING INDEX record_by_stage (kind=? AND stage=? AND due>? AND due<?)", true);
    let mine = Listing { stages: OPEN_FINDINGS, assignee: Some("li"), ..findings() };
    check_list(mine.clone(), "INDEX record_by_stage (kind=? AND stage=?)", true);
    check_count(mine, "INDEX record_by_stage (kind=? AND stage=?)");
    check_count(Listing { stages: &["open"], ..forms() }, "COVERING INDEX record_by_stage (kind=? AND stage=?)");
    check_count(Listing { stages: OPEN_FINDINGS, ..findings() }, "COVERING INDEX record_by_stage (kind=? AND stage=?)");
}

#[test]
fn the_second_page_of_what_is_left_is_found_in_the_same_way() {
    let after =
        Some(super::ListPosition { id: causal::RecordId(uuid::Uuid::nil()), due: Some(7), day: None, text: None });
    let second = Listing { stages: OPEN_FINDINGS, after, ..findings() };
    check_list(second, "COVERING INDEX record_by_stage (kind=? AND stage=?)", true);
}

#[test]
fn all_findings_are_sorted_by_the_index_alone() {
    check_list(findings(), "COVERING INDEX record_by_stage (kind=? AND stage>?)", true);
    let done = Listing { stages: &["closed"], ..findings() };
    check_list(done, "COVERING INDEX record_by_stage (kind=? AND stage=?)", true);
}

#[test]
fn what_is_done_with_is_walked_through_in_order() {
    check_list(forms(), "INDEX record_by_kind (kind=?)", false);
    check_list(Listing { stages: &["submitted"], ..forms() }, "INDEX record_by_kind (kind=?)", false);
    let after = Some(causal::RecordId(uuid::Uuid::max()).into());
    check_list(Listing { after, ..forms() }, "INDEX record_by_kind (kind=? AND id<?)", false);
    check_list(Listing { kind: "area", ..Listing::default() }, "INDEX record_by_kind (kind=?)", false);
}

#[test]
fn a_day_a_checklist_and_an_inspection_have_an_index_each() {
    let of_day = Listing { stages: &["submitted"], day: Some("2026-09-01"), ..forms() };
    check_list(of_day.clone(), "INDEX record_by_day (kind=? AND day=?)", false);
    check_count(of_day, "INDEX record_by_day (kind=? AND day=?)");
    let found = Listing { day: Some("2026-09-01"), ..findings() };
    check_list(found.clone(), "INDEX record_by_day (kind=? AND day=?)", true);
    check_count(found, "INDEX record_by_day (kind=? AND day=?)");
    let of_checklist = Listing { template: Some("T01@1"), ..forms() };
    check_list(of_checklist.clone(), "COVERING INDEX record_by_template (kind=? AND template=?)", true);
    let lately = Listing { days: Some(("2026-09-01", "2026-09-04")), stages: &["submitted"], ..of_checklist };
    check_count(lately, "INDEX record_by_template (kind=? AND template=? AND day>? AND day<?)");
    let of_inspection = Listing { parent: Some(causal::RecordId(uuid::Uuid::nil())), ..findings() };
    check_list(of_inspection, "INDEX record_by_parent (parent=?)", true);
}

fn rows() -> Listing<'static> {
    Listing { kind: "duty_shift", scopes: HERE, order: Order::NewestDay, ..Listing::default() }
}

fn position(day: Option<&str>) -> Option<super::ListPosition> {
    let id = causal::RecordId(uuid::Uuid::nil());
    Some(super::ListPosition { id, due: None, day: day.map(str::to_owned), text: None })
}

#[test]
fn rows_that_wait_for_something_are_found_by_their_stage() {
    let waiting = Listing { stages: &["planned", "on"], ..rows() };
    check_list(waiting.clone(), "INDEX record_by_stage (kind=? AND stage=?", true);
    check_count(waiting, "COVERING INDEX record_by_stage (kind=? AND stage=?)");
}

#[test]
fn rows_are_walked_through_by_day_newest_first() {
    check_list(rows(), "INDEX record_by_day (kind=?)", false);
    check_list(Listing { stages: &["ended"], ..rows() }, "INDEX record_by_day (kind=?)", false);
    let lately = Listing { days: Some(("2026-09-01", "2026-09-30")), ..rows() };
    check_list(lately.clone(), "INDEX record_by_day (kind=? AND day>? AND day<?)", false);
    check_count(lately, "INDEX record_by_day (kind=? AND day>? AND day<?)");
    let second = Listing { after: position(Some("2026-09-04")), ..rows() };
    check_list(second, "INDEX record_by_day (kind=? AND (day,id)<(?,?))", false);
    let without = Listing { after: position(None), ..rows() };
    check_list(without, "INDEX record_by_day (kind=? AND day=? AND id<?)", false);
}

#[test]
fn rows_about_one_thing_and_of_one_place_have_an_index_each() {
    check_list(Listing { about: Some("meter"), ..rows() }, "INDEX record_by_about (kind=? AND about=?)", false);
    let own = Visible(vec![vec![Condition::Place(vec!["gate".to_owned()])]]);
    check_list(Listing { visible: Some(&own), ..rows() }, "INDEX record_by_place (kind=? AND place=?)", false);
}

#[test]
fn acts_that_do_not_count_have_an_index_of_their_own() {
    check_list(Listing { uncounted: Some("li"), ..rows() }, "INDEX record_by_uncounted (kind=?)", false);
}

#[test]
fn what_is_due_of_a_register_is_found_by_its_stage_and_time() {
    let due = Listing { kind: "loan", stages: &["out"], due_before: Some(5), order: Order::Due, ..rows() };
    check_list(due, "COVERING INDEX record_by_stage (kind=? AND stage=? AND due<?)", true);
}

#[test]
fn what_somebody_sees_is_asked_on_the_walk_by_day() {
    let mine = || Condition::Author("li".to_owned());
    let places = Condition::Place(vec!["a".to_owned(), "b".to_owned()]);
    let several = Visible(vec![vec![places, Condition::Since("2026-09-01".to_owned())], vec![mine()]]);
    check_list(Listing { visible: Some(&several), ..rows() }, "INDEX record_by_day (kind=?)", false);
}

/// What who does not see every finding sees of them.
fn of_somebody() -> Visible {
    let open = Condition::Stage(OPEN_FINDINGS.iter().map(|stage| (*stage).to_owned()).collect());
    let own = Condition::Place(vec!["kitchen".to_owned(), "store".to_owned()]);
    let marked =
        [Condition::Author("li".to_owned()), Condition::Names("li".to_owned()), Condition::Sort("food".to_owned())];
    Visible([open, own].into_iter().chain(marked).map(|condition| vec![condition]).collect())
}

#[test]
fn what_somebody_sees_of_all_findings_is_found_without_their_documents() {
    let visible = of_somebody();
    let all = Listing { visible: Some(&visible), ..findings() };
    check_list(all.clone(), "COVERING INDEX record_by_stage (kind=? AND stage>?)", true);
    check_list(all.clone(), "SEARCH mark USING PRIMARY KEY (kind=? AND word=?)", true);
    check_list(all.clone(), "COVERING INDEX record_by_place (kind=? AND place=?)", true);
    let closed = Listing { stages: &["closed"], ..all };
    check_list(closed, "COVERING INDEX record_by_stage (kind=? AND stage=?)", true);
}

#[test]
fn what_hooks_read_of_one_thing_is_read_by_its_index_alone() {
    let lamp = Listing { kind: "disinfection_log", about: Some("lamp"), is_for_hooks: true, ..rows() };
    let filter = Filter::of(&lamp, &[], true).beyond(&lamp);
    let plan = explain(&filter.select(super::select::FOR_HOOKS, 20), &filter);
    assert_eq!(plan, "SEARCH record USING COVERING INDEX record_by_kin (kind=? AND about=?)");
}

#[test]
fn what_a_meal_is_traced_by_is_found_by_its_day_and_by_what_it_hangs_on() {
    let by_id = |kind| Listing { kind, scopes: HERE, order: Order::Id, ..Listing::default() };
    let by_day = "INDEX record_by_day (kind=? AND day>? AND day<?)";
    for kind in ["delivery_line", "food_sample", "sample_disposal", "meal", "menu"] {
        check_list(Listing { days: Some(("2026-09-01", "2026-09-01")), ..by_id(kind) }, by_day, true);
    }
    for kind in ["food_sample", "snack_issue"] {
        let of_meal = Listing { parent: Some(causal::RecordId(uuid::Uuid::nil())), ..by_id(kind) };
        check_list(of_meal, "INDEX record_by_parent (parent=?)", false);
    }
}
