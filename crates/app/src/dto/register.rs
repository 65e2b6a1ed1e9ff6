//! Registers as screens show them: what a form asks, what a list shows, what can be done.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::field::{FieldCell, FieldValue};

/// All registers that the person who works has to do with.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Registers {
    /// The most used first.
    pub(crate) kinds: Vec<RegisterView>,
}

/// One register.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RegisterView {
    /// Its stored name.
    pub(crate) kind: String,
    /// What people call it.
    pub(crate) name: String,
    /// The same in English.
    pub(crate) name_en: String,
    /// How its rows are edited: `evidence`, `ledger`, `master` or `plan`.
    pub(crate) class: String,
    /// The declaration that this app writes by, such as `duty_shift@1`.
    pub(crate) form: String,
    /// The fields, in the order of the form.
    pub(crate) fields: Vec<FieldView>,
    /// What can be done with a row.
    pub(crate) acts: Vec<ActView>,
    /// Where a row can stand, `void` the first.
    pub(crate) stages: Vec<StageView>,
    /// The fields that a list shows.
    pub(crate) columns: Vec<String>,
    /// The field that says which day a row belongs to.
    pub(crate) day: Option<String>,
    /// The field that says what a row is about.
    pub(crate) about: Option<String>,
    /// The field that says where a row belongs.
    pub(crate) place: Option<String>,
    /// The field that names the row which a row hangs on.
    pub(crate) parent: Option<String>,
    /// Whether the person sees rows.
    pub(crate) may_see: bool,
    /// Whether this device holds the rows; those of a compartment are on the tablets that serve it alone.
    pub(crate) here: bool,
    /// Whether it does not, since it has heard nothing for long and locked them; any exchange opens them.
    pub(crate) locked: bool,
    /// Whether the person writes rows, and this device takes them.
    pub(crate) may_write: bool,
    /// Whether the person corrects rows.
    pub(crate) may_correct: bool,
    /// How many rows wait for something, of those that the person sees; null for who sees none, for master data, and where the rows
    /// are not on this device.
    pub(crate) open: Option<u64>,
    /// How many rows the person made in the last thirty days.
    pub(crate) used: u64,
    /// How many minutes later than it happened a row may be written without a reason.
    pub(crate) late_m: Option<i64>,
    /// For how many minutes its author may still change a row.
    pub(crate) edit_m: Option<i64>,
    /// Whether two tablets make one row of the same key.
    pub(crate) keyed: bool,
}

/// One stage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct StageView {
    /// Its code.
    pub(crate) stage: String,
    /// What people call it.
    pub(crate) label: String,
    /// The same in English.
    pub(crate) label_en: String,
    /// Whether rows at it wait for something.
    pub(crate) open: bool,
}

/// One field, as a form asks for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct FieldView {
    /// Its stored name.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: String,
    /// The same in English.
    pub(crate) label_en: String,
    /// Its type, such as `TXT`; `SPAN` and `PREVIOUS` for what is worked out.
    #[serde(rename = "type")]
    pub(crate) of: String,
    /// Its type with its arguments, such as `TXT[1,40]`.
    pub(crate) declared: String,
    /// Whether every row needs it.
    pub(crate) needed: bool,
    /// Under which conditions a row needs it; null where it always or never does.
    pub(crate) needed_when: Option<Vec<ClauseView>>,
    /// Under which conditions it is asked for; null for always.
    pub(crate) when: Option<Vec<ClauseView>>,
    /// What can be chosen.
    pub(crate) options: Vec<OptionView>,
    /// The kind of the records that it names.
    pub(crate) refers: Option<String>,
    /// The field of the form that narrows them down; give `entry.pick` what stands in it as `of`.
    pub(crate) narrowed_by: Option<String>,
    /// The smallest number.
    pub(crate) low: Option<String>,
    /// The largest number.
    pub(crate) high: Option<String>,
    /// The unit of the number.
    pub(crate) unit: Option<String>,
    /// The same in English.
    pub(crate) unit_en: Option<String>,
    /// The columns of its rows.
    pub(crate) columns: Vec<FieldView>,
    /// The rows that a new form begins with.
    pub(crate) lines: Vec<LineView>,
    /// What a new form begins with, ready to be saved.
    #[schemars(with = "Option<FieldValue>")]
    pub(crate) preset: Option<Value>,
    /// Whether it can neither be edited nor corrected once it is written.
    pub(crate) frozen: bool,
    /// Whether the program fills it in.
    pub(crate) computed: bool,
    /// Whether it is measured.
    pub(crate) measured: bool,
    /// Whether its words are found by the search.
    pub(crate) searchable: bool,
    /// What the person sees of it: `whole`, `last4`, `surname` or `hidden`.
    pub(crate) view: String,
    /// Whether it is no longer asked for.
    pub(crate) retired: bool,
}

/// One clause of a condition; all of them must hold. A screen that does not know the word shows the field.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ClauseView {
    /// `has`, `lacks`, `is`, `yes`, or another word that only the program asks.
    pub(crate) word: String,
    /// The field that it is about.
    pub(crate) field: String,
    /// The options, for `is`.
    pub(crate) codes: Vec<String>,
}

/// Something to choose.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct OptionView {
    /// What is stored.
    pub(crate) value: String,
    /// What people call it.
    pub(crate) label: String,
    /// The same in English.
    pub(crate) label_en: String,
}

/// A row that a new form begins with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct LineView {
    /// Its key.
    pub(crate) key: String,
    /// What its columns begin with.
    #[schemars(with = "BTreeMap<String, FieldCell>")]
    pub(crate) cells: serde_json::Map<String, Value>,
}

/// Something that can be done with a row.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ActView {
    /// Its code.
    pub(crate) act: String,
    /// What people call it.
    pub(crate) label: String,
    /// The same in English.
    pub(crate) label_en: String,
    /// The stages from which it can be done.
    pub(crate) from: Vec<String>,
    /// What it asks for.
    pub(crate) asks: Vec<FieldView>,
    /// Whether it says what its author had before them.
    pub(crate) saw: bool,
    /// Whether it must not be done by who did something else before.
    pub(crate) other: bool,
    /// The field that names who does it.
    pub(crate) by: Option<String>,
}
