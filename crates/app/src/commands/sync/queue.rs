//! What waits to be sent.

use causal::RecordId;
use replica::QueueEntry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::called;
use crate::dto::nothing::Nothing;
use crate::dto::page::checked_limit;
use crate::dto::value::ProblemValue;
use crate::error::CommandError;
use crate::names::Names;

/// One record that waits.
#[derive(Debug, Serialize, JsonSchema)]
struct QueueItem {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// The kind in Chinese.
    kind_zh: &'static str,
    /// What people call it.
    title: String,
    /// The same in English; null where that is the same.
    title_en: Option<String>,
    /// Bytes of its state.
    bytes: u64,
    /// When it was queued, ms since 1970 UTC.
    queued_at: u64,
    /// How often it was sent or tried.
    attempts: u64,
    /// Whether it is passed on for others rather than written here.
    relay: bool,
    /// Why the server did not take it; null while it waits to be sent.
    #[schemars(with = "Option<ProblemValue>")]
    rejected: Option<wire::Problem>,
}

/// One photo that waits.
#[derive(Debug, Serialize, JsonSchema)]
struct QueuedPhoto {
    /// The SHA-256 of its bytes; null where the photo is not to be seen.
    blob: Option<String>,
    /// The record that names it, the first of several.
    record: Uuid,
    /// What people call that.
    title: String,
    /// The same in English; null where that is the same.
    title_en: Option<String>,
    /// How many bytes it has.
    bytes: u64,
    /// How many of them the server has, as far as is known.
    sent_bytes: u64,
    /// Whether it is the small version of another.
    is_thumb: bool,
    /// Whether its bytes here are missing or damaged: it cannot be sent until it is added again.
    is_damaged: bool,
    /// How often it was tried.
    attempts: u64,
    /// What stopped the last try.
    #[schemars(with = "Option<ProblemValue>")]
    last_problem: Option<wire::Problem>,
    /// When it was queued, ms since 1970 UTC.
    queued_at: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQueue {
    /// 1 to 1,000; 200 when left out.
    limit: Option<u64>,
}

/// What waits to be sent.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Queue {
    /// The records, oldest first.
    items: Vec<QueueItem>,
    /// The photos, in the order in which they are sent.
    photos: Vec<QueuedPhoto>,
}

pub(super) fn queue(app: &App, arguments: ListQueue) -> Result<Queue, CommandError> {
    let limit = checked_limit(arguments.limit)?;
    let names = Names::new(app);
    let item = |entry: QueueEntry| -> Result<QueueItem, CommandError> {
        let title = called::of_record(app, &names, entry.id, &entry.kind)?;
        Ok(QueueItem {
            id: entry.id.0,
            kind_zh: domain::kind::kind(&entry.kind).zh,
            title: title.zh,
            title_en: title.en,
            kind: entry.kind,
            bytes: entry.bytes,
            queued_at: entry.queued_at,
            attempts: entry.attempts,
            relay: entry.relay,
            rejected: entry.rejected,
        })
    };
    let items = app.store().queue(limit)?.into_iter().map(item).collect::<Result<_, _>>()?;
    Ok(Queue { items, photos: photos(app, &names, limit)? })
}

fn photos(app: &App, names: &Names<'_>, limit: u64) -> Result<Vec<QueuedPhoto>, CommandError> {
    let mut photos = Vec::new();
    for owed in app.store().owed_blobs(limit)? {
        let title = called::of_record(app, names, owed.record, "")?;
        photos.push(QueuedPhoto {
            blob: app.blob_sight(owed.id)?.is_seen().then(|| owed.id.to_string()),
            record: owed.record.0,
            title: title.zh,
            title_en: title.en,
            bytes: owed.bytes,
            sent_bytes: owed.sent_bytes,
            is_thumb: owed.is_thumb,
            is_damaged: owed.is_damaged,
            attempts: owed.attempts,
            last_problem: owed.last_problem,
            queued_at: owed.queued_at,
        });
    }
    Ok(photos)
}

/// Arguments of `sync.discard`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Discard {
    /// The record, as the queue names it.
    id: Uuid,
}

/// Only whoever wrote it takes it back; support on the command line may name nobody.
pub(super) fn discard(app: &App, arguments: Discard) -> Result<Queue, CommandError> {
    app.store().discard(RecordId(arguments.id), app.by().as_deref())?;
    app.wake();
    queue(app, ListQueue { limit: None })
}

pub(super) fn retry(app: &App, _: Nothing) -> Result<Queue, CommandError> {
    app.store().retry_rejected()?;
    app.wake();
    queue(app, ListQueue { limit: None })
}
