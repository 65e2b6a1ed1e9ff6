//! A record of a kind without a register, as the page of a person tells of it.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// A record without a register that names a person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NamingRecord {
    /// The record.
    pub(super) id: Uuid,
    /// Its kind.
    pub(super) kind: String,
    /// The kind in Chinese.
    pub(super) kind_zh: &'static str,
    /// What people call it.
    pub(super) title: String,
    /// The same in English; null where that is the same.
    pub(super) title_en: Option<String>,
    /// The day that it belongs to, `YYYY-MM-DD`.
    pub(super) day: Option<String>,
}
