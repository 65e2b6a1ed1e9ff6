//! The house rules that a program can check: each is a function over a list of files, and is proved to fail on a bad one.

mod arrows;
mod circles;
mod code;
mod files;
mod imports;
mod links;
mod permissions;
mod protocol;
mod purity;
mod scan;
mod words;

use files::File;

/// Fails with every complaint there is.
#[track_caller]
fn expect_tidy(check: impl Fn(&[File]) -> Vec<String>) {
    let complaints = check(&files::of_the_repository());
    assert!(complaints.is_empty(), "{} to put right:\n  {}", complaints.len(), complaints.join("\n  "));
}

#[test]
fn arrows_between_rooms_point_where_the_plan_says() {
    expect_tidy(arrows::between_packages);
    expect_tidy(arrows::inside_the_server);
    expect_tidy(arrows::inside_the_app);
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    expect_tidy(circles::in_crates);
}

#[test]
fn no_screens_import_each_other_in_a_circle() {
    expect_tidy(circles::in_screens);
}

#[test]
fn no_file_is_too_long() {
    let files = files::of_the_repository();
    for (path, lines) in code::long_files(&files) {
        println!("{path} has {lines} lines: could it be two?");
    }
    expect_tidy(code::too_long_files);
}

#[test]
fn every_rust_file_says_first_why_it_exists() {
    expect_tidy(code::files_without_a_purpose);
}

#[test]
fn nothing_is_left_undone() {
    expect_tidy(code::unfinished_code);
    expect_tidy(code::bare_unwraps);
}

#[test]
fn no_text_names_a_machine_or_a_registry() {
    expect_tidy(words::forbidden);
}

#[test]
fn pure_crates_reach_for_nothing() {
    expect_tidy(purity::reaching_code);
    expect_tidy(purity::reaching_dependencies);
}

#[test]
fn every_relative_link_leads_to_a_file() {
    expect_tidy(links::broken);
}

#[test]
fn every_permission_is_asked_for() {
    expect_tidy(permissions::unasked);
}

#[test]
fn the_protocol_names_every_problem() {
    expect_tidy(protocol::unnamed_problems);
}
