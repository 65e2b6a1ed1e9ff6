//! Where to go next.

/// The point to go to next: after the last one that somebody came to, the first in walking order to which nobody has been; behind the
/// end of the route, from its beginning. None when there is nothing left.
///
/// # Example
/// ```
/// use domain::patrol::next_point;
/// let points = ["gate", "yard", "kitchen", "roof"];
/// let been = |at: &str| at == "yard" || at == "roof";
/// assert_eq!(next_point(&points, Some("yard"), been), Some("kitchen"));
/// assert_eq!(next_point(&points, Some("roof"), been), Some("gate"));
/// assert_eq!(next_point(&points, None, |_| true), None);
/// ```
pub fn next_point<'p>(points: &[&'p str], last: Option<&str>, has_been: impl Fn(&str) -> bool) -> Option<&'p str> {
    let start = last.and_then(|last| points.iter().position(|point| *point == last)).map_or(0, |at| at + 1);
    let (before, after) = points.split_at(start.min(points.len()));
    after.iter().chain(before).find(|point| !has_been(point)).copied()
}
