//! What counts as a signature: a hand that moved.

/// The least length of a signature's lines together, on a field that is 1,000 wide and high. A touch by mistake has next to none;
/// the shortest name, 丁, has several times as much.
const LEAST_LENGTH: f64 = 100.0;

/// Whether lines are long enough to be somebody's hand, and not a touch of the field.
pub fn is_drawn(lines: &[Vec<[u16; 2]>]) -> bool {
    let distance = |pair: &[[u16; 2]]| {
        let along = |axis: usize| f64::from(pair[1][axis]) - f64::from(pair[0][axis]);
        along(0).hypot(along(1))
    };
    lines.iter().flat_map(|line| line.windows(2)).map(distance).sum::<f64>() >= LEAST_LENGTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touch_is_no_signature_and_a_line_is() {
        assert!(!is_drawn(&[]));
        assert!(!is_drawn(&[vec![[500, 500]]]), "one touch");
        assert!(!is_drawn(&vec![vec![[500, 500]]; 40]), "forty touches");
        assert!(!is_drawn(&[vec![[500, 500], [520, 515], [505, 500]]]), "a finger that trembles");
        assert!(is_drawn(&[vec![[100, 100], [300, 100]]]));
        assert!(is_drawn(&[vec![[100, 100], [160, 100]], vec![[130, 80], [130, 140]]]), "several lines count together");
    }
}
