//! 销样: what a label says, and that a sample is gone.

use domain::meal::SampleLabel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::commands::entry::save_row;
use crate::document::Document;
use crate::dto::meal::SampleWord;
use crate::error::CommandError;
use crate::meal::{ScannedSample, sample_of};

/// Arguments of `meal.scan`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Scan {
    /// What was read: the text of a label, or the four signs of a short code.
    code: String,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// Arguments of `meal.dispose`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Dispose {
    /// The sample; left out where its label was read.
    #[serde(default)]
    sample: Option<Uuid>,
    /// What was read: the text of its label, or its short code.
    #[serde(default)]
    label: Option<String>,
    /// 到期, 送检 or 变质; 到期 when left out.
    #[serde(default)]
    reason: Option<String>,
    /// Where it went.
    way: String,
    /// Who received it, of one that goes to be tested.
    #[serde(default)]
    receiver: Option<String>,
    /// The receipt of one that goes to be tested.
    #[serde(default)]
    receipt: Option<String>,
    /// Anything else.
    #[serde(default)]
    note: Option<String>,
    /// `early` of one that is too early, and is gone all the same; `hold` of one that is sealed.
    #[serde(default)]
    sure: Vec<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// A sample as a scan finds it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealScan")]
pub(super) struct ScanView {
    /// The sample.
    sample: Uuid,
    /// Whether its record is here; else only its label is known.
    known: bool,
    /// What its dish is called.
    dish: String,
    /// Grams.
    grams: Option<String>,
    /// The box.
    box_no: Option<String>,
    /// What is known of it.
    state: SampleWord,
    /// How long it must still be kept as far as this device can prove, in ms.
    left_ms: i64,
    /// When it may go, in this device's checked time; null where no clock was checked, or where it is sealed.
    ready_at: Option<i64>,
    /// Whether a food incident holds it (封存).
    sealed: bool,
}

/// A sample that is gone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealDisposed")]
pub(super) struct Disposed {
    /// The row of `sample_disposal`.
    id: Uuid,
    /// The sample.
    sample: Uuid,
    /// What is known of the sample now.
    state: SampleWord,
}

pub(super) fn scan(app: &App, arguments: Scan) -> Result<ScanView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let found = sample_of(app, &campus, None, Some(&arguments.code))?;
    Ok(ScanView {
        sample: found.id,
        known: found.is_known,
        dish: found.dish.clone(),
        grams: found.grams.clone(),
        box_no: found.box_no.clone(),
        state: found.state.into(),
        left_ms: found.left_ms,
        ready_at: found.ready_at.map(|at| at.0),
        sealed: found.is_sealed,
    })
}

/// What happened has happened: an early one is asked about once, and then kept.
pub(super) fn dispose(app: &App, arguments: Dispose) -> Result<Disposed, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let found = sample_of(app, &campus, arguments.sample, arguments.label.as_deref())?;
    let reason = arguments.reason.unwrap_or_else(|| "到期".to_owned());
    if reason != "送检" {
        confirm(&found, &arguments.sure)?;
    }
    let mut set = Document::new();
    set.insert("sample".to_owned(), json!(found.id));
    set.insert("reason".to_owned(), json!(reason));
    set.insert("way".to_owned(), json!(arguments.way));
    let label = arguments.label.filter(|label| label.parse::<SampleLabel>().is_ok());
    for (name, value) in
        [("label", label), ("receiver", arguments.receiver), ("receipt", arguments.receipt), ("note", arguments.note)]
    {
        if let Some(value) = value {
            set.insert(name.to_owned(), json!(value));
        }
    }
    let saved = save_row(app, "sample_disposal", set, campus.id)?;
    let now =
        sample_of(app, &campus, Some(found.id), None).map_or(domain::meal::SampleState::Disposed, |found| found.state);
    Ok(Disposed { id: saved, sample: found.id, state: now.into() })
}

fn confirm(found: &ScannedSample, sure: &[String]) -> Result<(), CommandError> {
    let is_sure = |code: &str| sure.iter().any(|own| own == code);
    let ask = |code: &str, zh: &str, en: &str| {
        let warning = json!({"code": code, "zh": zh, "en": en, "level": "ask", "fields": ["sample"]});
        Err(CommandError::new(ProblemType::ConfirmValue, en)
            .field("sample")
            .detail("warnings", [warning])
            .detail("left_ms", found.left_ms))
    };
    if found.is_sealed && !is_sure("hold") {
        return ask("hold", "封存中的留样，确定销毁吗", "It is sealed as evidence: dispose of it all the same");
    }
    if found.left_ms > 0 && !is_sure("early") {
        return ask("early", "还没有满时限，确定已销毁吗", "It is too early: is it gone all the same");
    }
    Ok(())
}
