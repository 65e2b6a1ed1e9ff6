//! The state of the exchange.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::badge::{Badge, BadgeReason, Facts};
use crate::app::App;
use crate::dto::door::OrganisationRef;
use crate::dto::nothing::Nothing;
use crate::dto::value::ProblemValue;
use crate::error::CommandError;
use crate::sight::access;

/// The state of the exchange with the server.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SyncStatus {
    /// The one word for it.
    badge: Badge,
    /// Why it is that one; null for `synced`.
    badge_reason: Option<BadgeReason>,
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
    /// Bytes of these that are still to be sent.
    pending_bytes: u64,
    /// Conflicts that ask for a decision.
    conflicts: u64,
    /// How far the feed was read; opaque.
    cursor: Option<String>,
    /// The replica id of this store.
    replica: Uuid,
    /// The id that the server gave this device; null before enrolment.
    device: Option<Uuid>,
    /// What people call this device.
    device_name: Option<String>,
    /// The address of the server.
    server: Option<String>,
    /// Whose server it is.
    organisation: Option<OrganisationRef>,
    /// When an exchange last ended well, ms since 1970 UTC.
    last_success_at: Option<u64>,
    /// What stopped the last exchange.
    #[schemars(with = "Option<ProblemValue>")]
    last_problem: Option<wire::Problem>,
    /// Whether all of it is true at once: nothing waits, nothing was rejected, and the feed was read to its end.
    all_synced: bool,
}

/// The state of the exchange, without touching the network.
pub(crate) fn status(app: &App, _: Nothing) -> Result<SyncStatus, CommandError> {
    let store = app.store();
    let (identity, report, enrolment) = (store.identity()?, store.sync_report()?, store.enrolment()?);
    let (pending, rejected) = store.queue_counts()?;
    let blobs = store.blob_counts()?;
    let facts = Facts {
        enrolment: enrolment.as_ref(),
        problem: report.last_problem.as_ref(),
        pending,
        pending_blobs: blobs.owed,
        damaged_blobs: blobs.damaged,
        rejected,
        is_disk_full: app.is_disk_full(),
        has_read_all: identity.reached_end && !identity.pull_first,
    };
    let (badge, badge_reason) = facts.badge();
    let all_synced = facts.all_synced();
    Ok(SyncStatus {
        badge,
        badge_reason,
        pushed: report.pushed,
        pulled: report.pulled,
        rejected,
        pending,
        pending_blobs: blobs.owed,
        pending_bytes: blobs.owed_bytes,
        conflicts: store.asking_count_seen(&access(app)?)?,
        cursor: identity.cursor,
        replica: identity.replica.0,
        device: enrolment.as_ref().map(|enrolment| enrolment.device),
        device_name: enrolment.as_ref().map(|enrolment| enrolment.device_name.clone()),
        server: enrolment.as_ref().map(|enrolment| enrolment.server.clone()),
        organisation: enrolment
            .map(|enrolment| OrganisationRef { id: enrolment.organisation.id, name: enrolment.organisation.name }),
        last_success_at: report.last_success_at,
        all_synced,
        last_problem: report.last_problem,
    })
}
