//! Instants as callers give them.

use causal::MAX_COUNTER;
use domain::time::UtcMillis;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::CommandError;

/// Milliseconds since 1970 UTC, from outside: any number until it is checked.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Millis(#[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))] i64);

impl Millis {
    /// The instant, when it is one that a stamp can hold: 0 to 2^53-1.
    ///
    /// # Errors
    /// `bad-arguments` for `argument`.
    pub(crate) fn checked(self, argument: &str) -> Result<UtcMillis, CommandError> {
        match u64::try_from(self.0) {
            Ok(at) if at <= MAX_COUNTER => Ok(UtcMillis(self.0)),
            _ => {
                let message = format_args!("{argument} is a time in milliseconds since 1970, from 0 to {MAX_COUNTER}");
                Err(CommandError::bad_argument(argument, message))
            }
        }
    }
}
