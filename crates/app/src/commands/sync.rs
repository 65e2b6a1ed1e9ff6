//! What a person may be told about sending and receiving.

use replica::QueueEntry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::command::command;
use crate::dto::page::checked_limit;
use crate::{App, Command, CommandError};

pub(super) fn declare() -> Vec<Command> {
    vec![
        command("sync.status", "Tells what was sent and received, and what waits, without the network.", status),
        command("sync.queue", "Lists what waits to be sent, oldest first.", queue),
        command("sync.retry", "Gives every rejected record another try with the next exchange.", retry),
    ]
}

/// No arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// The state of the exchange with the server.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SyncStatus {
    /// Records that the last exchange sent and the server took.
    pushed: u64,
    /// Records that the last exchange received.
    pulled: u64,
    /// Records that the server did not take.
    rejected: u64,
    /// Records in the outbox, rejected ones included.
    pending: u64,
    /// Photos and scans that wait to be sent.
    pending_blobs: u64,
    /// Conflicts that ask for a decision.
    conflicts: u64,
    /// How far the feed was read; opaque.
    cursor: Option<String>,
    /// The replica id of this store.
    replica: Uuid,
    /// The id that the server gave this device; null before enrolment.
    device: Option<Uuid>,
    /// When an exchange last ended well, ms since 1970 UTC.
    last_success_at: Option<u64>,
    /// What stopped the last exchange.
    #[schemars(with = "Option<serde_json::Value>")]
    last_problem: Option<wire::Problem>,
    /// Whether all of it is true at once: nothing waits, nothing was rejected, and the feed was read to its end.
    all_synced: bool,
}

/// One record that waits.
#[derive(Debug, Serialize, JsonSchema)]
struct QueueItem {
    id: Uuid,
    kind: String,
    bytes: u64,
    queued_at: u64,
    attempts: u64,
    relay: bool,
    #[schemars(with = "Option<serde_json::Value>")]
    rejected: Option<wire::Problem>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQueue {
    /// 1 to 1,000; 200 when left out.
    limit: Option<u64>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Queue {
    items: Vec<QueueItem>,
}

/// The state of the exchange, without touching the network.
pub(crate) fn status(app: &App, _: Nothing) -> Result<SyncStatus, CommandError> {
    let store = app.store();
    let (identity, report) = (store.identity()?, store.sync_report()?);
    let (pending, rejected) = store.queue_counts()?;
    Ok(SyncStatus {
        pushed: report.pushed,
        pulled: report.pulled,
        rejected,
        pending,
        pending_blobs: 0,
        conflicts: store.asking_count()?,
        cursor: identity.cursor,
        replica: identity.replica.0,
        device: store.enrolment()?.map(|enrolment| enrolment.device),
        last_success_at: report.last_success_at,
        all_synced: pending == 0 && identity.reached_end && !identity.pull_first && report.last_problem.is_none(),
        last_problem: report.last_problem,
    })
}

fn queue(app: &App, arguments: ListQueue) -> Result<Queue, CommandError> {
    let limit = checked_limit(arguments.limit)?;
    let item = |entry: QueueEntry| QueueItem {
        id: entry.id.0,
        kind: entry.kind,
        bytes: entry.bytes,
        queued_at: entry.queued_at,
        attempts: entry.attempts,
        relay: entry.relay,
        rejected: entry.rejected,
    };
    Ok(Queue { items: app.store().queue(limit)?.into_iter().map(item).collect() })
}

fn retry(app: &App, _: Nothing) -> Result<Queue, CommandError> {
    app.store().retry_rejected()?;
    queue(app, ListQueue { limit: None })
}
