//! Rows that wait, register by register, so that one with many leaves room for the others.

use std::collections::BTreeMap;

use crate::dto::today::{WaitingGroup, WaitingRow};

/// So many of one register come before those of another.
const FEW: usize = 3;

/// How many rows of each register wait, a person's own work first, in the order of the rows.
pub(crate) fn groups(rows: &[WaitingRow]) -> Vec<WaitingGroup> {
    let mut groups: Vec<WaitingGroup> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.kind == row.kind && group.mine == row.mine) {
            Some(group) => group.count += 1,
            None => groups.push(WaitingGroup {
                kind: row.kind.clone(),
                register: row.register.clone(),
                mine: row.mine,
                count: 1,
            }),
        }
    }
    groups
}

/// At most so many of the rows, in their order: the first few of each register rather than many of one.
pub(crate) fn foremost(rows: Vec<WaitingRow>, most: usize) -> Vec<WaitingRow> {
    let mut seen: BTreeMap<(String, bool), usize> = BTreeMap::new();
    let mut is_few = |row: &WaitingRow| {
        let seen = seen.entry((row.kind.clone(), row.mine)).or_default();
        *seen += 1;
        *seen <= FEW
    };
    let mut kept: Vec<(bool, usize)> = rows.iter().enumerate().map(|(at, row)| (!is_few(row), at)).collect();
    kept.sort_unstable();
    kept.truncate(most);
    let kept: Vec<usize> = kept.into_iter().map(|(_, at)| at).collect();
    rows.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, row)| row).collect()
}
