//! How a form went, in the one line that lists, boards and reports share.

use domain::form::{Form, Verdict};

use crate::dto::form::Outcome;

/// What a form comes to.
///
/// The verdict is that on the whole: one good answer of fifteen is 未填完, and has no percent that somebody could take for
/// that of the form.
pub(crate) fn outcome(form: &Form<'_>) -> Outcome {
    let score = form.score();
    let (mut answered, mut asked) = (0, 0);
    for section in form.progress() {
        answered += section.answered;
        asked += section.asked;
    }
    Outcome {
        verdict: score.verdict,
        verdict_zh: score.verdict.zh(),
        percent: score
            .percent
            .filter(|_| answered == asked && score.verdict != Verdict::Incomplete)
            .map(|percent| percent.normalize().to_string()),
        answered,
        asked,
        failed: score.failed.len(),
        red_lines: score.red_lines.len(),
    }
}
