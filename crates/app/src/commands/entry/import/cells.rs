//! One cell as somebody would have typed it, or why it is not taken.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveTime;
use domain::register::{Field, Register, Right, register};
use domain::text::fold;
use replica::{ListedRecord, Listing};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::entry::{scopes, stages_in_use};
use crate::error::CommandError;
use crate::import::{Given, cut};
use crate::sight::Viewer;

/// Takes what stands in a field away.
const ERASE: &str = "清空";
/// What a mask leaves behind of a value.
const MASK: &str = "**";

/// What the name of a record stands in.
const NAMES: [&str; 2] = ["name", "name_enc"];

/// Why a cell is not taken, in Chinese and English.
pub(super) type Why = (String, String);

/// Names of the records that fields may name, by kind.
pub(super) struct Called {
    by_kind: HashMap<String, HashMap<String, Vec<String>>>,
}

/// So many records of a kind are looked through for a name.
const MOST_NAMED: u64 = 20_000;

impl Called {
    /// The names of what these fields may name, on a campus.
    pub(super) fn load<'f>(
        app: &App,
        campus: &Campus,
        viewer: &Viewer,
        fields: impl Iterator<Item = &'f Field>,
    ) -> Result<Self, CommandError> {
        let mut by_kind = HashMap::new();
        for kind in fields.filter_map(|field| field.stored()?.refers()) {
            if by_kind.contains_key(kind) {
                continue;
            }
            let mut names: HashMap<String, Vec<String>> = HashMap::new();
            let register = register(kind);
            let scopes: Vec<Uuid> =
                register.map_or_else(|| campus.id.into_iter().collect(), |register| scopes(campus, register));
            let visible = register.map(|register| viewer.visible(register, Right::See));
            let listing =
                Listing { kind, scopes: &scopes, visible: visible.as_ref(), limit: MOST_NAMED, ..Listing::default() };
            let is_in_use = |stage: Option<&str>| {
                register.is_none_or(|own| stages_in_use(own).into_iter().any(|at| stage == Some(at)))
            };
            let is_there = |found: &&ListedRecord| {
                found.doc.get("active") != Some(&Value::Bool(false)) && is_in_use(found.stage.as_deref())
            };
            let words = words_of(register, viewer);
            for found in app.store().find(&listing)?.iter().filter(is_there) {
                let said = words.iter().filter_map(|name| text(&found.doc, name)).map(normal);
                for word in said.collect::<BTreeSet<_>>() {
                    names.entry(word).or_default().push(found.id.to_string());
                }
            }
            by_kind.insert(kind.to_owned(), names);
        }
        Ok(Self { by_kind })
    }

    fn id(&self, kind: &str, name: &str) -> Result<String, Why> {
        if let Ok(id) = Uuid::parse_str(name) {
            return Ok(id.hyphenated().to_string());
        }
        match self.by_kind.get(kind).and_then(|names| names.get(&normal(name))).map(Vec::as_slice) {
            Some([id]) => Ok(id.clone()),
            Some([_, _, ..]) => Err(why("有重名，不知道是哪一个", "several have this name")),
            _ => Err(why("没有找到这个名字", "nobody and nothing of this name is here")),
        }
    }
}

/// The fields by whose words a file may name a record: what it is called, as far as the person sees that whole, and what else tells it
/// from others, such as the number of a child where two bear one name.
fn words_of<'r>(register: Option<&'r Register>, viewer: &Viewer) -> Vec<&'r str> {
    let Some(register) = register else { return vec!["name"] };
    let is_word = |field: &&Field| {
        let is_named = NAMES.contains(&field.name.as_str()) || register.matches.contains(&field.name);
        is_named
            && field.stored().is_some_and(|of| of.code() == "TXT")
            && viewer.sight.sees_whole(register, &field.name)
    };
    register.fields.iter().filter(is_word).map(|field| field.name.as_str()).collect()
}

/// A text as lines are compared by: in one width and case, its blanks drawn together.
pub(super) fn normal(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a cell says of a field; none for a blank one, which changes nothing, and null for one that erases.
///
/// What a mask leaves of the value that stands there, `now`, changes nothing either: it comes back from a file that was taken out.
pub(super) fn typed(
    field: &Field,
    cell: &Given,
    now: Option<&Value>,
    is_typed: bool,
    called: &Called,
) -> Result<Option<Value>, Why> {
    let Some(of) = field.stored() else { return Ok(None) };
    let code = of.code();
    Ok(Some(match cell {
        Given::Empty => return Ok(None),
        Given::Text(text) if text == ERASE => Value::Null,
        Given::Text(text) if text.contains(MASK) && field.see.is_some() => {
            let masked = field.see.as_ref().zip(now).map(|(see, now)| see.mask.apply(now));
            if masked.as_ref() == Some(text) {
                return Ok(None);
            }
            return Err(why(
                "这是遮住的值，请留空或填完整的",
                "this value is masked; leave it blank or write it whole",
            ));
        }
        Given::Text(_) if is_typed && matches!(code, "DATE" | "INSTANT") => {
            return Err(why("日期写成了文字，请用日期格式的单元格", "the date is a text; use a cell with a date"));
        }
        Given::Text(text) if code == "DATE" && text.parse::<chrono::NaiveDate>().is_err() => {
            return Err(why("日期要写成 2026-09-01 这样", "a date is written like 2026-09-01"));
        }
        Given::Text(text) => match (cut(text), of.refers()) {
            (Some(last), _) => last.into(),
            (None, Some(kind)) => called.id(kind, text)?.into(),
            (None, None) => text.as_str().into(),
        },
        Given::Number(_) if code == "LAST4" => {
            return Err(why(
                "按数字会丢掉前面的 0，请用文本格式的单元格",
                "a number loses its leading 0; use a cell with a text",
            ));
        }
        Given::Number(_) if matches!(code, "DATE" | "INSTANT") => {
            return Err(why("日期写成了数字，请用日期格式的单元格", "the date is a number; use a cell with a date"));
        }
        Given::Number(number) => match cut(number) {
            Some(last) => last.into(),
            None => number.as_str().into(),
        },
        Given::Moment(at) if code == "DATE" && at.time() == NaiveTime::MIN => at.date().to_string().into(),
        Given::Moment(at) if code == "INSTANT" => at.format("%Y-%m-%d %H:%M").to_string().into(),
        Given::Moment(_) => return Err(why("这一列不是日期", "this column holds no dates")),
        Given::Yes(is_so) if code == "YES" => Value::Bool(*is_so),
        Given::Yes(_) => return Err(why("这一列不是「是/否」", "this column is no yes or no")),
    }))
}

pub(super) fn why(zh: &str, en: &str) -> Why {
    (zh.to_owned(), en.to_owned())
}
