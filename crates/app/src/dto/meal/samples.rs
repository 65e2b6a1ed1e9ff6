//! The sample fridge as a table.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::card::MealTag;
use super::rows::SampleWord;
use crate::dto::person::PersonRef;

/// A sample with its clock.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct KeptSample {
    /// The row.
    pub(crate) id: Uuid,
    /// What its dish is called.
    pub(crate) dish: String,
    /// The meal; null where nothing is known of it here.
    pub(crate) meal: Option<MealTag>,
    /// The box.
    pub(crate) box_no: String,
    /// What the fridge is called.
    pub(crate) fridge: Option<String>,
    /// Grams.
    pub(crate) grams: Option<String>,
    /// Who took it.
    pub(crate) by: Option<PersonRef>,
    /// When it was taken, ms since 1970 UTC.
    pub(crate) taken_at: i64,
    /// What is known of it.
    pub(crate) state: SampleWord,
    /// How long it must still be kept as far as this device can prove, in ms.
    pub(crate) left_ms: i64,
    /// When it may go, in this device's checked time; null where no clock was checked, where it is held, or where it has gone.
    pub(crate) ready_at: Option<i64>,
    /// Whether a food incident holds it (封存).
    pub(crate) held: bool,
    /// What is wrong, in the words of the clocks of a card.
    pub(crate) problems: Vec<&'static str>,
    /// When it was disposed of, ms since 1970 UTC; null where it was not, and for who does not see that.
    pub(crate) gone_at: Option<i64>,
    /// Who disposed of it.
    pub(crate) gone_by: Option<PersonRef>,
    /// Where to.
    pub(crate) way: Option<String>,
}

/// The samples of a campus.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct KeptSamples {
    /// Those that may go, then those that must be kept, then those that are gone, the last ones first.
    pub(crate) samples: Vec<KeptSample>,
    /// Whether a person or the server has vouched for the clock of this device.
    pub(crate) is_checked: bool,
    /// The time by this device, ms since 1970 UTC.
    pub(crate) now: i64,
}
