//! Finding records by their words or pinyin.

use domain::finding::StateName;
use domain::inspection::Stage;
use domain::register::register;
use replica::ListedRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::called;
use crate::command::{Command, read};
use crate::document::text;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::access;
use crate::titles;

pub(super) fn declare() -> Vec<Command> {
    vec![read(
        "search.find",
        "Finds records by Chinese words, their pinyin or its initials, Latin words or numbers.",
        find,
    )]
}

/// Arguments of `search.find`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Find {
    /// What was typed so far.
    query: String,
    /// Only records of these kinds.
    #[serde(default)]
    kinds: Vec<String>,
    /// 1 to 100; 20 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
struct Hits {
    /// The records, best first: master data by their names, then titles, then the rest, each the newest first.
    hits: Vec<Hit>,
    /// Whether there are more than were asked for.
    cut: bool,
    /// How many records could not be looked at yet; they will be found within seconds.
    indexing: u64,
}

/// One record.
#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// The kind in Chinese.
    kind_zh: &'static str,
    /// The campus.
    scope: Option<Uuid>,
    /// What people call it.
    title: String,
    /// The same in English; null where that is the same.
    title_en: Option<String>,
    /// Where it stands, for kinds that have that.
    stage: Option<HitStage>,
    /// What people call that, for a row of a register.
    stage_label: Option<String>,
    /// The same in English.
    stage_label_en: Option<String>,
    /// The day it counts for, `YYYY-MM-DD`.
    business_date: Option<String>,
}

/// Where a record stands, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
enum HitStage {
    /// An inspection.
    Inspection(Stage),
    /// A finding.
    Finding(StateName),
}

impl HitStage {
    fn from_code(code: &str) -> Option<Self> {
        Stage::from_code(code).map(Self::Inspection).or_else(|| StateName::from_code(code).map(Self::Finding))
    }
}

fn find(app: &App, arguments: Find) -> Result<Hits, CommandError> {
    let limit = arguments.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(CommandError::bad_argument("limit", "limit is a number from 1 to 100"));
    }
    let names = Names::new(app);
    let found = app.store().search_seen(&arguments.query, &arguments.kinds, &access(app)?, limit)?;
    let hit = |found: ListedRecord| -> Result<Hit, CommandError> {
        let register = register(&found.kind);
        let title = match register {
            Some(_) => called::of_record(app, &names, found.id, &found.kind)?,
            None => titles::title(&names, &found.kind, &found.doc),
        };
        let stage = register.zip(found.stage.as_deref()).and_then(|(register, stage)| register.stage(stage));
        Ok(Hit {
            id: found.id.0,
            kind_zh: register.map_or(domain::kind::kind(&found.kind).zh, |register| &register.zh),
            title: title.zh,
            title_en: title.en,
            scope: found.scope,
            stage: found.stage.as_deref().filter(|_| register.is_none()).and_then(HitStage::from_code),
            stage_label: stage.map(|stage| stage.zh.clone()),
            stage_label_en: stage.map(|stage| stage.en.clone()),
            business_date: text(&found.doc, "business_date").map(str::to_owned),
            kind: found.kind,
        })
    };
    let hits = found.records.into_iter().map(hit).collect::<Result<_, _>>()?;
    Ok(Hits { hits, cut: found.is_cut, indexing: found.indexing })
}
