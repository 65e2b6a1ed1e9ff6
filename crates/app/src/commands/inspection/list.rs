//! Lists of inspections.

use domain::inspection::Stage;
use replica::{ListPosition, ListedRecord, Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::dto::digest::Digest;
use crate::dto::form::{InspectionHead, Outcome};
use crate::dto::page;
use crate::error::CommandError;
use crate::inspection::digest::digest;
use crate::inspection::outcome::Outcomes;
use crate::inspection::{KIND, view};
use crate::names::Names;
use crate::sight::Seen;

/// Arguments of `inspection.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// Only those that stand here; all when left out.
    #[serde(default)]
    stage: Option<Stage>,
    /// Only those of this business day, `YYYY-MM-DD`.
    #[serde(default)]
    day: Option<String>,
    /// Only those of this campus.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Only those on this checklist, such as `T01@1`.
    #[serde(default)]
    template: Option<String>,
    /// Whether each row tells its `digest`: what is still owed to the form.
    #[serde(default)]
    digests: bool,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

/// A page of inspections.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InspectionPage {
    /// The inspections, newest first.
    pub(crate) inspections: Vec<InspectionRow>,
    /// Where the next page starts; null at the end.
    pub(crate) next: Option<String>,
}

/// One inspection in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InspectionRow {
    /// The inspection.
    pub(crate) id: Uuid,
    /// Its head.
    #[serde(flatten)]
    pub(crate) head: InspectionHead,
    /// How it went, or goes; null where its checklist is not known here.
    pub(crate) outcome: Option<Outcome>,
    /// What is still owed to it; null unless `digests` was asked for, and where its checklist is not known here.
    pub(crate) digest: Option<Digest>,
}

impl InspectionRow {
    /// The row of a found inspection, without its digest.
    pub(in crate::commands) fn of(
        names: &Names<'_>,
        outcomes: &Outcomes<'_>,
        found: &ListedRecord,
    ) -> Result<Self, CommandError> {
        let head = view::head(names, found.scope, &found.doc, stage_of(found));
        Ok(Self { id: found.id.0, head, outcome: outcomes.of(found)?, digest: None })
    }
}

pub(super) fn list(app: &App, arguments: List) -> Result<InspectionPage, CommandError> {
    let limit = page::checked_limit(arguments.limit)?;
    let stage = arguments.stage.map(Stage::code);
    let seen = Seen::of_kind(app, KIND, arguments.scope)?;
    let mut rows = app.store().find(&Listing {
        day: arguments.day.as_deref(),
        template: arguments.template.as_deref(),
        stages: stage.as_slice(),
        order: Order::NewestFirst,
        after: arguments.after.as_deref().map(page::parse).transpose()?,
        limit: limit + 1,
        ..seen.listing(KIND)
    })?;
    let next = page::cut(&mut rows, limit).map(|place| page::to_text(ListPosition { due: None, ..place }));
    let names = Names::new(app);
    let outcomes = Outcomes::new(app, &names);
    let row = |found: &ListedRecord| -> Result<InspectionRow, CommandError> {
        let digest = if arguments.digests { digest(app, &names, found.id)? } else { None };
        Ok(InspectionRow { digest, ..InspectionRow::of(&names, &outcomes, found)? })
    };
    Ok(InspectionPage { inspections: rows.iter().map(row).collect::<Result<_, _>>()?, next })
}

/// Where a listed inspection stands.
fn stage_of(found: &ListedRecord) -> Stage {
    found.stage.as_deref().and_then(Stage::from_code).unwrap_or(Stage::Open)
}
