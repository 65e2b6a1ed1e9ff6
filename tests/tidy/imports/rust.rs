//! Which file of a crate names something of which other.

use std::collections::BTreeMap;

use crate::circles::Graph;
use crate::scan::code_lines;

use super::modules::{Crate, Module};
use super::tokens::{self, Token, is_word};

/// More modules and names than any path leads over.
const LONGEST_WAY: usize = 32;

/// A path as it is written, such as `super::names::Names`, with its line.
type Path<'a> = (usize, Vec<&'a str>);

/// What a module passes on under a name: the module, and what is left of the path there.
type Exports = BTreeMap<(Module, String), (Module, Vec<String>)>;

/// What the files of one crate import.
pub fn graph<'a>(files: &Crate<'a>) -> Graph<'a> {
    let named: Vec<(&Module, Named<'_>)> = files.iter().map(|(module, file)| (module, Named::in_file(file))).collect();
    let exports = exports(files, &named);
    let mut graph = Graph::new();
    for (module, named) in &named {
        let edges = graph.entry(&*files[*module].path).or_default();
        for (line, path) in &named.used {
            let target = resolve(files, &exports, module, path).map(|(target, _)| target);
            if let Some(target) = target.filter(|target| target != *module) {
                edges.entry(&*files[&target].path).or_insert(*line);
            }
        }
    }
    graph
}

/// The paths that a file names.
#[derive(Default)]
struct Named<'a> {
    used: Vec<Path<'a>>,
    /// Passed on, each under a name.
    exported: Vec<(Path<'a>, &'a str)>,
}

impl<'a> Named<'a> {
    fn in_file(file: &'a crate::files::File) -> Self {
        let tokens: Vec<Token<'a>> = code_lines(file).flat_map(|(line, text)| tokens::of_line(line, text)).collect();
        let mut named = Self::default();
        let mut rest = &tokens[..];
        let mut is_public = false;
        while let Some(((line, word), after)) = rest.split_first() {
            rest = after;
            match *word {
                "pub" => {
                    is_public = true;
                    // `pub(in crate::x)` says who may see it, and imports nothing.
                    if rest.first().is_some_and(|(_, sign)| *sign == "(") {
                        rest = &rest[rest.iter().position(|(_, sign)| *sign == ")").map_or(0, |end| end + 1)..];
                    }
                    continue;
                }
                "use" => {
                    let end = rest.iter().position(|(_, sign)| *sign == ";").unwrap_or(rest.len());
                    let mut tree = &rest[..end];
                    named.take_tree(&[], &mut tree, is_public);
                    rest = &rest[end..];
                }
                // What follows a dot is a method or a field, and what follows `::` is in the middle of a path.
                "." | "::" => rest = rest.get(1..).unwrap_or_default(),
                word if word.starts_with(is_word) => {
                    let mut path = vec![word];
                    while let [(_, "::"), (_, next), further @ ..] = rest
                        && next.starts_with(is_word)
                    {
                        path.push(next);
                        rest = further;
                    }
                    if path.len() > 1 {
                        named.used.push((*line, path));
                    }
                }
                _ => {}
            }
            is_public = false;
        }
        named
    }

    /// Reads one part of a `use`: a path, and what stands in its braces.
    fn take_tree(&mut self, before: &[&'a str], tree: &mut &[Token<'a>], is_public: bool) {
        let mut path = before.to_vec();
        let mut line = 0;
        let mut name = None;
        while let Some(((at, word), after)) = tree.split_first() {
            line = *at;
            match *word {
                "{" => {
                    *tree = after;
                    while !tree.is_empty() && tree[0].1 != "}" {
                        self.take_tree(&path, tree, is_public);
                        if tree.first().is_some_and(|(_, sign)| *sign == ",") {
                            *tree = &tree[1..];
                        }
                    }
                    *tree = tree.get(1..).unwrap_or_default();
                    return;
                }
                "}" | "," => break,
                "as" => {
                    name = after.first().map(|(_, name)| *name);
                    *tree = after.get(1..).unwrap_or_default();
                    continue;
                }
                "::" | "*" => {}
                // `names::{self}` names the module itself.
                "self" if !path.is_empty() => {}
                word => path.push(word),
            }
            *tree = after;
        }
        let Some(last) = path.last().copied() else { return };
        match is_public {
            true => self.exported.push(((line, path), name.unwrap_or(last))),
            false => self.used.push((line, path)),
        }
    }
}

fn exports(files: &Crate<'_>, named: &[(&Module, Named<'_>)]) -> Exports {
    let mut exports = Exports::new();
    // What is passed on may have been passed on to there.
    for _ in 0..3 {
        for (module, named) in named {
            for ((_, path), name) in &named.exported {
                if let Some((target, rest)) = resolve(files, &exports, module, path) {
                    exports.insert(((*module).clone(), (*name).to_owned()), (target, rest));
                }
            }
        }
    }
    exports
}

/// The module in which the thing at the end of a path is defined, and what is left of the path there; none outside of the crate.
fn resolve(files: &Crate<'_>, exports: &Exports, module: &Module, path: &[&str]) -> Option<(Module, Vec<String>)> {
    let child = |module: &Module, name: &str| {
        let mut child = module.clone();
        child.push(name.to_owned());
        files.contains_key(&child).then_some(child)
    };
    let (mut at, rest) = match path.split_first()? {
        (&"crate", rest) => (Module::new(), rest),
        (&"self", rest) => (module.clone(), rest),
        (&"super", _) => {
            let ups = path.iter().take_while(|part| **part == "super").count();
            (module[..module.len().checked_sub(ups)?].to_vec(), &path[ups..])
        }
        (first, _) => {
            child(module, first)?;
            (module.clone(), path)
        }
    };
    let mut left: Vec<String> = rest.iter().map(|part| (*part).to_owned()).collect();
    // Bounded, since a name may be passed on under itself.
    for _ in 0..LONGEST_WAY {
        let Some(next) = left.first().cloned() else { break };
        if let Some(child) = child(&at, &next) {
            at = child;
            left.remove(0);
        } else if let Some((to, there)) = exports.get(&(at.clone(), next)) {
            at = to.clone();
            left.splice(..1, there.iter().cloned());
        } else {
            break;
        }
    }
    files.contains_key(&at).then_some((at, left))
}
