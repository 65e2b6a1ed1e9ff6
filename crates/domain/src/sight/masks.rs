//! What somebody sees of the fields of a record that has no register.

use serde_json::{Value, json};

use super::kinds::{FieldMask, KindSight};
use super::who::Sight;

/// What masks ask of the record in which a value stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct MaskFacts<'a> {
    /// The people whom it names.
    pub people: &'a [&'a str],
    /// Who made it.
    pub author: Option<&'a str>,
}

impl Sight {
    /// A value of a field as it is shown, the record being seen; a value that a mask hides says so in its place.
    ///
    /// # Example
    /// ```
    /// use domain::{role::Role, sight::{KindSight, MaskFacts, Sight}};
    /// use serde_json::json;
    /// let person = KindSight::of("person").expect("a kind");
    /// let guard = Sight::of("li", [(Role::Guard, vec![])], vec![]);
    /// let shown = guard.show_at(person, "phone", &json!("13800001234"), MaskFacts::default());
    /// assert_eq!(shown, json!({"masked": "last4", "shown": "***1234"}));
    /// ```
    pub fn show_at(&self, kind: &KindSight, path: &str, value: &Value, facts: MaskFacts<'_>) -> Value {
        let (base, entry) = path.split_once('/').unwrap_or((path, ""));
        if base == "corrections" && !entry.is_empty() {
            return self.show_correction(kind, value, facts);
        }
        let mut shown = value.clone();
        for mask in kind.masks.iter().filter(|mask| mask.field == base && !value.is_null()) {
            match &mask.member {
                None if !self.sees_through(mask, facts.author, facts) => return masked(mask, value),
                None => {}
                Some(member) => {
                    let author = value.get("by").and_then(Value::as_str);
                    if let Some(secret) = shown.get_mut(member).filter(|secret| !secret.is_null())
                        && !self.sees_through(mask, author, facts)
                    {
                        *secret = masked(mask, secret);
                    }
                }
            }
        }
        shown
    }

    /// Whether nothing of a value is hidden.
    pub fn sees_all_at(&self, kind: &KindSight, path: &str, value: &Value, facts: MaskFacts<'_>) -> bool {
        self.show_at(kind, path, value, facts) == *value
    }

    /// What a correction puts in place is as secret as what it corrects.
    fn show_correction(&self, kind: &KindSight, value: &Value, facts: MaskFacts<'_>) -> Value {
        let mut shown = value.clone();
        if let Some(field) = value.get("field").and_then(Value::as_str)
            && let Some(put) = shown.get_mut("value")
        {
            *put = self.show_at(kind, field, &put.clone(), facts);
        }
        shown
    }

    fn sees_through(&self, mask: &FieldMask, author: Option<&str>, facts: MaskFacts<'_>) -> bool {
        let is_me = |person: &str| self.person() == Some(person);
        mask.permissions.iter().any(|permission| self.may(*permission))
            || (mask.is_about_me && facts.people.iter().any(|person| is_me(person)))
            || (mask.is_by_me && author.is_some_and(is_me))
    }
}

fn masked(mask: &FieldMask, value: &Value) -> Value {
    json!({"masked": mask.mask, "shown": mask.mask.apply(value)})
}
