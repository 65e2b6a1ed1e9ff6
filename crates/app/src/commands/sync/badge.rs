//! The one word about sending and receiving that stands on every screen.

use replica::Enrolment;
use schemars::JsonSchema;
use serde::Serialize;
use wire::{Problem, ProblemType};

/// What the badge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Badge {
    /// Connected, and everything is sent and read.
    Synced,
    /// Connected, and something is left to send or to read.
    Sending,
    /// Not connected; everything is kept here.
    Offline,
    /// A person must act; work goes on.
    Attention,
}

/// Why the badge says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BadgeReason {
    /// Records are left to send.
    Unsent,
    /// Every record is sent, and photos are left to send.
    UnsentPhotos,
    /// Something is left to read.
    Unread,
    /// This device was never enrolled.
    NotEnrolled,
    /// The server cannot be reached.
    Unreachable,
    /// The server answers, and cannot take anything now.
    ServerTrouble,
    /// The server does not know this device: enrol it anew.
    Unauthorised,
    /// The device was revoked.
    DeviceRevoked,
    /// The server refuses this device.
    Forbidden,
    /// The server has another past than this device, or this device a twin.
    Identity,
    /// The server did not take some records.
    Rejected,
    /// The disk of this device is full.
    DiskFull,
    /// The store of this device cannot be read or written.
    Store,
    /// The address of the server is none.
    BadAddress,
    /// The exchange makes no progress.
    Stuck,
}

/// What the badge is decided on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) enrolment: Option<&'a Enrolment>,
    pub(super) problem: Option<&'a Problem>,
    /// Records in the outbox.
    pub(super) pending: u64,
    /// Photos that wait.
    pub(super) pending_blobs: u64,
    /// Records that the server did not take.
    pub(super) rejected: u64,
    /// Whether the feed was read to its end.
    pub(super) has_read_all: bool,
    /// Whether an exchange ever ended well.
    pub(super) has_succeeded: bool,
}

impl Facts<'_> {
    /// Whether all of it is true at once: nothing waits, nothing was rejected, the feed was read to its end, and the last exchange
    /// ended well.
    pub(super) fn all_synced(&self) -> bool {
        self.pending == 0
            && self.pending_blobs == 0
            && self.rejected == 0
            && self.has_read_all
            && self.problem.is_none()
    }

    /// The badge, and why it says so; no reason for [`Badge::Synced`].
    pub(super) fn badge(&self) -> (Badge, Option<BadgeReason>) {
        if self.enrolment.is_none() {
            return (Badge::Offline, Some(BadgeReason::NotEnrolled));
        }
        if let Some(problem) = self.problem {
            let (badge, reason) = of_problem(problem);
            // What the server refused for good waits for a person, network or not.
            return if badge == Badge::Offline && self.rejected > 0 {
                (Badge::Attention, Some(BadgeReason::Rejected))
            } else {
                (badge, Some(reason))
            };
        }
        if self.rejected > 0 {
            return (Badge::Attention, Some(BadgeReason::Rejected));
        }
        if !self.has_succeeded {
            return (Badge::Offline, Some(BadgeReason::Unreachable));
        }
        if self.all_synced() {
            return (Badge::Synced, None);
        }
        let reason = if self.pending > 0 {
            BadgeReason::Unsent
        } else if self.pending_blobs > 0 {
            BadgeReason::UnsentPhotos
        } else {
            BadgeReason::Unread
        };
        (Badge::Sending, Some(reason))
    }
}

/// What a problem of the last exchange means to a person.
fn of_problem(problem: &Problem) -> (Badge, BadgeReason) {
    use ProblemType as Type;
    let attention = |reason| (Badge::Attention, reason);
    let identity = [Type::ReplicaForked, Type::PushOutOfOrder, Type::EpochChanged];
    match problem.kind() {
        Some(Type::Unauthorised) => return attention(BadgeReason::Unauthorised),
        Some(Type::DeviceRevoked) => return attention(BadgeReason::DeviceRevoked),
        Some(kind) if identity.contains(&kind) => return attention(BadgeReason::Identity),
        _ => {}
    }
    match (problem.urn.rsplit(':').next().unwrap_or_default(), problem.status) {
        ("unreachable" | "busy", _) => (Badge::Offline, BadgeReason::Unreachable),
        ("disk-full", _) => attention(BadgeReason::DiskFull),
        ("store", _) => attention(BadgeReason::Store),
        ("bad-address", _) => attention(BadgeReason::BadAddress),
        ("other-organisation", _) => attention(BadgeReason::Identity),
        ("not-enrolled", _) => (Badge::Offline, BadgeReason::NotEnrolled),
        (_, Some(401)) => attention(BadgeReason::Unauthorised),
        (_, Some(403)) => attention(BadgeReason::Forbidden),
        (_, Some(409)) => attention(BadgeReason::Identity),
        (_, Some(408 | 429 | 500..)) => (Badge::Offline, BadgeReason::ServerTrouble),
        _ => attention(BadgeReason::Stuck),
    }
}
