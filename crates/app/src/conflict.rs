//! Conflicts in plain words: who wrote what, when, and on which device.

use causal::State;
use domain::reading::{Conflict, conflicts};
use uuid::Uuid;

use crate::dto::form::ConflictValue;
use crate::people::Names;
use crate::titles::value_text;
use crate::{App, CommandError};

/// Knows which device is called what.
pub(crate) struct Describer {
    here: Uuid,
    here_name: Option<String>,
}

impl Describer {
    pub(crate) fn new(app: &App) -> Result<Self, CommandError> {
        Ok(Self {
            here: app.store().identity()?.replica.0,
            here_name: app.store().enrolment()?.map(|enrolment| enrolment.device_name),
        })
    }

    /// The values of one field, latest first; empty when they agree.
    pub(crate) fn values(&self, names: &Names<'_>, kind: &str, field: &str, state: &State) -> Vec<ConflictValue> {
        if state.siblings(field).nth(1).is_none() {
            return Vec::new();
        }
        let conflict = conflicts(kind, state).into_iter().find(|conflict| conflict.field == field);
        conflict.map_or(Vec::new(), |conflict| self.describe(names, &conflict))
    }

    /// The values of a conflict, latest first.
    pub(crate) fn describe(&self, names: &Names<'_>, conflict: &Conflict) -> Vec<ConflictValue> {
        let effective = causal::Value::from_json(&conflict.effective);
        let sides = conflict.siblings.iter().enumerate().map(|(index, side)| {
            let device = side.dots.first().map_or(Uuid::nil(), |dot| dot.replica.0);
            ConflictValue {
                index,
                value: side.value.clone(),
                text: value_text(&conflict.field, &side.value),
                by: side.by.as_deref().map(|by| names.person(by)),
                at: side.at.0,
                device,
                device_name: (device == self.here).then(|| self.here_name.clone()).flatten(),
                is_here: device == self.here,
                counts: causal::Value::from_json(&side.value) == effective,
            }
        });
        sides.collect()
    }
}
