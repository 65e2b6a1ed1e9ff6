//! A document before anybody looked at it, and what is shown of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::who::{Sight, View};
use crate::field::{Document, FieldType, Mask};
use crate::register::{Field, Register};

/// A document with its declaration: it has no words, no JSON and no debug text of its values, and only [`Sight::show`] leads to them.
///
/// ```compile_fail,E0277
/// fn json<T: serde::Serialize>(_: &T) {}
/// fn leak(raw: &domain::sight::Raw<'_>) { json(raw) }
/// ```
/// ```compile_fail,E0277
/// fn leak(raw: &domain::sight::Raw<'_>) -> String { format!("{raw}") }
/// ```
pub struct Raw<'a> {
    register: &'a Register,
    document: &'a Document,
    gone: BTreeMap<&'a str, Gone>,
}

/// Why a part of a row is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// 已按期删除: its time was over.
    Keep,
    /// 不在本平板: this device does not hold its compartment.
    Hold,
}

impl Gone {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Hold => "hold",
        }
    }
}

/// What is shown of one value.
#[derive(Clone, Debug, PartialEq)]
pub enum ShownValue {
    /// The value.
    Whole(Value),
    /// What a mask leaves; it says so.
    Masked {
        /// Which mask.
        mask: Mask,
        /// What it leaves.
        shown: String,
    },
    /// Nothing, since its part is gone.
    Gone(Gone),
}

impl ShownValue {
    /// The value, where it is seen whole.
    pub fn whole(&self) -> Option<&Value> {
        match self {
            Self::Whole(value) => Some(value),
            Self::Masked { .. } | Self::Gone(_) => None,
        }
    }
}

impl Serialize for ShownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(value) => value.serialize(serializer),
            Self::Masked { mask, shown } => json!({"masked": mask, "shown": shown}).serialize(serializer),
            Self::Gone(gone) => json!({"gone": gone.code()}).serialize(serializer),
        }
    }
}

/// What is shown of a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shown {
    /// The values of its fields, each gathered from its paths; a field without one is left out.
    pub fields: BTreeMap<String, ShownValue>,
    /// What a newer version wrote that this one does not know, by name: fields and acts that are not declared, and declared fields
    /// whose value is no option that there is. Of their values nothing is shown.
    pub unknown: Vec<String>,
}

impl Shown {
    /// The value of a field, where it is there and seen whole.
    pub fn whole(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)?.whole()
    }
}

/// Paths that every record has, which are no fields of a declaration.
const ENVELOPE: [&str; 16] = [
    "id",
    "campus",
    "zone",
    "created",
    "occurred_at",
    "recorded_at",
    "business_date",
    "late_reason",
    "clock",
    "clock_later",
    "form",
    "photos",
    "note",
    "device",
    "late",
    "after_close",
];
/// Entries that every record may have.
const ENTRIES: [&str; 5] = ["acts/", "strikes/", "corrections/", "void/", "restores/"];

impl<'a> Raw<'a> {
    /// A document with its declaration.
    pub fn new(register: &'a Register, document: &'a Document) -> Self {
        Self { register, document, gone: BTreeMap::new() }
    }

    /// The same, where a part is not there.
    #[must_use]
    pub fn without(mut self, part: &'a str, gone: Gone) -> Self {
        self.gone.insert(part, gone);
        self
    }

    /// The declaration.
    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// What a newer version wrote that this one does not know, by name, each once; see [`Shown::unknown`].
    pub fn unknown(&self) -> Vec<String> {
        let is_known = |path: &str| {
            ENVELOPE.contains(&first_part(path))
                || path.ends_with("_as")
                || ENTRIES.iter().any(|entry| path.starts_with(entry))
                || self.register.field_at(path).is_some()
                || self.register.ask(path).is_some()
        };
        let written = self.document.iter().filter(|(_, value)| !value.is_null()).map(|(path, _)| path.as_str());
        let mut unknown: BTreeSet<&str> = written.filter(|path| !is_known(path)).map(first_part).collect();
        unknown.extend(self.unknown_acts());
        unknown.extend(self.unknown_options());
        unknown.into_iter().map(str::to_owned).collect()
    }

