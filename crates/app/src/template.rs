//! Finding the checklist that a record names.

use std::borrow::Cow;

use causal::RecordId;
use domain::template::{Template, TemplateRef, find, parse_template};
use wire::ProblemType;

use crate::app::App;
use crate::document::{Document, text};
use crate::error::CommandError;

/// The checklist that a reference such as `T01@1` names.
///
/// A school's own one is the `body` of a `template_version`, in the language of the built-in files.
///
/// # Errors
/// `unknown-template` when it is neither compiled in nor here, `unreadable-template` when what is here is none.
pub(crate) fn load(app: &App, reference: &TemplateRef) -> Result<Cow<'static, Template>, CommandError> {
    let refuse = |kind, why: &dyn std::fmt::Display| {
        CommandError::new(kind, format_args!("the template {reference} cannot be used here: {why}")).field("template")
    };
    let unknown = |why: &str| refuse(ProblemType::UnknownTemplate, &why);
    let unreadable = |why: &dyn std::fmt::Display| refuse(ProblemType::UnreadableTemplate, why);
    match reference {
        TemplateRef::BuiltIn { .. } => {
            find(reference).map(Cow::Borrowed).ok_or_else(|| unknown("this version of the app does not have it"))
        }
        TemplateRef::Custom(id) => {
            let found = app.store().find_one(RecordId(*id))?.filter(|found| found.kind == "template_version");
            let found = found.ok_or_else(|| unknown("it has not arrived"))?;
            let body = text(&found.doc, "body").ok_or_else(|| unreadable(&"it is empty"))?;
            parse_template(&reference.to_string(), body).map(Cow::Owned).map_err(|error| unreadable(&error))
        }
    }
}

/// Reads a reference that a person gave.
pub(crate) fn parse_reference(text: &str) -> Result<TemplateRef, CommandError> {
    text.parse().map_err(|error| CommandError::bad_argument("template", error))
}

/// The reference that a record holds.
///
/// # Errors
/// `unreadable-template` when it is none.
pub(crate) fn named_by(document: &Document) -> Result<TemplateRef, CommandError> {
    let named = text(document, "template").unwrap_or_default();
    named.parse().map_err(|error| CommandError::new(ProblemType::UnreadableTemplate, error).field("template"))
}
