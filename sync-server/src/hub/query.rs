//! The parameters of a call.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use wire::ProblemType;

use super::answer::Failure;

/// Whatever stands behind the question mark, in order.
pub(super) type Parameters = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// Picks the named parameters, each of which may stand once; others are not looked at.
pub(super) fn pick<const N: usize>(parameters: Parameters, names: [&str; N]) -> Result<[Option<String>; N], Failure> {
    let Query(parameters) = parameters.map_err(|error| bad_request(&error))?;
    let mut picked = [const { None }; N];
    for (name, value) in parameters {
        let Some(place) = names.iter().position(|known| *known == name) else { continue };
        if picked[place].replace(value).is_some() {
            return Err(bad_request(&format_args!("{name} stands twice")));
        }
    }
    Ok(picked)
}

/// A whole number from `from` to `to`, in digits alone.
pub(super) fn number(name: &str, text: &str, from: u64, to: u64) -> Result<u64, Failure> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    digits
        .filter(|number| (from..=to).contains(number))
        .ok_or_else(|| bad_request(&format_args!("{name} is not in {from}..{to}")))
}

fn bad_request(detail: &dyn std::fmt::Display) -> Failure {
    Failure::detail(ProblemType::BadRequest, detail)
}
