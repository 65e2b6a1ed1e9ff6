//! Who had seen what: the graph that `after` lists draw between entries.

use std::collections::BTreeMap;

/// The order that entries with `after` lists stand in.
///
/// An entry sees what its `after` list names, and whatever those entries see.
/// Names of entries that are not there say nothing; they may arrive later.
/// Entries that claim to have seen each other count as concurrent, so no list makes the order circular.
///
/// # Example
/// ```
/// use domain::causality::Causality;
/// let order = Causality::new([("a", vec![]), ("b", vec!["a"]), ("c", vec!["b"]), ("d", vec!["a"])]);
/// assert!(order.sees("c", "a"));
/// assert!(order.are_concurrent("c", "d"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Causality {
    index: BTreeMap<String, usize>,
    /// `past[a][b]`: whether `b` can be reached from `a`.
    past: Vec<Vec<bool>>,
}

impl Causality {
    /// The order of entries, each with the names of those its author saw.
    ///
    /// Cost: entries × named entries.
    pub fn new<'a, A>(entries: impl IntoIterator<Item = (&'a str, A)>) -> Self
    where
        A: IntoIterator<Item = &'a str>,
    {
        let entries: Vec<(&str, Vec<&str>)> =
            entries.into_iter().map(|(id, after)| (id, after.into_iter().collect())).collect();
        let index: BTreeMap<String, usize> =
            entries.iter().enumerate().map(|(place, (id, _))| ((*id).to_owned(), place)).collect();
        let edges: Vec<Vec<usize>> = entries
            .iter()
            .map(|(_, after)| {
                let mut places: Vec<usize> = after.iter().filter_map(|id| index.get(*id).copied()).collect();
                places.sort_unstable();
                places.dedup();
                places
            })
            .collect();
        let past = (0..entries.len()).map(|start| reachable(start, &edges)).collect();
        Self { index, past }
    }

    /// Whether the author of `later` had seen `earlier`.
    pub fn sees(&self, later: &str, earlier: &str) -> bool {
        self.reaches(later, earlier) && !self.reaches(earlier, later)
    }

    /// Whether neither author had seen the other's entry.
    pub fn are_concurrent(&self, a: &str, b: &str) -> bool {
        a != b && !self.sees(a, b) && !self.sees(b, a)
    }

    /// The entries in the order given, but each behind all that its author saw: a clock that was set back turns no order round.
    ///
    /// # Example
    /// ```
    /// use domain::causality::Causality;
    /// let order = Causality::new([("late", vec![]), ("early", vec!["late"]), ("alone", vec![])]);
    /// assert_eq!(order.sorted(vec!["early", "alone", "late"], |name| name), ["alone", "late", "early"]);
    /// ```
    pub fn sorted<T>(&self, mut entries: Vec<T>, id: impl Fn(&T) -> &str) -> Vec<T> {
        let mut sorted = Vec::with_capacity(entries.len());
        while !entries.is_empty() {
            let is_next = |entry: &T| !entries.iter().any(|other| self.sees(id(entry), id(other)));
            let next = entries.iter().position(is_next).unwrap_or_default();
            sorted.push(entries.remove(next));
        }
        sorted
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        match (self.index.get(from), self.index.get(to)) {
            (Some(from), Some(to)) => self.past.get(*from).and_then(|past| past.get(*to)) == Some(&true),
            _ => false,
        }
    }
}

fn reachable(start: usize, edges: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![start];
    while let Some(place) = open.pop() {
        for next in &edges[place] {
            if !seen[*next] {
                seen[*next] = true;
                open.push(*next);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_claim_to_have_seen_each_other_are_concurrent() {
        let order = Causality::new([("a", vec!["b"]), ("b", vec!["a"]), ("c", vec!["a"]), ("d", vec!["d"])]);
        assert!(order.are_concurrent("a", "b"));
        assert!(order.sees("c", "a") && order.sees("c", "b"));
        assert!(!order.sees("d", "d"));
    }

    #[test]
    fn entries_that_have_not_arrived_say_nothing() {
        let order = Causality::new([("a", vec!["missing"]), ("b", vec![])]);
        assert!(order.are_concurrent("a", "b"));
        assert!(!order.sees("a", "missing"));
    }
}
