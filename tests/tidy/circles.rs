//! No circle of imports between the files of a crate, nor between those of the screens: what stands below can be read, tested and
//! moved without what stands above it.
//!
//! An edge leads from a file to the one that defines what it names. A re-export is an address and no edge, so a `mod.rs` that only
//! declares and passes on is in nobody's way; one that holds what its children use, and uses them, is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::files::File;
use crate::imports::{modules, rust, scripts};

/// Which file imports which, with the line on which it does.
pub type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// Circles inside the crates.
pub fn in_crates(files: &[File]) -> Vec<String> {
    modules::by_crate(files).values().flat_map(|crate_files| found(rust::graph(crate_files))).collect()
}

/// Circles among the screens' files.
pub fn in_screens(files: &[File]) -> Vec<String> {
    found(scripts::graph(files))
}

/// One complaint for each circle, the shortest ones first; circles that share a file are told one after the other is mended.
fn found(mut graph: Graph<'_>) -> Vec<String> {
    let mut complaints = Vec::new();
    while let Some(circle) = shortest_circle(&graph) {
        let steps = circle.iter().zip(circle.iter().cycle().skip(1));
        let told: Vec<String> =
            steps.map(|(from, to)| format!("{from}:{} imports {to}", graph[from][to] + 1)).collect();
        complaints.push(format!("a circle: {}", told.join(", ")));
        let inside: BTreeSet<&str> = circle.into_iter().collect();
        graph.retain(|file, _| !inside.contains(file));
        graph.values_mut().for_each(|edges| edges.retain(|file, _| !inside.contains(file)));
    }
    complaints
}

fn shortest_circle<'a>(graph: &Graph<'a>) -> Option<Vec<&'a str>> {
    graph.keys().filter_map(|start| way_back(graph, start)).min_by_key(Vec::len)
}

/// The shortest way from `start` over other files to `start` again.
fn way_back<'a>(graph: &Graph<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(file) = open.pop_front() {
        for next in graph.get(file).into_iter().flat_map(BTreeMap::keys) {
            if *next == start {
                let mut way = vec![file];
                while let Some(before) = came_from.get(way[way.len() - 1]) {
                    way.push(*before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(next) {
                came_from.insert(*next, file);
                open.push_back(next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    fn crate_of(files: &[(&str, &str)]) -> Vec<File> {
        files.iter().map(|(path, text)| made_up(&format!("crates/a/src/{path}"), text)).collect()
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let told: Vec<String> = expected.iter().map(|circle| format!("a circle: {circle}")).collect();
        assert_eq!(in_crates(&crate_of(files)), told, "{files:?}");
    }

    #[test]
    fn two_files_that_import_each_other_are_a_circle() {
        check(
            &[
                ("lib.rs", "mod due;\nmod severity;\n"),
                ("due.rs", "use std::fmt;\nuse crate::severity::Severity;\n"),
                ("severity.rs", "fn due() -> u8 {\n    crate::due::of(1)\n}\n"),
            ],
            &[
                "crates/a/src/due.rs:2 imports crates/a/src/severity.rs, crates/a/src/severity.rs:2 imports crates/a/src/due.rs",
            ],
        );
    }

    #[test]
    fn a_circle_through_the_front_of_the_crate_is_found() {
        let front = "mod app;\nmod command;\npub use app::App;\npub use command::Command;\n";
        let app = ("app.rs", "use crate::{Command, command};\n");
        check(&[("lib.rs", front), app, ("command.rs", "pub struct Command;\n")], &[]);
        check(
            &[("lib.rs", front), app, ("command.rs", "use crate::{App as Open};\n")],
            &[
                "crates/a/src/app.rs:1 imports crates/a/src/command.rs, crates/a/src/command.rs:1 imports crates/a/src/app.rs",
            ],
        );
    }

    #[test]
    fn a_parent_that_only_declares_and_passes_on_is_no_part_of_a_circle() {
        let child = ("form/gaps.rs", "use super::score::Score;\nuse super::Form;\n");
        check(
            &[
                ("lib.rs", "pub mod form;\n"),
                ("form/mod.rs", "mod gaps;\nmod score;\npub use gaps::Gap;\npub struct Form;\n"),
                child,
                ("form/score.rs", "pub(super) struct Score;\n"),
            ],
            &[],
        );
        check(
            &[("lib.rs", "pub mod form;\n"), ("form/mod.rs", "mod gaps;\nfn all() { gaps::all() }\n"), child],
            &[
                "crates/a/src/form/gaps.rs:1 imports crates/a/src/form/mod.rs, crates/a/src/form/mod.rs:2 imports crates/a/src/form/gaps.rs",
            ],
        );
    }

    #[test]
    fn tests_comments_and_words_in_quotes_import_nothing() {
        let below = "// crate::b::x\nconst A: &str = \"crate::b::x\"; // crate::b::x\n#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n";
        check(&[("lib.rs", ""), ("a.rs", below), ("b.rs", "use crate::a::A;\n")], &[]);
    }

    #[test]
    fn three_screens_in_a_circle_are_found_and_what_is_loaded_later_is_not() {
        let page = |name: &str, text: &str| made_up(&format!("ui/src/{name}"), text);
        let files = [
            page("a/index.ts", "export { b } from './b'\nexport type { C } from '@/c/C.vue'\n"),
            page("a/b.ts", "import {\n  type C,\n} from '../c/C.vue'\nconst d = () => import('../d')\n"),
            page("c/C.vue", "<script setup lang=\"ts\">\nimport { b } from '@/a'\n</script>\n"),
            page("d.ts", "import { b } from './a/b'\nimport './d.test'\n"),
            page("d.test.ts", "import { d } from './d'\n"),
        ];
        assert_eq!(
            in_screens(&files),
            ["a circle: ui/src/a/index.ts:2 imports ui/src/c/C.vue, ui/src/c/C.vue:2 imports ui/src/a/index.ts"]
        );
        assert_eq!(in_screens(&files[1..2]), Vec::<String>::new());
    }
}
