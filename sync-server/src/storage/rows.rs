//! The rows of the store, free of any engine.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use causal::{Record, RecordId, VersionVector};
use uuid::Uuid;
use wire::BlobId;

/// What kind of school an organisation is; chooses the built-in templates and settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Preset {
    /// A school.
    #[default]
    School,
    /// A kindergarten.
    Kindergarten,
}

/// What a device may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Everything but master data.
    #[default]
    Tablet,
    /// Everything.
    Office,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),*) => {
        impl $type {
            /// The name in the store and in machine output.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($name => Ok(Self::$variant),)* _ => Err(()) }
            }
        }
    };
}

names!(Preset: School = "school", Kindergarten = "kindergarten");
names!(Role: Tablet = "tablet", Office = "office");

/// One organisation and the state of its feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What kind of school it is.
    pub preset: Preset,
    /// The feed's epoch.
    pub epoch: Uuid,
    /// The newest place of the feed; 0 while it is empty.
    pub last_seq: u64,
    /// While a refill after a restore goes on: the place from which it started.
    pub refill_from: Option<u64>,
}

/// A record as the server holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// Identity and newest state.
    pub record: Record,
    /// The place of the newest change.
    pub seq: u64,
    /// What purges have taken away.
    pub purged: VersionVector,
}

/// A record on its way to a reader.
#[derive(Debug)]
pub struct FeedRow {
    /// Its place.
    pub seq: u64,
    /// The record.
    pub record: Record,
}

/// One device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub organisation: Uuid,
    /// What people call it.
    pub name: String,
    /// What it may write.
    pub role: Role,
    /// The campuses it may read and write; none for all.
    pub scopes: Option<Vec<Uuid>>,
    /// The hash of its token; none for the office itself, which is reached in process.
    pub token_hash: Option<[u8; 32]>,
    /// When it was enrolled.
    pub created_at: u64,
    /// When it was revoked.
    pub revoked_at: Option<u64>,
    /// When it last called, to a minute or so.
    pub last_seen_at: Option<u64>,
    /// How many records it has that the server has not taken, as it last said; none of an app that does not say.
    pub owes: Option<u64>,
    /// When it last said that it owes none, to a minute or so.
    pub owed_none_at: Option<u64>,
}

/// The last push of a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainRow {
    /// Its number.
    pub number: u64,
    /// The digest of its body.
    pub digest: [u8; 32],
    /// The body of its answer.
    pub answer: Vec<u8>,
}

/// An enrolment code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolCodeRow {
    /// The hash of the code.
    pub hash: [u8; 32],
    /// Where it leads.
    pub organisation: Uuid,
    /// The role of the device to come.
    pub role: Role,
    /// The scopes of the device to come; none for all.
    pub scopes: Option<Vec<Uuid>>,
    /// From when on it is refused.
    pub expires_at: u64,
    /// When it was used.
    pub used_at: Option<u64>,
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// The place that the change has in the feed.
    pub seq: u64,
    /// The record.
    pub record: RecordId,
    /// The device that pushed it; none for a purge.
    pub device: Option<Uuid>,
    /// The person of the newest write, on the word of the device.
    pub person: Option<Arc<str>>,
    /// The time of the newest write, on the word of the device.
    pub at: Option<u64>,
    /// When the server took it.
    pub received_at: u64,
    /// Whether it brought back writes of another device during a refill.
    pub is_refill: bool,
    /// The changed fields, encoded by the service.
    pub changes: Vec<u8>,
}

/// An account of the office pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The name to sign in with; unique in its organisation.
    pub name: String,
    /// The argon2id hash of the password.
    pub password_hash: String,
    /// The roles it holds.
    pub roles: Vec<String>,
    /// When it was made.
    pub created_at: u64,
    /// The person that it acts as.
    pub person: Option<Uuid>,
    /// Whether its owner has still to choose a password, and to say who they are.
    pub must_begin: bool,
    /// Whether somebody else has set the password, and its owner has still to choose one.
    pub must_change_password: bool,
}

/// A blob of which the server has all bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// Its name.
    pub id: BlobId,
    /// How many bytes it has.
    pub bytes: u64,
    /// When the last of them came.
    pub completed_at: u64,
}

/// A blob that a record names, or named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobReference {
    /// The blob.
    pub blob: BlobId,
    /// The record.
    pub record: RecordId,
    /// Whether all bytes of the blob are here.
    pub is_complete: bool,
}
