//! A signature by hand that can be kept.

use domain::signature::is_drawn;
use wire::ProblemType;

use crate::dto::value::Strokes;
use crate::error::CommandError;

/// The most lines of a signature, and the most points of all of them.
const MOST_STROKES: usize = 200;
const MOST_POINTS: usize = 4_000;

/// A signature that can be kept; none for one without a line.
///
/// # Errors
/// `limit-exceeded`, `bad-signature`, about the argument `argument`.
pub(crate) fn checked_signature(argument: &str, Strokes(strokes): Strokes) -> Result<Option<Strokes>, CommandError> {
    let strokes: Vec<_> = strokes.into_iter().filter(|stroke| !stroke.is_empty()).collect();
    let points: usize = strokes.iter().map(Vec::len).sum();
    if strokes.len() > MOST_STROKES {
        return Err(CommandError::limit(argument, "strokes", MOST_STROKES, strokes.len()));
    }
    if points > MOST_POINTS {
        return Err(CommandError::limit(argument, "points", MOST_POINTS, points));
    }
    if strokes.iter().flatten().flatten().any(|place| *place > 1_000) {
        let message = "the points of a signature lie between 0 and 1,000";
        return Err(CommandError::new(ProblemType::BadSignature, message).field(argument));
    }
    if !strokes.is_empty() && !is_drawn(&strokes) {
        return Err(CommandError::not_drawn(argument));
    }
    Ok((!strokes.is_empty()).then_some(Strokes(strokes)))
}
