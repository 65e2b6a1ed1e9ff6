//! Who reads the reports that no register declares: of findings, and of inspections.

use domain::permission::Permission;
use domain::sight::{KindSight, Rows};

use super::viewer::Viewer;

/// Whether somebody sees every record that goes on a report: `findings`, `inspections`, and `…/food` of both. Whoever may not see all
/// of them gets no thinner one under the same title.
pub(crate) fn reads_report(viewer: &Viewer, code: &str) -> bool {
    let (of, is_food) = match code.split_once('/') {
        None => (code, false),
        Some((of, "food")) => (of, true),
        Some(_) => return false,
    };
    let kind = match of {
        "findings" => "finding",
        "inspections" => "inspection",
        _ => return false,
    };
    let Some(kind) = KindSight::of(kind) else { return false };
    let rows = viewer.sight.records(kind, &[]);
    let is_whole = if is_food { rows.hold_all_of_food() } else { rows == Rows::All };
    is_whole && viewer.sight.may(Permission::SeeReports)
}
