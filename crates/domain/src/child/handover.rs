//! One child that comes or goes.

use serde_json::Value;
use uuid::Uuid;

use crate::field::Document;
use crate::register::{fold, register};
use crate::time::UtcMillis;

/// Which way a child goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// 来园.
    #[default]
    Arrives,
    /// 离园.
    Leaves,
}

impl Direction {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arrives => "来园",
            Self::Leaves => "离园",
        }
    }

    /// The way that a stored word says.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Arrives, Self::Leaves].into_iter().find(|direction| direction.word() == word)
    }
}

/// How a child was found to be in the morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// 绿: well.
    Green,
    /// 黄: to be watched.
    Yellow,
    /// 红: not to stay.
    Red,
}

impl Check {
    /// What a stored word says.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "绿" => Some(Self::Green),
            "黄" => Some(Self::Yellow),
            "红" => Some(Self::Red),
            _ => None,
        }
    }
}

/// One child that came or went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// The row.
    pub id: Uuid,
    /// The child.
    pub child: Uuid,
    /// Which way.
    pub direction: Direction,
    /// When.
    pub at: UtcMillis,
    /// With whom, of the list.
    pub adult: Option<Uuid>,
    /// With whom who is not on the list; empty where the name is not here.
    pub other: Option<String>,
    /// Whether a guardian was called before.
    pub has_call: bool,
    /// How the child was in the morning.
    pub check: Option<Check>,
    /// Whether the row is void.
    pub is_void: bool,
    /// Whether somebody has answered the alarm that it is part of.
    pub is_answered: bool,
}

impl Handover {
    /// The row `id` as it stands, `document` with the fields of its part where that is here; none for one that says neither which child
    /// nor which way nor when.
    pub fn read(id: Uuid, document: &Document) -> Option<Self> {
        let folded = fold(register("child_handover")?, document);
        let row = &folded.document;
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let of = |name: &str| text(name).and_then(|id| Uuid::parse_str(id).ok());
        let direction = Direction::of_word(text("direction")?)?;
        let adult = of("adult");
        let is_stranger = direction == Direction::Leaves && adult.is_none();
        Some(Self {
            id,
            child: of("child")?,
            direction,
            at: UtcMillis(row.get("at")?.as_i64()?),
            other: text("other_adult").map(str::to_owned).or_else(|| is_stranger.then(String::new)),
            adult,
            has_call: row.get("called_at").is_some_and(|at| !at.is_null()),
            check: text("check").and_then(Check::of_word),
            is_void: folded.is_void(),
            is_answered: folded.applied("answer").next().is_some(),
        })
    }

    /// Whether the child left by it.
    pub fn is_release(&self) -> bool {
        !self.is_void && self.direction == Direction::Leaves
    }

    /// Whether the child came by it.
    pub fn is_arrival(&self) -> bool {
        !self.is_void && self.direction == Direction::Arrives
    }
}
