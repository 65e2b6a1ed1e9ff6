//! Rows of registers as screens show them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::field::FieldValue;
use super::form::ConflictValue;
use super::person::PersonRef;
use super::phrase::Phrase;
use super::register::ActView;
use crate::session::Proof;

/// One row in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryRow {
    /// The row.
    pub(crate) id: Uuid,
    /// Its register.
    pub(crate) kind: String,
    /// What people call it.
    pub(crate) title: String,
    /// The same in English; null where that is the same.
    pub(crate) title_en: Option<String>,
    /// Where it stands.
    pub(crate) stage: Option<String>,
    /// What people call that.
    pub(crate) stage_label: Option<String>,
    /// The same in English.
    pub(crate) stage_label_en: Option<String>,
    /// Whether something is left to do about it.
    pub(crate) open: bool,
    /// Until when, ms since 1970 UTC.
    pub(crate) due: Option<i64>,
    /// Whether that is over.
    pub(crate) overdue: bool,
    /// The day that it belongs to, `YYYY-MM-DD`.
    pub(crate) day: Option<String>,
    /// Who made it.
    pub(crate) by: Option<PersonRef>,
    /// When it was written, ms since 1970 UTC.
    pub(crate) at: Option<i64>,
    /// The values of its fields; `{"masked", "shown"}` for one that the person does not see whole, `{"gone"}` for one whose part is
    /// not here any more.
    #[schemars(with = "BTreeMap<String, FieldValue>")]
    pub(crate) fields: BTreeMap<String, Value>,
    /// The same in words.
    pub(crate) words: BTreeMap<String, Phrase>,
    /// How what is worked out by other rows looks, such as the days that are left of a certificate; the words say the same.
    pub(crate) tones: BTreeMap<String, Tone>,
    /// Whether it was written later than it should have been.
    pub(crate) late: bool,
    /// Whether something in it was corrected.
    pub(crate) corrected: bool,
    /// Whether it is void.
    pub(crate) void: bool,
    /// Whether people disagree about something in it.
    pub(crate) conflict: bool,
}

/// How something with a time looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tone {
    /// It no longer matters.
    Past,
    /// All is well.
    Calm,
    /// It is to be thought of.
    Soon,
    /// It is near.
    Near,
    /// It is to be done now.
    Now,
    /// It is over.
    Over,
}

impl From<domain::register::Tone> for Tone {
    fn from(tone: domain::register::Tone) -> Self {
        use domain::register::Tone as Of;
        match tone {
            Of::Past => Self::Past,
            Of::Calm => Self::Calm,
            Of::Soon => Self::Soon,
            Of::Near => Self::Near,
            Of::Now => Self::Now,
            Of::Over => Self::Over,
        }
    }
}

/// A page of rows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryPage {
    /// The rows.
    pub(crate) rows: Vec<EntryRow>,
    /// Where the next page starts; null at the end.
    pub(crate) next: Option<String>,
    /// How many rows of this page only a newer app can read; they are not shown.
    pub(crate) newer: usize,
}

/// One row with everything that is to be seen of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryView {
    /// What a list shows of it, with all its fields.
    #[serde(flatten)]
    pub(crate) row: EntryRow,
    /// Its campus.
    pub(crate) campus: Option<Uuid>,
    /// Give it back as `seen` with the next save or act.
    pub(crate) version: String,
    /// The digest of what somebody signs who signs now.
    pub(crate) saw: String,
    /// What the person who works can do with it now.
    pub(crate) acts: Vec<String>,
    /// The same with its words and with what is asked for; also what another person can do who enters a PIN.
    pub(crate) offers: Vec<ActView>,
    /// The fields that hold several values, latest first.
    pub(crate) conflicts: BTreeMap<String, Vec<ConflictValue>>,
    /// What was done with it, in the order in which it counts.
    pub(crate) history: Vec<ActEntryView>,
    /// What was corrected, oldest first.
    pub(crate) corrections: Vec<EntryCorrection>,
    /// Who declared it void, oldest first.
    pub(crate) voids: Vec<EntryVoid>,
    /// What looks wrong in it.
    pub(crate) warnings: Vec<WarningView>,
    /// The fields that the person may still change with `entry.save`.
    pub(crate) editable: Vec<String>,
    /// The fields that the person may correct.
    pub(crate) correctable: Vec<String>,
    /// Whether the person may declare it void, restore it and strike acts.
    pub(crate) may_void: bool,
    /// What became of the records that its fields name.
    pub(crate) refs: BTreeMap<String, Vec<Reference>>,
    /// Why it was written late.
    pub(crate) late_reason: Option<String>,
    /// The declaration that it was last written by, such as `duty_shift@1`.
    pub(crate) form: Option<String>,
    /// Whether only a newer app can read it; nothing of it is shown then.
    pub(crate) newer: bool,
    /// How many fields, acts and options of it this app does not know; they are kept and not shown, and no act is offered.
    pub(crate) hidden: usize,
    /// Their names, as a newer app stores them: 需要更新应用.
    pub(crate) hidden_names: Vec<String>,
}

