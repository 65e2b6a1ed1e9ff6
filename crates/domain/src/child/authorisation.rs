//! Who may fetch a child, and who must not.

use chrono::NaiveDate;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::field::Document;
use crate::register::{fold, register};
use crate::time::UtcMillis;

/// One line of the list of who may fetch a child.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorisation {
    /// The row.
    pub id: Uuid,
    /// The child.
    pub child: Uuid,
    /// What the adult is called.
    pub name: String,
    /// How the adult is reached.
    pub phone: Option<String>,
    /// Whether this adult must not fetch the child.
    pub is_forbidden: bool,
    /// Whether it is good for one time.
    pub is_once: bool,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day; none where it has no end.
    pub to: Option<NaiveDate>,
    /// When it was revoked.
    pub revoked_at: Option<UtcMillis>,
    /// Whether the row is void.
    pub is_void: bool,
}

/// What an authorisation says at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// The adult may fetch the child.
    Good,
    /// Its first day is to come.
    NotYet,
    /// Its last day is over.
    Over,
    /// It was revoked before.
    Revoked,
    /// The adult must not fetch the child.
    Forbidden,
    /// The row is void: nobody said it.
    Void,
}

impl Stands {
    /// The code in a call.
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::NotYet => "not_yet",
            Self::Over => "over",
            Self::Revoked => "revoked",
            Self::Forbidden => "forbidden",
            Self::Void => "void",
        }
    }
}

impl Authorisation {
    /// The row `id` as it stands; none for one that names no child.
    pub fn read(id: Uuid, document: &Document) -> Option<Self> {
        let folded = fold(register("pickup_authorisation")?, document);
        let row = &folded.document;
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let is_yes = |name: &str| row.get(name) == Some(&Value::Bool(true));
        let day = |name: &str| text(name).and_then(|day| day.parse().ok());
        Some(Self {
            id,
            child: Uuid::parse_str(text("child")?).ok()?,
            name: text("adult_name_enc").unwrap_or_default().to_owned(),
            phone: text("phone").map(str::to_owned),
            is_forbidden: is_yes("forbidden"),
            is_once: is_yes("one_off"),
            from: day("valid_from"),
            to: day("valid_to"),
            // Of two who revoke it the first counts.
            revoked_at: folded.applied("revoke").map(|act| act.at).min(),
            is_void: folded.is_void(),
        })
    }

    /// What it says of a child that leaves on `day` at `at`.
    ///
    /// A ban outlasts everything but its own days; a revocation counts from its moment on.
    ///
    /// # Example
    /// ```
    /// use domain::child::{Authorisation, Stands};
    /// use domain::time::UtcMillis;
    /// let day = "2026-09-02".parse().expect("a day");
    /// let father = Authorisation { revoked_at: Some(UtcMillis(100)), ..Authorisation::default() };
    /// assert_eq!(father.on(day, UtcMillis(99)), Stands::Good);
    /// assert_eq!(father.on(day, UtcMillis(100)), Stands::Revoked);
    /// ```
    pub fn on(&self, day: NaiveDate, at: UtcMillis) -> Stands {
        let is_begun = self.from.is_none_or(|from| from <= day);
        let is_over = self.to.is_some_and(|to| to < day);
        if self.is_void {
            Stands::Void
        } else if self.is_forbidden && is_begun && !is_over {
            Stands::Forbidden
        } else if self.revoked_at.is_some_and(|revoked| revoked <= at) {
            Stands::Revoked
        } else if !is_begun {
            Stands::NotYet
        } else if is_over || (self.is_once && self.to.is_none()) {
            // What is good for one time and says no end was not filled in whole.
            Stands::Over
        } else if self.is_forbidden {
            Stands::Forbidden
        } else {
            Stands::Good
        }
    }
}

/// A name as adults are told apart by: NFKC, in small letters, without blanks, every middle dot alike.
///
/// # Example
/// ```
/// use domain::child::adult_key;
/// assert_eq!(adult_key("买买提 · 艾力"), adult_key("买买提•艾力"));
/// assert_ne!(adult_key("王芳"), adult_key("王 芬"));
/// ```
pub fn adult_key(name: &str) -> String {
    let is_dot = |sign: char| matches!(sign, '·' | '•' | '‧' | '∙' | '・' | '⋅' | '.');
    let signs = name.nfkc().filter(|sign| !sign.is_whitespace());
    signs.map(|sign| if is_dot(sign) { '·' } else { sign }).flat_map(char::to_lowercase).collect()
}

/// By what the adult of a line is known in another one, such as the mother of siblings: the name and the digits of the telephone; none
/// for one of which either is not known.
pub fn adult_sign(line: &Authorisation) -> Option<(String, String)> {
    let digits: String = line.phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
    let name = adult_key(&line.name);
    (!name.is_empty() && !digits.is_empty()).then_some((name, digits))
}

/// Whether two lines are about one adult: one name and one telephone number.
pub fn same_adult(one: &Authorisation, other: &Authorisation) -> bool {
    adult_sign(one).is_some_and(|sign| adult_sign(other) == Some(sign))
}
