//! The values that a question asks for, each at a place of its own.

use rusqlite::types::Value;

/// The values of one question, in the order of their places.
#[derive(Default)]
pub(super) struct Values(Vec<Value>);

impl Values {
    /// A place for one more value, as SQL has it: `?7`.
    pub(super) fn place(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    /// All of them, to ask with.
    pub(super) fn all(&self) -> impl rusqlite::Params + '_ {
        rusqlite::params_from_iter(&self.0)
    }
}