/// One act on a row.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActEntryView {
    /// Its id.
    pub(crate) entry: String,
    /// Which act.
    pub(crate) act: String,
    /// What people call it; null for one of a newer app.
    pub(crate) label: Option<String>,
    /// The same in English.
    pub(crate) label_en: Option<String>,
    /// Who did it.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// What it said.
    pub(crate) words: BTreeMap<String, Phrase>,
    /// What became of it.
    pub(crate) outcome: ActOutcome,
    /// Why it does not count; null for one that does.
    pub(crate) not_counted: Option<String>,
    /// How it was known who did it; null where a person's own device vouches.
    pub(crate) vouch: Option<Proof>,
    /// 签字后有改动: whether the row has changed since.
    pub(crate) changed_since: bool,
    /// Whether the person who works can still take it back on this device.
    pub(crate) can_undo: bool,
}

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActOutcome {
    /// It counts.
    Applied,
    /// 未计入: it does not, and is kept.
    NotCounted,
    /// It was struck out.
    Struck,
    /// A newer app knows it.
    Unknown,
}

/// One correction.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryCorrection {
    /// Its id.
    pub(crate) id: String,
    /// The field.
    pub(crate) field: String,
    /// What people call that.
    pub(crate) label: String,
    /// The same in English.
    pub(crate) label_en: String,
    /// What was written first.
    pub(crate) original: Option<Phrase>,
    /// What it puts in place.
    pub(crate) value: Option<Phrase>,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Whether no later one has replaced it.
    pub(crate) stands: bool,
}

/// One void.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryVoid {
    /// Its id.
    pub(crate) id: String,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Whether it was lifted again.
    pub(crate) lifted: bool,
}

/// Something that looks wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WarningView {
    /// Its code; give it in `sure` to keep what was typed.
    pub(crate) code: String,
    /// What follows from it.
    pub(crate) level: WarningLevel,
    /// The words.
    pub(crate) text: String,
    /// The same in English.
    pub(crate) text_en: String,
    /// The fields that it is about.
    pub(crate) fields: Vec<String>,
}

/// What follows from a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WarningLevel {
    /// It is shown.
    Note,
    /// It is asked about once before it is kept.
    Ask,
    /// A finding is made of it.
    Finding,
}

/// A record that a field names.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reference {
    /// The record.
    pub(crate) id: String,
    /// What it was called when it was named; else what it is called now.
    pub(crate) text: Option<String>,
    /// What became of it.
    pub(crate) state: ReferenceState,
}

/// What became of a record that a field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReferenceState {
    /// It is here.
    Here,
    /// It was declared void.
    Void,
    /// A person who no longer works here, or something that is no longer in use.
    Left,
    /// It was deleted.
    Gone,
    /// It is not on this device.
    Elsewhere,
}

/// Which row.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SavedEntry {
    /// The row.
    pub(crate) id: Uuid,
    /// What its author has seen now; give it back as `seen`.
    pub(crate) version: String,
    /// Whether it was made by this.
    pub(crate) created: bool,
}
