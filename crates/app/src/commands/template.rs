//! Checklists.

use domain::form::Form;
use domain::role::Role;
use domain::severity::Category;
use domain::template::{
    Cadence, CampusKind, MEALS, SubjectKind, Template, TemplateRef, area_kinds, built_in, parse_template, subject_kind,
};
use replica::Listing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read};
use crate::document::text;
use crate::dto::form::ItemShape;
use crate::error::CommandError;
use crate::form::shape::shape;
use crate::template;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("template.list", "Lists the checklists for a campus.", list),
        read("template.get", "Gives a checklist with the limits that hold on a campus.", get),
    ]
}

/// Arguments of `template.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    campus: Option<Uuid>,
    /// Also those for the other kind of campus.
    #[serde(default)]
    all: bool,
}

/// The checklists.
#[derive(Debug, Serialize, JsonSchema)]
struct Templates {
    templates: Vec<TemplateHead>,
}

/// The head of a checklist.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateHead {
    /// What `inspection.start` takes, such as `T01@1`.
    template: String,
    /// Its code.
    code: String,
    /// Its version.
    #[serde(rename = "number")]
    version: u32,
    /// The Chinese title.
    title: String,
    /// The English title.
    title_en: String,
    /// The sort of campus it is for; null for both.
    campus: Option<CampusKind>,
    /// How often it is due.
    cadence: Cadence,
    /// Whether it falls on most days.
    is_daily: bool,
    /// How often it is due, in words.
    frequency: String,
    /// The same in English; null where the checklist has none.
    frequency_en: Option<String>,
    /// Who fills it in, by role.
    performers: Vec<Role>,
    /// What one form is about, such as `canteen`.
    subject: String,
    /// How that is chosen.
    subject_kind: SubjectKind,
    /// The kinds of areas that fit, the likeliest first.
    area_kinds: Vec<&'static str>,
    /// The meals, where one of them is chosen.
    meals: Vec<&'static str>,
    /// What its findings are about.
    category: Category,
    /// How many items it asks.
    items: usize,
    /// Whether it gives points.
    scored: bool,
    /// Whether it is one of the school's own.
    own: bool,
}

/// Arguments of `template.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Get {
    /// The checklist, such as `T01@1`.
    template: String,
    /// The campus whose limits hold; left out, that of this device.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// A checklist.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateView {
    /// Its head.
    #[serde(flatten)]
    head: TemplateHead,
    /// The items by section, in order.
    sections: Vec<Section>,
}

/// One heading.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TemplateSection")]
struct Section {
    /// The heading.
    section: String,
    /// The same in English; null where the checklist has none.
    section_en: Option<String>,
    /// Its items.
    items: Vec<ItemShape>,
}

fn list(app: &App, arguments: List) -> Result<Templates, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let is_for = |template: &Template| {
        arguments.all || template.campus.is_none() || campus.kind.is_none() || template.campus == campus.kind
    };
    let mut templates = Vec::new();
    for template in built_in().iter().filter(|template| is_for(template)) {
        for part in template.parts() {
            let reference = TemplateRef::BuiltIn { code: template.code.clone(), version: template.version, part };
            templates.push(head(&reference, template, campus.kind));
        }
    }
    let own = Listing { kind: "template_version", scopes: campus.id.as_slice(), limit: 1_000, ..Listing::default() };
    for found in app.store().find(&own)? {
        let reference = TemplateRef::Custom(found.id.0);
        // One that cannot be read here, of a newer app perhaps, is left out rather than hiding all the others.
        if let Some(Ok(template)) = text(&found.doc, "body").map(|body| parse_template(&reference.to_string(), body))
            && is_for(&template)
        {
            templates.push(head(&reference, &template, campus.kind));
        }
    }
    Ok(Templates { templates })
}

fn get(app: &App, arguments: Get) -> Result<TemplateView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let reference = template::parse_reference(&arguments.template)?;
    let template = template::load(app, &reference)?;
    let form = Form::new(&template, reference.part(), campus.kind, &campus.settings);
    let mut sections: Vec<Section> = Vec::new();
    for item in form.items() {
        let shape = shape(&form, item);
        match sections.iter_mut().find(|section| section.section == item.section) {
            Some(section) => section.items.push(shape),
            None => sections.push(Section {
                section: item.section.clone(),
                section_en: template.section_en(&item.section).map(str::to_owned),
                items: vec![shape],
            }),
        }
    }
    Ok(TemplateView { head: head(&reference, &template, campus.kind), sections })
}

fn head(reference: &TemplateRef, template: &Template, campus: Option<CampusKind>) -> TemplateHead {
    TemplateHead {
        template: reference.to_string(),
        code: template.code.clone(),
        version: template.version,
        title: template.title.clone(),
        title_en: template.title_en.clone(),
        campus: template.campus,
        cadence: template.cadence,
        is_daily: template.cadence.is_daily(),
        frequency: template.frequency.clone(),
        frequency_en: template.frequency_en.clone(),
        performers: template.performers.clone(),
        subject: template.subject.clone(),
        subject_kind: subject_kind(&template.subject),
        area_kinds: area_kinds(&template.subject).to_vec(),
        meals: if subject_kind(&template.subject) == SubjectKind::Meal { MEALS.to_vec() } else { Vec::new() },
        category: template.category,
        items: template.items_for(reference.part(), campus).count(),
        scored: template.is_scored(),
        own: matches!(reference, TemplateRef::Custom(_)),
    }
}
