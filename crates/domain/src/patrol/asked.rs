//! The items that are asked at a point, as one checklist.

use std::collections::BTreeMap;

use crate::severity::Category;
use crate::template::{Cadence, Item, PassRule, Template, built_in_item, editions};

/// The items of a point as a checklist that records and gives no verdict; codes that this version does not know are left out.
///
/// # Example
/// ```
/// use domain::patrol::asked_at;
/// let codes = ["T15.02", "T99.99", "T18.03"].map(str::to_owned);
/// let asked: Vec<String> = asked_at("后门", "Back gate", &codes).items.iter().map(|item| item.code.clone()).collect();
/// assert_eq!(asked, ["T15.02", "T18.03"]);
/// ```
pub fn asked_at(name: &str, name_en: &str, codes: &[String]) -> Template {
    let items: Vec<Item> = codes.iter().filter_map(|code| built_in_item(code)).cloned().collect();
    let mut sections_en = BTreeMap::new();
    for item in &items {
        let of_item = editions().iter().filter(|template| template.item(&item.code).is_some());
        let english = of_item.filter_map(|template| template.section_en(&item.section)).next();
        sections_en.extend(english.map(|english| (item.section.clone(), english.to_owned())));
    }
    Template {
        code: "patrol".to_owned(),
        version: 1,
        title: name.to_owned(),
        title_en: name_en.to_owned(),
        campus: None,
        cadence: Cadence::EachRun,
        frequency: String::new(),
        frequency_en: None,
        performers: Vec::new(),
        reviewers: Vec::new(),
        subject: "checkpoint".to_owned(),
        pass: PassRule::Recorded,
        award: None,
        is_ranked: false,
        category: Category::Security,
        basis: String::new(),
        sections_en,
        items,
    }
}