    /// The codes of acts that the declaration does not have.
    fn unknown_acts(&self) -> impl Iterator<Item = &'a str> {
        let acts = self.document.iter().filter(|(path, _)| path.starts_with("acts/"));
        let codes = acts.filter_map(|(_, entry)| entry.get("act")?.as_str());
        codes.filter(|code| self.register.act(code).is_none())
    }

    /// The fields that hold a word which is none of their options.
    fn unknown_options(&self) -> impl Iterator<Item = &'a str> {
        let choices = self.register.fields.iter().filter_map(|field| Some((field, field.stored()?)));
        let choices = choices.filter(|(_, of)| !of.options().is_empty());
        choices.filter_map(|(field, of)| {
            let value = self.document.get(&field.name).filter(|value| value.is_string())?;
            (!of.is_well_typed(value)).then_some(field.name.as_str())
        })
    }

    /// The people whom its fields name, one by one or in a list.
    pub(super) fn people(&self) -> Vec<&'a str> {
        let values = self.register.people().filter_map(|field| self.document.get(&field.name));
        let named = |value: &'a Value| match value {
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
            value => value.as_str().into_iter().collect(),
        };
        values.flat_map(named).collect()
    }
}

/// The name of the field that a path belongs to.
fn first_part(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("kind", &self.register.kind).finish_non_exhaustive()
    }
}

impl Sight {
    /// What the person sees of a row, the row itself being seen: every field whole, masked, or gone with its part.
    ///
    /// # Example
    /// ```
    /// use domain::{register::parse, role::Role, sight::{Raw, Sight}};
    /// use serde_json::json;
    /// let text = "kind | visit | 来访 | Visits\nclass | evidence\nrights | write register_visitors ; see see_visitors\n\
    ///             name | 姓名 | Name | TXT[1,40] | ! ; see see_children else surname\n";
    /// let register = parse("visit.txt", text).expect("a register");
    /// let row = json!({"name": "王小明"});
    /// let guard = Sight::of("li", [(Role::Guard, vec![])], vec![]);
    /// let shown = guard.show(&Raw::new(&register, row.as_object().expect("an object")));
    /// assert_eq!(json!(shown.fields), json!({"name": {"masked": "surname", "shown": "王**"}}));
    /// ```
    pub fn show(&self, raw: &Raw<'_>) -> Shown {
        let mut shown = Shown::default();
        let people = raw.people();
        let stored = raw.register.fields.iter().filter_map(|field| Some((field, field.stored()?)));
        for (field, of) in stored {
            let gone = field.part.as_deref().and_then(|part| raw.gone.get(part));
            let value = match gone {
                Some(gone) => Some(ShownValue::Gone(*gone)),
                None => of.gather(&field.name, raw.document).map(|value| self.value(field, of, &value, &people)),
            };
            shown.fields.extend(value.map(|value| (field.name.clone(), value)));
        }
        let asked =
            raw.register.acts.iter().flat_map(|act| &act.asks).filter(|ask| raw.register.field(&ask.name).is_none());
        for ask in asked {
            let value = ask.of.gather(&ask.name, raw.document).filter(|value| ask.of.is_well_typed(value));
            shown.fields.extend(value.map(|value| (ask.name.clone(), ShownValue::Whole(value))));
        }
        for (name, minutes) in raw.register.derived(raw.document) {
            let is_seen =
                raw.register.field(&name).is_some_and(|field| self.field_about(field, &people) == View::Whole);
            if is_seen {
                shown.fields.insert(name, ShownValue::Whole(minutes));
            }
        }
        shown.unknown = raw.unknown();
        shown
    }

    /// What the person sees of one value of a field, such as one of several siblings, each masked by itself.
    ///
    /// A value that is not of the field's type is shown to nobody, since no rule says what it may give away.
    pub fn show_value(&self, field: &Field, value: &Value) -> ShownValue {
        match field.stored() {
            Some(of) => self.value(field, of, value, &[]),
            None => ShownValue::Masked { mask: Mask::Hidden, shown: Mask::Hidden.apply(&Value::Null) },
        }
    }

    fn value(&self, field: &Field, of: &dyn FieldType, value: &Value, people: &[&str]) -> ShownValue {
        let mask = match self.field_about(field, people) {
            View::Masked(mask) => mask,
            View::Whole if of.is_well_typed(value) => return ShownValue::Whole(value.clone()),
            View::Whole => Mask::Hidden,
        };
        ShownValue::Masked { mask, shown: mask.apply(value) }
    }
}
