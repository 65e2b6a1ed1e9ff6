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
    /// Something on the way to the server, such as a proxy, answers in its place.
    RoadAnswer,
    /// Something on the way to the server limits the size of what is sent.
    RoadLimit,
    /// Something on the way to the server changes what is sent.
    RoadGarbles,
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
    /// Photos here are missing or damaged, and the server does not have them.
    DamagedPhotos,
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
    /// Those of them whose bytes are missing or damaged.
    pub(super) damaged_blobs: u64,
    /// Records that the server did not take.
    pub(super) rejected: u64,
    /// Whether the last save found no room.
    pub(super) is_disk_full: bool,
    /// Whether the feed was read to its end.
    pub(super) has_read_all: bool,
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
        if self.is_disk_full {
            return (Badge::Attention, Some(BadgeReason::DiskFull));
        }
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
        if self.damaged_blobs > 0 {
            return (Badge::Attention, Some(BadgeReason::DamagedPhotos));
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
    match (problem.kind(), problem.status) {
        (Some(Type::Unauthorised), _) => attention(BadgeReason::Unauthorised),
        (Some(Type::DeviceRevoked), _) => attention(BadgeReason::DeviceRevoked),
        (Some(Type::ReplicaForked | Type::PushOutOfOrder | Type::EpochChanged | Type::OtherOrganisation), _) => {
            attention(BadgeReason::Identity)
        }
        (Some(Type::Unreachable | Type::Busy), _) => (Badge::Offline, BadgeReason::Unreachable),
        (Some(Type::RoadAnswer), _) => (Badge::Offline, BadgeReason::RoadAnswer),
        (Some(Type::RoadLimit), _) => attention(BadgeReason::RoadLimit),
        (Some(Type::RoadGarbles), _) => attention(BadgeReason::RoadGarbles),
        (Some(Type::DiskFull), _) => attention(BadgeReason::DiskFull),
        (Some(Type::Store | Type::DamagedStore | Type::NotAStore | Type::NewerStore), _) => {
            attention(BadgeReason::Store)
        }
        (Some(Type::BadAddress), _) => attention(BadgeReason::BadAddress),
        (Some(Type::NotEnrolled), _) => (Badge::Offline, BadgeReason::NotEnrolled),
        // What the server says otherwise, and what this version does not know, goes by the status.
        (_, Some(401)) => attention(BadgeReason::Unauthorised),
        (_, Some(403)) => attention(BadgeReason::Forbidden),
        (_, Some(409)) => attention(BadgeReason::Identity),
        (_, Some(408 | 429 | 500..)) => (Badge::Offline, BadgeReason::ServerTrouble),
        _ => attention(BadgeReason::Stuck),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(slug: &str, status: Option<u16>) -> Problem {
        Problem {
            urn: format!("urn:rounds:problem:{slug}"),
            title: String::new(),
            status,
            detail: None,
            members: serde_json::Map::new(),
        }
    }

    fn enrolment() -> Enrolment {
        Enrolment {
            server: "http://rounds.example.cn".into(),
            token: String::new(),
            device: uuid::Uuid::nil(),
            device_name: "平板 1".into(),
            organisation: wire::Organisation { id: uuid::Uuid::nil(), name: "实验学校".into() },
            scopes: None,
            role: None,
        }
    }

    fn good(enrolment: &Enrolment) -> Facts<'_> {
        Facts {
            enrolment: Some(enrolment),
            problem: None,
            pending: 0,
            pending_blobs: 0,
            damaged_blobs: 0,
            rejected: 0,
            is_disk_full: false,
            has_read_all: true,
        }
    }

    #[test]
    fn everything_is_synced_only_when_nothing_is_left_either_way() {
        let device = enrolment();
        let all = good(&device);
        assert_eq!(all.badge(), (Badge::Synced, None));
        let lacking = [
            (Facts { pending: 1, ..all }, BadgeReason::Unsent),
            (Facts { pending_blobs: 1, ..all }, BadgeReason::UnsentPhotos),
            (Facts { has_read_all: false, ..all }, BadgeReason::Unread),
        ];
        for (facts, reason) in lacking {
            assert_eq!(facts.badge(), (Badge::Sending, Some(reason)));
            assert!(!facts.all_synced());
        }
        assert_eq!(Facts { enrolment: None, ..all }.badge(), (Badge::Offline, Some(BadgeReason::NotEnrolled)));
    }

    #[test]
    fn what_waits_for_a_person_is_told_from_what_passes_by_itself() {
        let device = enrolment();
        let check = |slug: &str, status, expected| {
            let problem = problem(slug, status);
            let badge = Facts { problem: Some(&problem), ..good(&device) }.badge();
            assert_eq!(badge, expected, "{slug}");
        };
        let attention = |reason| (Badge::Attention, Some(reason));
        check("unreachable", None, (Badge::Offline, Some(BadgeReason::Unreachable)));
        check("road-answer", None, (Badge::Offline, Some(BadgeReason::RoadAnswer)));
        check("road-limit", None, attention(BadgeReason::RoadLimit));
        check("road-garbles", None, attention(BadgeReason::RoadGarbles));
        check("internal", Some(503), (Badge::Offline, Some(BadgeReason::ServerTrouble)));
        check("too-many-requests", Some(429), (Badge::Offline, Some(BadgeReason::ServerTrouble)));
        check("unauthorised", Some(401), attention(BadgeReason::Unauthorised));
        check("device-revoked", Some(401), attention(BadgeReason::DeviceRevoked));
        check("not-allowed", Some(403), attention(BadgeReason::Forbidden));
        check("replica-forked", Some(409), attention(BadgeReason::Identity));
        check("disk-full", None, attention(BadgeReason::DiskFull));
        check("store", None, attention(BadgeReason::Store));
        check("bad-address", None, attention(BadgeReason::BadAddress));
        check("stuck", None, attention(BadgeReason::Stuck));
    }

    #[test]
    fn what_is_lost_if_nobody_looks_comes_before_the_network() {
        let device = enrolment();
        let unreachable = problem("unreachable", None);
        let away = Facts { problem: Some(&unreachable), rejected: 1, ..good(&device) };
        assert_eq!(away.badge(), (Badge::Attention, Some(BadgeReason::Rejected)));
        let full = Facts { is_disk_full: true, ..good(&device) };
        assert_eq!(full.badge(), (Badge::Attention, Some(BadgeReason::DiskFull)));
        let damaged = Facts { damaged_blobs: 1, pending_blobs: 1, ..good(&device) };
        assert_eq!(damaged.badge(), (Badge::Attention, Some(BadgeReason::DamagedPhotos)));
    }
}
