//! The boxes that samples lie in: the same box twice is told, and never merged.

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::sample::{Disposal, Sample, disposals_of};

/// Two samples that lie in one box of one fridge, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxClash {
    /// The name of the box as [`box_key`] gives it.
    pub box_no: String,
    /// The samples, by their ids; two or more.
    pub samples: Vec<Uuid>,
}

/// The name of a box as it is compared: NFKC in upper case without spaces and dashes, so `a-07` and `Ａ07` are one box.
///
/// # Example
/// ```
/// use domain::meal::box_key;
/// assert_eq!(box_key(" ａ-07"), box_key("A 07"));
/// assert_ne!(box_key("A-07"), box_key("A-08"));
/// ```
pub fn box_key(name: &str) -> String {
    // Twice, since the upper case of some letters is not in NFKC.
    let upper: String = name.nfkc().flat_map(char::to_uppercase).nfkc().collect();
    upper.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)).collect()
}

/// The sample that stands in a box of a fridge: somebody took it, and nobody has disposed of it.
pub fn held_in<'s>(
    fridge: Option<Uuid>,
    box_no: &str,
    samples: &'s [Sample],
    disposals: &[Disposal],
) -> Option<&'s Sample> {
    let key = box_key(box_no);
    let is_there = |sample: &&Sample| sample.fridge == fridge && !key.is_empty() && box_key(&sample.box_no) == key;
    samples.iter().filter(is_there).find(|sample| stands(sample, disposals))
}

/// All boxes that hold more than one sample, by their names.
pub fn box_clashes(samples: &[Sample], disposals: &[Disposal]) -> Vec<BoxClash> {
    let mut boxes: std::collections::BTreeMap<(Option<Uuid>, String), Vec<Uuid>> = std::collections::BTreeMap::new();
    for sample in samples.iter().filter(|sample| stands(sample, disposals)) {
        let key = box_key(&sample.box_no);
        if !key.is_empty() {
            boxes.entry((sample.fridge, key)).or_default().push(sample.id);
        }
    }
    let clash = |((_, box_no), mut samples): ((Option<Uuid>, String), Vec<Uuid>)| {
        samples.sort();
        samples.dedup();
        (samples.len() > 1).then_some(BoxClash { box_no, samples })
    };
    boxes.into_iter().filter_map(clash).collect()
}

fn stands(sample: &Sample, disposals: &[Disposal]) -> bool {
    !sample.is_void && disposals_of(sample.id, disposals).0.is_empty()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
