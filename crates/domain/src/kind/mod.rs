//! The kinds of records, and how each of their fields is read while a conflict stands.

mod shape;
mod table;

pub use shape::{Class, Field, FieldPattern, Kind, Rule};
pub use table::all;

/// What holds for a kind that this version does not know: every field is read by `latest`, and every conflict asks.
static UNKNOWN: Kind = Kind { name: "", zh: "未知", en: "Unknown", class: Class::Evidence, asks: true, fields: &[] };

/// Entries of which each has a name of its own: two people never write one of them, and nobody is asked about them.
const ENTRIES: [&str; 5] = ["acts/", "strikes/", "restores/", "corrections/", "void/"];

/// What a device says of itself when it makes a row: two that make one row say different things, and nobody need choose.
const OF_THE_DEVICE: [&str; 5] = ["clock", "clock_later", "form", "zone", "campus"];

/// The fields by which a record is called in a list, the first that is there; an inspection is called by its template.
pub const TITLE_FIELDS: [&str; 8] =
    ["name", "title", "description", "item_name", "dish_name", "topic", "text", "reason"];

/// The schema of a kind; one that is not known reads by `latest` and asks.
pub fn kind(name: &str) -> &'static Kind {
    all().iter().find(|kind| kind.name == name).unwrap_or(&UNKNOWN)
}

impl Kind {
    /// Whether this version knows the kind.
    pub fn is_known(&self) -> bool {
        !self.name.is_empty()
    }

    /// How a field of this kind is read.
    ///
    /// # Example
    /// ```
    /// use domain::kind::{Rule, kind};
    /// assert_eq!(kind("inspection").field("answers/T01.07/result").rule, Rule::Worst);
    /// assert_eq!(kind("patrol_run").field("people/li").rule, Rule::Earliest);
    /// assert!(!kind("supplier").field("phone").asks);
    /// assert!(kind("unheard_of").field("anything").asks);
    /// ```
    pub fn field(&self, name: &str) -> Field {
        let common: &[FieldPattern] = if self.is_known() { table::COMMON } else { &[] };
        let found = self.fields.iter().chain(common).find(|field| matches(field.pattern, name));
        let rule = found.map_or(Rule::Latest, |field| field.rule);
        Field {
            rule,
            asks: self.asks && matches!(rule, Rule::Latest | Rule::Worst | Rule::Soonest) && !is_of_nobody(name),
            is_searchable: found.is_some_and(|field| field.is_searchable),
        }
    }
}

/// Whether a field is one about which nobody is asked, whatever its kind.
///
/// What a record was called when a field named it (`<field>_as`) follows from that field, which asks by itself.
fn is_of_nobody(name: &str) -> bool {
    ENTRIES.iter().any(|entry| name.starts_with(entry)) || OF_THE_DEVICE.contains(&name) || name.ends_with("_as")
}

/// Whether a path matches a pattern, part by part.
fn matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.split('/'), name.split('/'));
    loop {
        match (pattern.next(), name.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(part), Some(own)) if part == own => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_exactly_one_part() {
        assert!(matches("answers/*/result", "answers/T01.01/result"));
        assert!(!matches("answers/*/result", "answers/result"));
        assert!(!matches("answers/*/result", "answers/a/b/result"));
        assert!(!matches("answers/*/result", "answers/T01.01/result/x"));
        assert!(!matches("note", "notes"));
    }

    #[test]
    fn nobody_is_asked_which_clock_was_right_or_what_a_place_was_called() {
        for name in ["clock", "clock_later", "form", "post_as", "acts/1"] {
            assert!(!kind("duty_shift").field(name).asks, "{name}");
        }
        assert!(kind("duty_shift").field("weather").asks);
    }

    #[test]
    fn no_kind_stands_twice() {
        for (index, kind) in all().iter().enumerate() {
            assert!(!all()[..index].iter().any(|other| other.name == kind.name), "{}", kind.name);
        }
    }

    #[test]
    fn every_kind_has_a_name_in_both_languages() {
        let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        for kind in all() {
            assert!(!kind.zh.is_empty() && !kind.en.is_empty() && !is_chinese(kind.en), "{}", kind.name);
        }
    }

    #[test]
    fn master_data_never_asks_and_evidence_does() {
        for kind in all() {
            let asks = kind.field("some_field").asks;
            match kind.class {
                Class::Master => {
                    assert_eq!(asks, ["pickup_authorisation", "tag"].contains(&kind.name), "{}", kind.name)
                }
                _ => assert!(asks, "{}", kind.name),
            }
        }
    }

    #[test]
    fn earliest_and_union_fields_do_not_ask() {
        assert!(!kind("patrol_run").field("people/a").asks);
        assert!(!kind("return_to_work").field("lifts").asks);
        assert!(kind("inspection").field("answers/T01.01/result").asks);
    }

    #[test]
    fn who_is_asked_which_point_a_tag_means_is_not_asked_how_it_is_spelled() {
        assert!(kind("tag").field("checkpoint").asks);
        assert!(!kind("tag").field("spellings/04A15E02").asks);
        assert!(!kind("checkpoint").field("name").asks);
    }

    #[test]
    fn names_of_children_are_not_searchable() {
        for (name, field) in [("child", "name_enc"), ("pupil_exit", "name_enc"), ("visitor_entry", "id_last4")] {
            assert!(!kind(name).field(field).is_searchable, "{name} {field}");
        }
        assert!(kind("person").field("name").is_searchable);
        assert!(kind("inspection").field("answers/T01.01/note").is_searchable);
    }
}
