//! The entries of acts as a record holds them: `acts/<id>`, `strikes/<id>`.

use serde_json::{Map, Value, json};

use crate::correction::names;
use crate::field::Document;
use crate::time::UtcMillis;

/// How it was made sure that an act is its author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vouch {
    /// By the person's own PIN.
    Pin,
    /// By a PIN that somebody else had set.
    SetByOther,
    /// By nothing: 未核验.
    None,
}

impl Vouch {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::SetByOther => "set_by_other",
            Self::None => "none",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Pin, Self::SetByOther, Self::None].into_iter().find(|vouch| vouch.code() == code)
    }
}

/// One entry `acts/<id>` = `{act, by, at, after, set, saw?, vouch?}`.
#[derive(Clone, Debug, PartialEq)]
pub struct ActEntry {
    /// The id in the field name.
    pub id: String,
    /// The code of the act.
    pub act: String,
    /// Who did it.
    pub by: Option<String>,
    /// When.
    pub at: UtcMillis,
    /// The entries of acts that its author saw.
    pub after: Vec<String>,
    /// The values that it asked for.
    pub set: Document,
    /// What the row was when its author saw it.
    pub saw: Option<String>,
    /// How it was made sure that it is its author's.
    pub vouch: Option<Vouch>,
}

impl ActEntry {
    /// The entry with this id; none when the value is no entry.
    pub fn read(id: &str, value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let text = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(text) => Some(Some(text.as_str()?.to_owned())),
        };
        let set = match object.get("set") {
            None | Some(Value::Null) => Map::new(),
            Some(set) => set.as_object()?.clone(),
        };
        let vouch = match text("vouch")? {
            None => None,
            Some(code) => Some(Vouch::from_code(&code)?),
        };
        Some(Self {
            id: id.to_owned(),
            act: text("act")?.filter(|act| !act.is_empty())?,
            by: text("by")?,
            at: UtcMillis(object.get("at")?.as_i64()?),
            after: names(object.get("after"))?,
            set,
            saw: text("saw")?,
            vouch,
        })
    }

    /// The value of the field `acts/<id>`.
    pub fn to_json(&self) -> Value {
        let mut entry = json!({"act": self.act, "by": self.by, "at": self.at, "after": self.after, "set": self.set});
        if let Some(saw) = &self.saw {
            entry["saw"] = json!(saw);
        }
        if let Some(vouch) = self.vouch {
            entry["vouch"] = json!(vouch.code());
        }
        entry
    }
}

/// One entry `strikes/<id>` = `{act, reason, by, at, after}`: an act that does not count any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// The id in the field name.
    pub id: String,
    /// The entry of the act.
    pub act: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub at: UtcMillis,
}

impl Strike {
    fn read(id: &str, value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let text =
            |name: &str| object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        Some(Self {
            id: id.to_owned(),
            act: text("act")?,
            reason: text("reason"),
            by: text("by"),
            at: UtcMillis(object.get("at")?.as_i64()?),
        })
    }
}

/// The entries of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    /// The acts, by time and then id.
    pub acts: Vec<ActEntry>,
    /// The strikes, by time and then id.
    pub strikes: Vec<Strike>,
    /// Fields that are neither; they change nothing, and are counted, never shown.
    pub unreadable: Vec<String>,
}

impl Entries {
    /// Reads the entries of a document; what was taken back is none.
    pub fn read(document: &Document) -> Self {
        let mut entries = Self::default();
        for (path, value) in document.iter().filter(|(_, value)| !value.is_null()) {
            let is_read = match (path.strip_prefix("acts/"), path.strip_prefix("strikes/")) {
                (Some(id), _) => ActEntry::read(id, value).map(|act| entries.acts.push(act)),
                (_, Some(id)) => Strike::read(id, value).map(|strike| entries.strikes.push(strike)),
                _ => continue,
            };
            if is_read.is_none() {
                entries.unreadable.push(path.clone());
            }
        }
        entries.acts.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        entries.strikes.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        entries
    }
}
