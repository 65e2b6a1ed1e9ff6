//! Finding records by their words or pinyin initials.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::command::{Command, read};
use crate::document::text;
use crate::error::CommandError;
use crate::names::Names;
use crate::titles;

pub(super) fn declare() -> Vec<Command> {
    vec![read("search.find", "Finds records by Chinese words, pinyin initials, Latin words or numbers.", find)]
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
    /// The records, best first.
    hits: Vec<Hit>,
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
    /// Where it stands, for kinds that have that.
    stage: Option<String>,
    /// The day it counts for, `YYYY-MM-DD`.
    business_date: Option<String>,
}

/// How many of all kinds are looked at for each one that is wanted of some kinds.
const WIDER: u64 = 20;

fn find(app: &App, arguments: Find) -> Result<Hits, CommandError> {
    let limit = arguments.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(CommandError::bad_argument("limit", "limit is a number from 1 to 100"));
    }
    let looked_at = if arguments.kinds.is_empty() { limit } else { limit * WIDER };
    let names = Names::new(app);
    let found = app.store().search(&arguments.query, looked_at)?;
    let wanted = found.into_iter().filter(|hit| arguments.kinds.is_empty() || arguments.kinds.contains(&hit.kind));
    let hits = wanted.take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|found| Hit {
        id: found.id.0,
        kind_zh: domain::kind::kind(&found.kind).zh,
        title: titles::title(&names, &found.kind, &found.doc),
        scope: found.scope,
        stage: found.stage,
        business_date: text(&found.doc, "business_date").map(str::to_owned),
        kind: found.kind,
    });
    Ok(Hits { hits: hits.collect() })
}
