//! One visit, as a gate wrote it.

use serde_json::Value;
use uuid::Uuid;

use crate::field::Document;
use crate::register::{fold, register};
use crate::time::UtcMillis;

/// Where a visit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VisitStage {
    /// Somebody is inside.
    #[default]
    Inside,
    /// They left.
    Left,
    /// A gate that did not know of the entry wrote that somebody left.
    Unpaired,
    /// The same, and somebody said which visit it ends.
    Paired,
    /// They were not let in.
    Refused,
    /// Nobody wrote it.
    Void,
}

/// One visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// The row.
    pub id: Uuid,
    /// When they came, or left where only that is known.
    pub at: UtcMillis,
    /// Where it stands.
    pub stage: VisitStage,
    /// How many people.
    pub people: u32,
    /// What is written for the first of them.
    pub name: String,
    /// The badge.
    pub badge: Option<String>,
    /// The number of the car.
    pub plate: Option<String>,
    /// The end of the telephone number; none where it is not here.
    pub phone: Option<String>,
    /// The visit that somebody said it ends.
    pub ends: Option<Uuid>,
}

impl Visit {
    /// The row `id` as it stands, `document` with the fields of its part where that is here; none for one without a time.
    pub fn read(id: Uuid, document: &Document) -> Option<Self> {
        let folded = fold(register("visitor_entry")?, document);
        let row = &folded.document;
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        let phone = text("phone").map(|phone| phone.chars().filter(char::is_ascii_digit).collect::<String>());
        let people = row.get("people").and_then(|people| match people {
            Value::String(people) => people.parse().ok(),
            other => other.as_u64(),
        });
        Some(Self {
            id,
            at: UtcMillis(row.get("at")?.as_i64()?),
            stage: match folded.stage.as_str() {
                "left" => VisitStage::Left,
                "unpaired" => VisitStage::Unpaired,
                "paired" => VisitStage::Paired,
                "refused" => VisitStage::Refused,
                "inside" => VisitStage::Inside,
                _ => VisitStage::Void,
            },
            people: people.and_then(|people| u32::try_from(people).ok()).unwrap_or(1),
            name: text("name").unwrap_or_default(),
            badge: text("badge_no"),
            plate: text("plate"),
            phone: phone.filter(|phone| phone.len() >= 4).map(|phone| phone[phone.len() - 4..].to_owned()),
            ends: folded.applied("pair").find_map(|act| act.set.get("visit")?.as_str()?.parse().ok()),
        })
    }
}
