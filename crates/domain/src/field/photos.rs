//! PHOTOS: photos, each on a path of its own, so that nobody's takes the place of another's.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, Document, FieldType, Pattern, Speech, Typing};
use crate::kind::Rule;

/// `PHOTOS[least,most]`: references `{blob, thumb?, mime, size, taken_at, source?}` at `<name>/<sha256>`.
#[derive(Debug)]
pub(super) struct Photos {
    least: usize,
    most: usize,
}

/// What a photo may be.
const MIMES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// No field takes more photos.
const MOST: usize = 20;
/// What is taken: references to photos.
const EXPECTED: ValueError = ValueError::Shape { zh: "照片", en: "photos" };

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write PHOTOS[least,most], such as PHOTOS[0,2]; 20 at most");
    let (least, most) = declaration.square.and_then(|limits| limits.split_once(',')).ok_or_else(fail)?;
    let read = |text: &str| text.trim().parse::<usize>().map_err(|_| fail());
    let (least, most) = (read(least)?, read(most)?);
    if declaration.round.is_some() || least > most || !(1..=MOST).contains(&most) {
        return Err(fail());
    }
    Ok(Box::new(Photos { least, most }))
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The name of the photo that a reference leads to; none for what is no reference.
fn read(photo: &Value) -> Option<&str> {
    let photo = photo.as_object()?;
    let is_known = |name: &String| {
        matches!(name.as_str(), "blob" | "thumb" | "mime" | "size" | "taken_at" | "source" | "by" | "at")
    };
    let is_right = photo.keys().all(is_known)
        && photo.get("thumb").is_none_or(|thumb| thumb.is_null() || thumb.as_str().is_some_and(is_digest))
        && photo.get("mime").and_then(Value::as_str).is_some_and(|mime| MIMES.contains(&mime))
        && photo.get("size").and_then(Value::as_u64).is_some_and(|size| size > 0)
        && photo.get("taken_at").is_none_or(|at| at.is_null() || at.is_u64());
    photo.get("blob").and_then(Value::as_str).filter(|blob| is_right && is_digest(blob))
}

fn count(value: &Value) -> Option<usize> {
    value.as_array().map(Vec::len)
}

impl FieldType for Photos {
    fn code(&self) -> &'static str {
        "PHOTOS"
    }

    fn declared(&self) -> String {
        format!("PHOTOS[{},{}]", self.least, self.most)
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let photos = typed.as_array().ok_or(EXPECTED)?;
        if photos.is_empty() {
            return Err(ValueError::Missing);
        }
        if photos.len() > self.most {
            return Err(ValueError::TooMany(self.most));
        }
        let path = |photo: &Value| read(photo).map(|blob| (format!("{name}/{blob}"), photo.clone())).ok_or(EXPECTED);
        photos.iter().map(path).collect()
    }

    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        let below = |path: &str| path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')).is_some_and(is_digest);
        let photos: Vec<Value> = document
            .iter()
            .filter(|(path, photo)| below(path) && !photo.is_null())
            .map(|(_, photo)| photo.clone())
            .collect();
        (!photos.is_empty()).then_some(Value::Array(photos))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        value.as_array().is_some_and(|photos| photos.iter().all(|photo| read(photo).is_some()))
    }

    fn is_complete(&self, value: &Value) -> Result<(), ValueError> {
        match count(value) {
            Some(count) if count < self.least => Err(ValueError::TooFew(self.least)),
            Some(count) if count > self.most => Err(ValueError::TooMany(self.most)),
            Some(_) => Ok(()),
            None => Err(EXPECTED),
        }
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let count = count(value).unwrap_or(0);
        match count {
            1 => speech.language.of("1 张", "1 photo").to_owned(),
            _ => format!("{count}{}", speech.language.of(" 张", " photos")),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        super::types::by(a, b, count)
    }

    fn cell(&self, value: &Value, _: &Speech<'_>) -> Cell {
        count(value).map_or(Cell::Empty, |count| Cell::Number(count.into()))
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::below("/*", Rule::Earliest, false)
    }
}
