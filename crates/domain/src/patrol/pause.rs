//! A walk that was broken off for a while, such as by a call to the gate.

use super::run::{Pause, Run};
use crate::checked_time::Moment;

impl Run {
    /// The pause in which the run is now; none in one that goes on, or is over.
    pub fn paused(&self) -> Option<&Pause> {
        self.pauses.last().filter(|pause| self.is_open() && pause.until.is_none())
    }

    /// Ends each pause with the first thing that happened after it.
    pub(super) fn end_pauses(&mut self, resumes: &[(String, u64, Moment)]) {
        let steps: Vec<(u64, Moment)> = self.steps().iter().map(|step| (step.n, step.moment)).collect();
        let ends: Vec<(u64, Moment)> = self.ends.iter().map(|end| (end.n, end.moment)).collect();
        for pause in &mut self.pauses {
            let said = resumes.iter().filter(|(id, ..)| *id == pause.id).map(|(_, n, moment)| (*n, *moment));
            let after = steps.iter().chain(&ends).copied().filter(|(n, _)| *n > pause.n);
            pause.until = said.chain(after).min_by_key(|(n, _)| *n).map(|(_, moment)| moment);
        }
    }
}
