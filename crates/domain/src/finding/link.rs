//! Several people report the same thing: the reports are linked, and none of them disappears.

use serde::Serialize;

use super::Finding;
use crate::severity::Severity;
use crate::time::UtcMillis;

/// How far apart two reports of the same thing are found at most: 7 days.
const WITHIN_MS: u64 = 7 * 24 * 3_600_000;

/// What a group of linked findings counts as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The place, in the group, of the finding that survives: the one found first.
    pub survivor: usize,
    /// The highest severity.
    pub severity: Option<Severity>,
    /// The earliest time.
    pub due: Option<UtcMillis>,
}

impl Finding {
    /// Whether two findings look like reports of the same thing: same area, same category, found within 7 days.
    pub fn looks_like(&self, other: &Self) -> bool {
        let (Some(area), Some(category), Some(found_at)) = (&self.area, self.category, self.found_at) else {
            return false;
        };
        other.area.as_ref() == Some(area)
            && other.category == Some(category)
            && other.found_at.is_some_and(|other| other.0.abs_diff(found_at.0) <= WITHIN_MS)
    }
}

/// What linked findings count as together; none for an empty group.
///
/// The one found first survives, by `found_at` and then by its place; severity is the highest, the time the earliest.
pub fn link(group: &[Finding]) -> Option<Linked> {
    let (survivor, _) = group
        .iter()
        .enumerate()
        .min_by_key(|(place, finding)| (finding.found_at.is_none(), finding.found_at, *place))?;
    Some(Linked {
        survivor,
        severity: group.iter().filter_map(|finding| finding.severity).max(),
        due: group.iter().filter_map(|finding| finding.state().due).min(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finding(area: &str, category: &str, severity: &str, found_at: i64, due: i64) -> Finding {
        let document = json!({
            "area": area, "category": category, "severity": severity, "found_at": found_at, "due": due,
        });
        Finding::read(document.as_object().expect("an object"))
    }

    #[test]
    fn reports_of_one_broken_lamp_look_alike() {
        let lamp = finding("hall", "electric", "L1", 0, 900);
        assert!(lamp.looks_like(&finding("hall", "electric", "L3", 7 * 86_400_000, 5)));
        assert!(!lamp.looks_like(&finding("hall", "electric", "L3", 7 * 86_400_000 + 1, 5)));
        assert!(!lamp.looks_like(&finding("gate", "electric", "L1", 0, 5)));
        assert!(!lamp.looks_like(&finding("hall", "water", "L1", 0, 5)));
        let nowhere = Finding::read(&serde_json::Map::new());
        assert!(!nowhere.looks_like(&nowhere));
    }

    #[test]
    fn the_first_survives_with_the_gravest_grade_and_the_earliest_time() {
        let group = [
            finding("hall", "electric", "L1", 20, 900),
            finding("hall", "electric", "L3", 30, 400),
            finding("hall", "electric", "L2", 10, 800),
        ];
        let linked = Linked { survivor: 2, severity: Some(Severity::L3), due: Some(UtcMillis(400)) };
        assert_eq!(link(&group), Some(linked));
        assert_eq!(link(&[]), None);
    }
}
