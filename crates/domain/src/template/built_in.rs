//! The templates that are compiled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Item, Template, TemplateError, TemplateRef, parse_template};

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!($name, ".txt"), include_str!(concat!("../../presets/templates/", $name, ".txt")))),+]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13", "T14", "T15", "T16",
    "T17", "T18", "T19", "T20", "T21", "T22", "T23",
];

static TEMPLATES: LazyLock<Result<Vec<Template>, TemplateError>> =
    LazyLock::new(|| SOURCES.iter().map(|(file, text)| parse_template(file, text)).collect());

static ITEMS: LazyLock<BTreeMap<&'static str, &'static Item>> = LazyLock::new(|| {
    built_in().iter().flat_map(|template| &template.items).map(|item| (item.code.as_str(), item)).collect()
});

/// The templates that are compiled in, by code.
///
/// Cost: parsed once; then free.
pub fn built_in() -> &'static [Template] {
    // The files are compiled in, and a test of this crate parses every one of them.
    TEMPLATES.as_ref().expect("the compiled-in templates parse")
}

/// The built-in item with this code, such as `T01.07`.
pub fn built_in_item(code: &str) -> Option<&'static Item> {
    ITEMS.get(code).copied()
}

/// The built-in template that a reference names; none for a custom one, an unknown code or another version.
pub fn find(reference: &TemplateRef) -> Option<&'static Template> {
    let TemplateRef::BuiltIn { code, version, .. } = reference else { return None };
    built_in().iter().find(|template| template.code == *code && template.version == *version)
}
