//! The list of field types: a new one is a line here and a file beside it.

use super::error::TypeError;
use super::split::Declaration;
use super::types::FieldType;
use super::{
    choice, count, date, instant, last4, money, notes, number, people, phone, photos, reference, references, rows,
    signature, tag, text, time, yes,
};

type Parse = fn(&Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError>;

const TYPES: &[(&str, Parse)] = &[
    ("TXT", text::parse),
    ("NUM", number::parse),
    ("TEMP", number::parse_temperature),
    ("TIME", time::parse),
    ("CH", choice::parse),
    ("DATE", date::parse),
    ("INSTANT", instant::parse),
    ("COUNT", count::parse),
    ("MONEY", money::parse),
    ("YES", yes::parse),
    ("PHONE", phone::parse),
    ("LAST4", last4::parse),
    ("PERSON", people::parse_person),
    ("PEOPLE", people::parse_people),
    ("REF", reference::parse),
    ("REFS", references::parse),
    ("PHOTOS", photos::parse),
    ("SIG", signature::parse),
    ("TAG", tag::parse),
    ("NOTES", notes::parse),
    ("ROWS", parse_rows),
];

fn parse_rows(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    rows::parse(declaration, parse_type)
}

/// The names of all field types.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|(code, _)| *code)
}

/// The field type that a text declares.
///
/// # Errors
/// [`TypeError`], which says what to write.
///
/// # Example
/// ```
/// use domain::field::parse_type;
/// assert_eq!(parse_type("TXT[ 1, 40 ]").map(|of| of.declared()), Ok("TXT[1,40]".to_owned()));
/// assert!(parse_type("TEXT").is_err());
/// ```
pub fn parse_type(text: &str) -> Result<Box<dyn FieldType>, TypeError> {
    let unknown = || TypeError::new(text, format!("write one of {}", codes().collect::<Vec<_>>().join(", ")));
    let declaration = Declaration::cut(text).ok_or_else(unknown)?;
    let (_, parse) = TYPES.iter().find(|(code, _)| *code == declaration.name).ok_or_else(unknown)?;
    parse(&declaration)
}
