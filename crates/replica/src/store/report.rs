//! What the store remembers of its server and of the last exchanges with it.

use rusqlite::{Connection, Transaction};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::Problem;

use super::meta::{get_meta, set_meta};
use super::{QueueEntry, Store, StoreError, blobs, outbox};

/// Where the store is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The address of the server, without a trailing slash.
    pub server: String,
    /// The secret of the device.
    pub token: String,
    /// The id that the server gave the device.
    pub device: Uuid,
    /// What people call the device.
    pub device_name: String,
    /// The organisation.
    pub organisation: wire::Organisation,
    /// The campuses that the device may read and write; none for all.
    pub scopes: Option<Vec<Uuid>>,
    /// What the server lets the device write, `tablet` or `office`; none where the server did not say.
    #[serde(default)]
    pub role: Option<String>,
}

/// What a person may be told about sending and receiving.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncReport {
    /// Records that the last exchange sent and the server took.
    pub pushed: u64,
    /// Records that the last exchange received.
    pub pulled: u64,
    /// Photos and scans that the last exchange brought to the server.
    #[serde(default)]
    pub blobs_sent: u64,
    /// Small pictures that the last exchange received.
    #[serde(default)]
    pub blobs_fetched: u64,
    /// When an exchange last ended well, ms since 1970 UTC.
    pub last_success_at: Option<u64>,
    /// What stopped the last exchange; none after a good one.
    pub last_problem: Option<Problem>,
}

const ENROLMENT: &str = "enrolment";
const REPORT: &str = "sync_report";

impl Store {
    /// Where the store is enrolled, if it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StoreError> {
        get_meta(&self.read(), ENROLMENT)
    }

    /// How the last exchange went.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sync_report(&self) -> Result<SyncReport, StoreError> {
        let mut report: SyncReport = get_meta(&self.read(), REPORT)?.unwrap_or_default();
        if let Some(problem) = self.trouble.read() {
            report.last_problem = Some(problem);
        }
        Ok(report)
    }

    /// Stores how an exchange went, in place of what is known of the one before.
    pub(crate) fn set_sync_report(&self, report: &SyncReport) -> Result<(), StoreError> {
        self.write(|txn| set_meta(txn, REPORT, report))?;
        self.trouble.clear();
        Ok(())
    }

    /// Notes what stopped an exchange where its report cannot be stored, so that nobody reads the one before as the last.
    pub(crate) fn note_trouble(&self, problem: &Problem) {
        self.trouble.note(problem);
    }

    /// A setting of this device alone, such as who is working; none when it was never set.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn device_setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        get_meta(&self.read(), &format!("device/{name}"))
    }

    /// Changes a setting of this device alone; it is never sent.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_device_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.write(|txn| set_meta(txn, &format!("device/{name}"), value))
    }

    /// Changes a setting of this device in one transaction: `change` gets what it was, and gives what it becomes.
    ///
    /// Two processes that count wrong tries never lose one this way.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn change_device_setting<T: Serialize + DeserializeOwned>(
        &self,
        name: &str,
        change: impl FnOnce(Option<T>) -> T,
    ) -> Result<(), StoreError> {
        let key = format!("device/{name}");
        self.write(|txn| {
            let changed = change(get_meta(txn, &key)?);
            set_meta(txn, &key, &changed)
        })
    }

    /// Removes a setting of this device.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn clear_device_setting(&self, name: &str) -> Result<(), StoreError> {
        self.write(|txn| put_device_setting(txn, name, None))
    }

    /// The settings of this device whose names start with `prefix`, by name; the names are given without it.
    ///
    /// Cost: one look into an index when there are none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn device_settings<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<(String, T)>, StoreError> {
        let first = format!("device/{prefix}");
        let connection = self.read();
        let sql = "SELECT key, value FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111) ORDER BY key";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([&first], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut settings = Vec::new();
        for row in rows {
            let (key, text) = row?;
            let value = serde_json::from_str(&text).ok();
            settings.extend(value.map(|value| (key[first.len()..].to_owned(), value)));
        }
        Ok(settings)
    }

    /// What waits to be sent, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue(&self, limit: u64) -> Result<Vec<QueueEntry>, StoreError> {
        outbox::entries(&self.read(), limit)
    }

    /// Gives rejected records, and blobs that did not get through, another try.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn retry_rejected(&self) -> Result<(), StoreError> {
        self.write(|txn| {
            outbox::retry_rejected(txn)?;
            blobs::retry(txn)
        })
    }

    /// How many records wait to be sent, rejected ones included, and how many of them were rejected.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue_counts(&self) -> Result<(u64, u64), StoreError> {
        outbox::counts(&self.read())
    }

    /// How many fields hold a conflict that asks for a decision.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asking_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(asking), 0) FROM record WHERE asking > 0";
        let count: i64 = self.read().query_row(sql, [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

pub(super) fn load_enrolment(connection: &Connection) -> Result<Option<Enrolment>, StoreError> {
    get_meta(connection, ENROLMENT)
}

pub(super) fn store_enrolment(txn: &Transaction<'_>, enrolment: &Enrolment) -> Result<(), StoreError> {
    set_meta(txn, ENROLMENT, enrolment)
}

/// Sets a setting of this device, or removes it.
pub(super) fn put_device_setting(
    txn: &Transaction<'_>,
    name: &str,
    value: Option<&serde_json::Value>,
) -> Result<(), StoreError> {
    match value {
        Some(value) => set_meta(txn, &format!("device/{name}"), value),
        None => remove_device_setting(txn, name).map(drop),
    }
}

/// Removes a setting of this device; how many there were, which is one or none.
pub(super) fn remove_device_setting(txn: &Transaction<'_>, name: &str) -> Result<usize, StoreError> {
    Ok(txn.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([format!("device/{name}")])?)
}
