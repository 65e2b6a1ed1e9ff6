//! `POST /v1/enrol`

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decode::{ShapeError, parse, required_uuid};
use crate::raw::nullable;

/// A store asks to become a device of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnrolRequest {
    /// The code that an administrator gave.
    pub code: String,
    /// What people call the device.
    pub device_name: String,
    /// The replica id of the store.
    pub replica: Uuid,
    /// The token of the device that the store is so far, which ends with the enrolment; none for a new store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

/// The organisation a device belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// What a device needs to speak to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The secret it authenticates with from now on.
    pub token: String,
    /// The id of the device.
    pub device: Uuid,
    /// Whose device it is.
    pub organisation: Organisation,
    /// The campuses it may read and write; none for all.
    #[serde(deserialize_with = "nullable")]
    pub scopes: Option<Vec<Uuid>>,
    /// The feed's epoch.
    pub epoch: String,
    /// What the device may write, `tablet` or `office`; none from a server that does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

#[derive(Deserialize)]
struct RawEnrol {
    code: String,
    device_name: String,
    replica: String,
    #[serde(default)]
    replaces: Option<String>,
}

impl EnrolRequest {
    /// Reads the body of an enrolment.
    ///
    /// # Errors
    /// [`ShapeError`]
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let raw: RawEnrol = parse(body)?;
        let replica = required_uuid(&raw.replica, "replica")?;
        Ok(Self { code: raw.code, device_name: raw.device_name, replica, replaces: raw.replaces })
    }
}

impl EnrolAnswer {
    /// Reads the answer to an enrolment.
    ///
    /// # Errors
    /// [`ShapeError`]
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        parse(body)
    }
}
