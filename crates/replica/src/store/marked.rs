//! Finding records by what sight goes by in them: who made one, whom it names, of what sort it is.
//!
//! The table `mark` holds that for every record; for those that an earlier version of the app has derived it is read from their
//! documents, until they are derived anew.

use domain::sight::{Mark, Named, has_mark, names};

use super::derive::MARKED;
use super::values::Values;

/// How marks are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    /// All records with a mark are gathered once: for who looks at many.
    Gathered,
    /// Each record is looked up by itself: for who looks at few.
    Each,
}

/// That a record of a kind is marked with a word; `is_whole` where every record carries its marks.
pub(super) fn condition(
    values: &mut Values,
    (kind, word, mark): (&str, &str, Mark),
    lookup: Lookup,
    is_whole: bool,
) -> String {
    let (of_kind, is_word) = (values.place(kind.to_owned()), values.place(word.to_owned()));
    let marked =
        format!("FROM mark WHERE mark.kind = {of_kind} AND mark.word = {is_word} AND mark.how & {}", mark.bit());
    // The `+` keeps it from becoming a walk of its own.
    let by_mark = match lookup {
        Lookup::Gathered => format!("+row IN (SELECT mark.record {marked})"),
        Lookup::Each => format!("EXISTS (SELECT 1 {marked} AND mark.record = record.row)"),
    };
    if is_whole {
        return by_mark;
    }
    let by_document = by_document(values, (kind, word, mark));
    format!("CASE WHEN derived >= {MARKED} THEN {by_mark} ELSE {by_document} END")
}

/// The same, read from the document.
fn by_document(values: &mut Values, (kind, word, mark): (&str, &str, Mark)) -> String {
    if !has_mark(kind, mark) {
        return "FALSE".to_owned();
    }
    let text = values.place(word.to_owned());
    let ways = match mark {
        Mark::Made => vec![format!("doc ->> '$.created.by' = {text}")],
        Mark::Sort => vec![holds(values, "category", &text)],
        Mark::Named => names(kind).iter().map(|named| is_named(values, named, word, &text)).collect(),
    };
    written(word, &text, &ways.join(" OR "))
}

/// A condition that holds only where the document has a word: looked for as a text first, which is much cheaper than reading the
/// document, and right where nothing of the word is written otherwise in JSON.
pub(super) fn written(word: &str, text: &str, condition: &str) -> String {
    if !word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return format!("({condition})");
    }
    format!("(instr(doc, {text}) > 0 AND ({condition}))")
}

/// That the person in `text` did one of the acts of a record.
pub(super) fn acted(text: &str) -> String {
    let by = format!("CASE held.type WHEN 'object' THEN held.value ->> '$.by' END = {text}");
    format!("EXISTS (SELECT 1 FROM json_each(doc) AS held WHERE held.key GLOB 'acts/*' AND {by})")
}

fn is_named(values: &mut Values, named: &Named, word: &str, text: &str) -> String {
    let held = "SELECT 1 FROM json_each(doc) AS held WHERE held";
    match named {
        Named::Itself => "FALSE".to_owned(),
        Named::Field(field) => holds(values, field, text),
        Named::Key(group) => {
            let key = values.place(format!("{group}/{word}"));
            format!("EXISTS ({held}.key = {key} AND held.type <> 'null')")
        }
        Named::Member(group, member) => {
            let (keys, path) = (values.place(format!("{group}/*")), values.place(format!("$.\"{member}\"")));
            let own = format!("CASE held.type WHEN 'object' THEN held.value ->> {path} END = {text}");
            format!("EXISTS ({held}.key GLOB {keys} AND {own})")
        }
    }
}

/// That a field of the document holds a text, alone or in a list.
pub(super) fn holds(values: &mut Values, field: &str, text: &str) -> String {
    let path = values.place(format!("$.\"{field}\""));
    format!("EXISTS (SELECT 1 FROM json_each(doc, {path}) AS held WHERE held.value = {text})")
}
