//! Items of a round that not everybody who walks may answer.

use crate::permission::Permission;

/// 查寝人数: how many boarders there should be, and how many there are.
pub const BOARDERS: &str = "T11.09";

/// What somebody must be allowed beside walking, to answer an item at a point.
///
/// # Example
/// ```
/// use domain::patrol::asks_for;
/// use domain::permission::Permission;
/// assert_eq!(asks_for("T11.09"), Some(Permission::CountBoarders));
/// assert_eq!(asks_for("T15.02"), None);
/// ```
pub fn asks_for(item: &str) -> Option<Permission> {
    (item == BOARDERS).then_some(Permission::CountBoarders)
}
