//! The finding that a failed answer gives rise to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::Reading;
use crate::calendar::Calendar;
use crate::decimal::unit_en;
use crate::due::due_at;
use crate::form::PlaceName;
use crate::severity::Severity;
use crate::template::Item;
use crate::time::UtcMillis;

/// Where a finding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingSource {
    /// A checklist.
    Inspection,
    /// A patrol.
    Patrol,
    /// A meal.
    Meal,
    /// Somebody's report.
    Report,
    /// A visitor.
    Visitor,
    /// A notice of the fire brigade.
    Notice119,
}

/// An answer that failed, and the circumstances.
#[derive(Clone, Debug)]
pub struct FailedAnswer<'a> {
    /// The record that holds the answer.
    pub record: Uuid,
    /// The place of the record at which it was given.
    pub place: &'a PlaceName,
    /// The item.
    pub item: &'a Item,
    /// Where the answer was given.
    pub source: FindingSource,
    /// The area it is about.
    pub area: Option<&'a str>,
    /// The reading that decided, for a measured item.
    pub worst: Option<&'a Reading>,
    /// The later reading of the same thing that was good, where there is one.
    pub retest: Option<&'a Reading>,
    /// What the person wrote.
    pub note: Option<&'a str>,
    /// Graver than the item says; a milder grade changes nothing.
    pub severity: Option<Severity>,
    /// Whether it was put right on the spot.
    pub is_corrected_on_spot: bool,
    /// When it was found.
    pub found_at: UtcMillis,
    /// Who found it.
    pub found_by: &'a str,
}

/// A finding to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFinding {
    /// Its id: the same on every tablet that saw the answer fail.
    pub id: Uuid,
    /// How bad it is.
    pub severity: Severity,
    /// Until when it must be put right.
    pub due: UtcMillis,
    /// The fields to save.
    pub fields: Map<String, Value>,
}

impl FailedAnswer<'_> {
    /// The finding; its severity and time are the item's, or stricter ones where the person raised the grade.
    ///
    /// Fields: `source`, `area`, `category`, `description`, `severity`, `found_at`, `found_by`, `corrected_on_spot`,
    /// `due`, `item`, and where it was given: `inspection`, for a patrol `patrol_run` and `checkpoint`, for a meal `meal` and
    /// `meal_stage`; instants in milliseconds.
    ///
    /// # Example
    /// ```
    /// use domain::{calendar::Calendar, finding::{FailedAnswer, FindingSource}, severity::Severity};
    /// use domain::{form::PlaceName, template::built_in_item, time::UtcMillis};
    /// use uuid::Uuid;
    /// let failed = FailedAnswer {
    ///     record: Uuid::nil(), place: &PlaceName::Whole, item: built_in_item("T01.04").expect("a built-in item"),
    ///     source: FindingSource::Inspection, area: None, worst: None, retest: None, note: Some("有鼠迹"), severity: Some(Severity::L3),
    ///     is_corrected_on_spot: false, found_at: UtcMillis(1_788_229_800_000), found_by: "li",
    /// };
    /// let finding = failed.finding(&Calendar::default());
    /// assert_eq!(finding.severity, Severity::L3);
    /// assert_eq!(finding.due, UtcMillis(1_788_229_800_000).plus_hours(24));
    /// assert_eq!(finding.fields["description"], "纱窗、灭蝇灯、挡鼠板、地漏篦完好，无鼠蝇蟑迹；有鼠迹");
    /// ```
    pub fn finding(&self, calendar: &Calendar) -> NewFinding {
        let own = self.item.severity.unwrap_or(Severity::L1);
        let severity = own.max(self.severity.unwrap_or(own));
        let by_item = due_at(self.item.due.unwrap_or(own.default_due()), severity, self.found_at, calendar);
        let due = if severity > own {
            by_item.min(due_at(severity.default_due(), severity, self.found_at, calendar))
        } else {
            by_item
        };
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
        put("source", json!(self.source));
        if let Some(area) = self.area {
            put("area", json!(area));
        }
        put("category", json!(self.item.category));
        put("description", json!(self.description()));
        put("severity", json!(severity));
        put("found_at", json!(self.found_at));
        put("found_by", json!(self.found_by));
        put("corrected_on_spot", json!(self.is_corrected_on_spot));
        put("due", json!(due));
        put("item", json!(self.item.code));
        match self.place {
            PlaceName::Whole => put("inspection", json!(self.record)),
            PlaceName::Visit(checkpoint) => {
                put("patrol_run", json!(self.record));
                put("checkpoint", json!(checkpoint));
            }
            PlaceName::Stage(stage) => {
                put("meal", json!(self.record));
                put("meal_stage", json!(stage));
            }
        }
        let id = self.place.finding_id(self.record, &self.item.code);
        NewFinding { id, severity, due, fields }
    }

    /// The item, the readings that decided and the note, as a finding describes it; [`description_en`] reads it.
    pub fn description(&self) -> String {
        let mut text = self.item.text.clone();
        if let Some(reading) = self.worst {
            let unit = self.item.answer.measure().map_or("", |measure| measure.unit.as_str());
            let space = if reading.of.is_empty() { "" } else { " " };
            text.push_str(&format!("：{}{space}{} {unit}", reading.of, reading.value));
            if let Some(retest) = self.retest {
                text.push_str(&format!("，复测 {} {unit}", retest.value));
            }
        }
        if let Some(note) = self.note {
            text.push_str(&format!("；{note}"));
        }
        text
    }
}

/// A description that was made from `item`, with the item's words in English; what people wrote stays as it is.
///
/// None where the item has no English, or the description was written by hand.
pub fn description_en(item: &Item, description: &str) -> Option<String> {
    let english = item.english.as_ref()?;
    let rest = description.strip_prefix(item.text.as_str())?;
    let (readings, note) = rest.split_once('；').map_or((rest, None), |(readings, note)| (readings, Some(note)));
    let readings = match readings.strip_prefix('：') {
        Some(readings) => format!(": {}", in_english(item, readings)),
        None if readings.is_empty() => String::new(),
        None => return None,
    };
    let note = note.map(|note| format!("; {note}")).unwrap_or_default();
    Some(format!("{}{readings}{note}", english.text))
}

/// Readings as [`FailedAnswer::description`] writes them, with the words around the figures in English.
fn in_english(item: &Item, readings: &str) -> String {
    let unit = item.answer.measure().map_or("", |measure| measure.unit.as_str());
    let each = readings.split("，复测 ").map(|reading| match reading.strip_suffix(unit) {
        Some(figure) if !unit.is_empty() => format!("{figure}{}", unit_en(unit)),
        _ => reading.to_owned(),
    });
    each.collect::<Vec<_>>().join(", measured again: ").trim_end().to_owned()
}
