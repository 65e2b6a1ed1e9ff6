//! What the sheet of the daily fire patrol reads for an item, from the visits of a walk.

/// What one point that bears an item says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointReading {
    /// Whether somebody was there.
    pub is_visited: bool,
    /// Whether every visit there was 正常.
    pub is_normal: bool,
    /// Whether the item was answered there, and passed.
    pub passed: Option<bool>,
    /// What was answered, in words: what was measured, or what is wrong.
    pub words: Option<String>,
}

/// What the sheet reads for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FireReading {
    /// 正常.
    Normal,
    /// 故障, with the words of each point that found it.
    Fault(Vec<String>),
    /// What was measured, at each point that measured it.
    Measured(Vec<String>),
    /// 未巡: at a point that bears it nobody was.
    NotVisited,
    /// 待核: somebody was at every point that bears it, and one of them says nothing of it.
    Untold,
    /// 本线未设: no point bears it.
    NotOnRoute,
}

/// What the sheet reads for an item, by the points of the walk that bear it.
///
/// 正常 covers an item where every point that bears it was visited 正常 or answered so; one that is measured is never covered by it,
/// and reads only as it was typed.
pub fn fire_reading(is_measured: bool, points: &[PointReading]) -> FireReading {
    let words = |points: &mut dyn Iterator<Item = &PointReading>| -> Vec<String> {
        points.filter_map(|point| point.words.clone()).collect()
    };
    if points.iter().any(|point| point.passed == Some(false)) {
        return FireReading::Fault(words(&mut points.iter().filter(|point| point.passed == Some(false))));
    }
    if points.is_empty() {
        return FireReading::NotOnRoute;
    }
    if points.iter().any(|point| !point.is_visited) {
        return FireReading::NotVisited;
    }
    let is_told = |point: &PointReading| point.passed == Some(true) || (point.is_normal && !is_measured);
    match () {
        () if !points.iter().all(is_told) => FireReading::Untold,
        () if is_measured => FireReading::Measured(words(&mut points.iter())),
        () => FireReading::Normal,
    }
}
