//! The templates that are compiled in, with their earlier editions.
//!
//! An edition that was shipped is never edited, since records name it. What changes is an item with a code of its own in the next
//! edition: a code means one thing for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Item, Template, TemplateError, TemplateRef, parse_template};

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!($name, ".txt"), include_str!(concat!("../../presets/templates/", $name, ".txt")))),+]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "T01", "T01-2", "T02", "T02-2", "T03", "T03-2", "T04", "T04-2", "T05", "T06", "T06-2", "T07", "T07-2", "T08",
    "T09", "T10", "T11", "T12", "T13", "T14", "T15", "T15-2", "T16", "T17", "T18", "T19", "T20", "T21", "T22", "T23",
    "T24",
];

static EDITIONS: LazyLock<Result<Vec<Template>, TemplateError>> =
    LazyLock::new(|| SOURCES.iter().map(|(file, text)| parse_template(file, text)).collect());

static CURRENT: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let newest: BTreeMap<&str, &Template> =
        editions().iter().map(|template| (template.code.as_str(), template)).collect();
    newest.into_values().cloned().collect()
});

static ITEMS: LazyLock<BTreeMap<&'static str, &'static Item>> = LazyLock::new(|| {
    editions().iter().flat_map(|template| &template.items).map(|item| (item.code.as_str(), item)).collect()
});

/// All editions of the templates that are compiled in, by code and then by version.
///
/// Cost: parsed once; then free.
pub fn editions() -> &'static [Template] {
    // The files are compiled in, and a test of this crate parses every one of them.
    EDITIONS.as_ref().expect("the compiled-in templates parse")
}

/// The templates that are compiled in, each in its newest edition, by code.
///
/// Cost: as [`editions`].
pub fn built_in() -> &'static [Template] {
    &CURRENT
}

/// The built-in item with this code, such as `T01.07`, of whatever edition.
pub fn built_in_item(code: &str) -> Option<&'static Item> {
    ITEMS.get(code).copied()
}

/// The edition of a built-in template that a reference names; none for a custom one, an unknown code or another version.
pub fn find(reference: &TemplateRef) -> Option<&'static Template> {
    let TemplateRef::BuiltIn { code, version, .. } = reference else { return None };
    editions().iter().find(|template| template.code == *code && template.version == *version)
}
