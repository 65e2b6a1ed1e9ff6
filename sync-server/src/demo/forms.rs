//! Filling in forms as people do: what was measured one by one, the rest of a section at once.

use serde_json::{Value, json};
use uuid::Uuid;

use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;

/// A form to be filled in.
pub(super) struct Form {
    /// Its number among the inspections of the demo.
    pub(super) number: u32,
    /// Who fills it in.
    pub(super) by: u32,
    /// The checklist, such as `T01@1`.
    pub(super) template: &'static str,
    /// What it is about: an id, or words.
    pub(super) subject: String,
}

impl Form {
    /// The id of its record.
    pub(super) fn id(&self) -> Uuid {
        id(Of::Inspection, self.number)
    }

    /// Starts it; `more` are further arguments.
    pub(super) fn start(&self, stage: &mut Stage, more: Value) -> Result<(), DemoError> {
        let mut start = json!({"id": self.id(), "template": self.template, "subject": self.subject});
        if let (Some(start), Value::Object(more)) = (start.as_object_mut(), more) {
            start.extend(more);
        }
        stage.call(self.by, "inspection.start", start).map(drop)
    }

    /// Answers one item.
    pub(super) fn answer(&self, stage: &mut Stage, item: &str, result: Value) -> Result<(), DemoError> {
        let answer = json!({"id": self.id(), "item": item, "result": result});
        stage.call(self.by, "inspection.answer", answer).map(drop)
    }

    /// Answers one item, with a note.
    pub(super) fn note(&self, stage: &mut Stage, item: &str, result: Value, note: &str) -> Result<(), DemoError> {
        let answer = json!({"id": self.id(), "item": item, "result": result, "note": note});
        stage.call(self.by, "inspection.answer", answer).map(drop)
    }

    /// Fills in what is left as good, and submits: each section at once as far as that is allowed, then item by item.
    pub(super) fn finish(&self, stage: &mut Stage) -> Result<(), DemoError> {
        for section in list(&self.view(stage)?["sections"]) {
            if !list(&section["rest"]).is_empty() {
                let rest = json!({"id": self.id(), "section": section["section"]});
                stage.call(self.by, "inspection.rest", rest)?;
            }
        }
        let view = self.view(stage)?;
        let items = list(&view["sections"]).iter().flat_map(|section| list(&section["items"]));
        for (index, item) in items.enumerate().filter(|(_, item)| item["status"] == "unanswered") {
            let code = item["code"].as_str().unwrap_or_default().to_owned();
            let result = match item["type"].as_str() {
                Some("pass_fail") => json!("pass"),
                Some("score") => points(item["max"].as_u64().unwrap_or(0), index, self.number),
                other => return Err(DemoError::Script(format!("{code} ({other:?}) is left open"))),
            };
            self.answer(stage, &code, result)?;
        }
        self.submit(stage)
    }

    /// Submits it; what is missing by then are the photos.
    fn submit(&self, stage: &mut Stage) -> Result<(), DemoError> {
        let view = self.view(stage)?;
        let missing = list(&view["missing"]);
        if let Some(gap) = missing.iter().find(|gap| gap["needs"] != "photo") {
            return Err(DemoError::Script(format!("{} misses {gap}", self.template)));
        }
        let reason = (!missing.is_empty()).then_some("照片在手机里，稍后补传");
        let submit = json!({"id": self.id(), "reason": reason, "signature": signature(self.by)});
        stage.call(self.by, "inspection.submit", submit).map(drop)
    }

    fn view(&self, stage: &mut Stage) -> Result<Value, DemoError> {
        stage.call(self.by, "inspection.get", json!({"id": self.id()}))
    }
}

/// The signature of a person: three strokes, the same each time, and another for everybody.
pub(super) fn signature(person: u32) -> Value {
    let stroke = |from: u32, height: u32| -> Vec<[u32; 2]> {
        // A wave whose steps grow with the person's number; it stays within the field of 1,000 by 1,000.
        (0..12).map(|step| [from + step * 22, 500 + (step * (7 + person) % 9) * height / 9 - height / 2]).collect()
    };
    json!([stroke(80, 420), stroke(370, 300), stroke(650, 520)])
}

/// Full points for most items, a point less for some: nobody believes a hundred.
fn points(max: u64, index: usize, number: u32) -> Value {
    let is_less = (index + number as usize) % 4 == 1;
    json!(max.saturating_sub(u64::from(is_less)))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
