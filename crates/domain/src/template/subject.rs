//! What one form of a checklist is about, and from what that is chosen.

use serde::Serialize;

/// How the subject of a form is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// From the areas.
    Area,
    /// From the people.
    Person,
    /// From the meals of a day.
    Meal,
    /// In words: which delivery, which batch, which lift.
    Words,
    /// Not at all: it is the whole campus.
    None,
}

/// The kinds of areas that fit a subject, the likeliest first.
const AREAS: &[(&str, &[&str])] = &[
    ("canteen", &["kitchen"]),
    ("store", &["store"]),
    ("class", &["class"]),
    ("class_snack", &["class"]),
    ("room", &["room", "class"]),
    ("asset_line", &["class", "room"]),
    ("gate", &["gate"]),
    ("building", &["building"]),
    ("zone", &["zone", "outdoor"]),
    ("equipment", &["outdoor", "zone"]),
    ("checkpoint", &["gate", "zone", "outdoor", "building"]),
];

/// The meals of a day, in their order.
pub const MEALS: &[&str] = &["早餐", "早点", "午餐", "午点", "晚餐"];

/// How the subject of a checklist such as `canteen` is chosen; one that is not known, from all areas.
pub fn subject_kind(subject: &str) -> SubjectKind {
    match subject {
        "person" => SubjectKind::Person,
        "meal" => SubjectKind::Meal,
        "campus" => SubjectKind::None,
        "delivery_line" | "batch" | "special_equipment" => SubjectKind::Words,
        _ => SubjectKind::Area,
    }
}

/// The kinds of areas that fit a subject, the likeliest first; none where no kind fits better than another.
pub fn area_kinds(subject: &str) -> &'static [&'static str] {
    AREAS.iter().find(|(known, _)| *known == subject).map_or(&[], |(_, kinds)| kinds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::built_in;

    #[test]
    fn every_template_says_how_its_subject_is_chosen() {
        for template in built_in() {
            let subject = template.subject.as_str();
            let is_area = subject_kind(subject) == SubjectKind::Area;
            assert_eq!(is_area, !area_kinds(subject).is_empty(), "{} {subject}", template.code);
        }
    }

    #[test]
    fn the_meals_are_those_that_a_form_about_a_meal_offers() {
        let item = built_in().iter().flat_map(|template| &template.items).find(|item| item.code == "T08.01");
        assert_eq!(
            item.map(|item| item.options().to_vec()),
            Some(MEALS.iter().map(|meal| (*meal).to_owned()).collect())
        );
    }
}
