//! Checklists, as far as it matters who sees the forms of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::role::Role;
use crate::severity::Category;
use crate::template::{Part, Template, TemplateRef, built_in};

/// A checklist, as far as it matters who sees its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenChecklist {
    /// How its forms name it.
    pub reference: String,
    /// Who fills it in, and who looks it over.
    pub roles: BTreeSet<Role>,
    /// Whether it is about food.
    pub is_food: bool,
}

static BUILT_IN: LazyLock<Vec<SeenChecklist>> = LazyLock::new(|| built_in().iter().flat_map(of_built_in).collect());

impl SeenChecklist {
    /// One checklist under the name by which forms know it.
    pub fn of(reference: &TemplateRef, template: &Template) -> Self {
        Self {
            reference: reference.to_string(),
            roles: template.performers.iter().chain(&template.reviewers).copied().collect(),
            is_food: template.category == Category::Food,
        }
    }

    /// Those that are compiled in, under the names of every version that was ever shipped.
    pub fn built_in() -> &'static [Self] {
        &BUILT_IN
    }
}

fn of_built_in(template: &Template) -> impl Iterator<Item = SeenChecklist> {
    let versions = (1..=template.version).flat_map(|version| [(version, Part::All), (version, Part::Daily)]);
    versions.map(move |(version, part)| {
        let reference = TemplateRef::BuiltIn { code: template.code.clone(), version, part };
        SeenChecklist::of(&reference, template)
    })
}
