//! `office.enrol_code`, `office.devices` and `office.revoke`: which tablets belong to the school.

use std::net::IpAddr;

use ::door::Caller;
use app::CommandError;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::command::{Nothing, OfficeCommand, administrator, command};
use crate::office::failure::unavailable;
use crate::office::gate::Office;
use crate::office::serving::{self, Serves, ServingError};
use crate::service::enrol::Invitation;
use crate::storage::{DeviceRow, Role};

const HOUR_MS: u64 = 3_600_000;
const DAY: u64 = 24;
/// The longest that a code may work, in hours.
const LONGEST: u64 = 30 * DAY;

pub(super) fn declare() -> Vec<OfficeCommand> {
    vec![
        command("office.enrol_code", "Makes a code that enrols one tablet, as text, link and QR code.", enrol_code)
            .changing(),
        command("office.devices", "Lists the devices that were enrolled, oldest first.", devices),
        command("office.revoke", "Takes a device's access away, from its next request on.", revoke).changing(),
    ]
}

/// Arguments of `office.enrol_code`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EnrolCode {
    /// How many hours the code works, 1 to 720; 24 when left out.
    #[serde(default)]
    expires_h: Option<u64>,
    /// The one campus that the tablet is for; left out, all of them.
    #[serde(default)]
    campus: Option<Uuid>,
    /// What the tablet serves: any of `gate`, `class`, `kitchen`, `patrol`, `store`, `office`; it holds the compartments that the work
    /// needs, and no other. Left out, nothing narrows it.
    #[serde(default)]
    serves: Vec<String>,
}

/// A code that enrols one tablet.
#[derive(Debug, Serialize, JsonSchema)]
struct Code {
    /// The code, to be typed.
    code: String,
    /// Until when it works, ms since 1970 UTC.
    expires_at: u64,
    /// The address of the server, as this page was asked for.
    server: String,
    /// Whether that address leads to this very computer, from which no tablet is let in.
    is_only_here: bool,
    /// What the next tablet may be called: a name that no tablet has had yet.
    name: String,
    /// Address, code and the number of the name in one.
    link: String,
    /// The link as a QR code: SVG.
    qr: String,
}

/// The devices.
#[derive(Debug, Serialize, JsonSchema)]
struct Devices {
    /// Oldest first.
    devices: Vec<DeviceView>,
    /// Whether the tablets are bringing back what the server lacks, also what others wrote.
    refilling: bool,
    /// When a tablet came that knew more than the server holds, ms since 1970 UTC: its store was put back by hand; null when
    /// none did.
    went_back_at: Option<u64>,
}

/// One device.
#[derive(Debug, Serialize, JsonSchema)]
struct DeviceView {
    /// The device.
    id: Uuid,
    /// What people call it.
    name: String,
    /// What it may write: `tablet` or `office`.
    role: &'static str,
    /// The campuses it is for; null for all.
    scopes: Option<Vec<Uuid>>,
    /// The compartments that it holds: any of `children`, `gate`, `confidential`.
    holds: Vec<&'static str>,
    /// Whether its access was taken away.
    revoked: bool,
    /// When it was enrolled, ms since 1970 UTC.
    enrolled_at: u64,
    /// When it last called, to a minute or so, ms since 1970 UTC.
    last_seen_at: Option<u64>,
}

/// Arguments of `office.revoke`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Revoke {
    /// The device.
    device: Uuid,
}

fn enrol_code(office: &Office, caller: &Caller, arguments: EnrolCode) -> Result<Code, CommandError> {
    let signed_in = administrator(office, caller)?;
    let hours = arguments.expires_h.unwrap_or(DAY);
    if !(1..=LONGEST).contains(&hours) {
        return Err(CommandError::bad_argument("expires_h", format_args!("expires_h is a number from 1 to {LONGEST}")));
    }
    let expires_at = office.hub.now_ms() + hours * HOUR_MS;
    let scopes = scopes(office, signed_in.organisation(), &arguments)?;
    let invitation = Invitation { role: Role::Tablet, scopes, expires_at };
    let code = office.hub.make_enrol_code(signed_in.organisation(), invitation).map_err(unavailable)?;
    let server = format!("{}://{}", if caller.is_secure { "https" } else { "http" }, caller.host);
    let known = office.hub.devices(signed_in.organisation()).map_err(unavailable)?;
    let number = next_number(known.iter().map(|device| device.name.as_str()));
    // A link holds ASCII alone; whoever opens it says the name in the words of the screen.
    let link = format!("{server}/#/enrol?code={code}&tablet={number}");
    let qr = QRBuilder::new(link.as_str()).build().map_err(|error| CommandError::internal(&format!("{error:?}")))?;
    let qr = SvgBuilder::default().margin(2).to_str(&qr);
    let is_only_here = is_loopback(&caller.host);
    Ok(Code { code, expires_at, server, is_only_here, name: format!("{TABLET} {number}"), link, qr })
}

/// What the tablet may read and write, by what it is there for.
fn scopes(office: &Office, organisation: Uuid, asked: &EnrolCode) -> Result<Option<Vec<Uuid>>, CommandError> {
    let serves: Result<Vec<Serves>, String> = asked.serves.iter().map(|word| serving::parse(word)).collect();
    let serves = serves.map_err(|message| CommandError::bad_argument("serves", message))?;
    let named: Vec<Uuid> = asked.campus.into_iter().collect();
    let listed = office.hub.read_store(|txn| match serving::scopes(txn, organisation, &named, &serves) {
        Ok(scopes) => Ok(Ok(scopes)),
        Err(ServingError::Storage(error)) => Err(error),
        Err(error) => Ok(Err(CommandError::bad_argument("campus", error))),
    });
    listed.map_err(unavailable)?
}

/// What a tablet is called before anybody thinks of a better name.
const TABLET: &str = "平板";

/// The number of the next tablet: one more than the highest that stands behind 平板 in a name, revoked ones included, since
/// their records still bear it.
fn next_number<'n>(names: impl Iterator<Item = &'n str>) -> u32 {
    let number = |name: &str| name.strip_prefix(TABLET)?.trim().parse::<u32>().ok();
    names.filter_map(number).max().unwrap_or(0).saturating_add(1)
}

/// Whether a host, with or without its port, is the computer itself, whatever the network calls it.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_local_name = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
    is_local_name || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

fn devices(office: &Office, caller: &Caller, _: Nothing) -> Result<Devices, CommandError> {
    let signed_in = administrator(office, caller)?;
    let organisation = signed_in.organisation();
    let devices = office.hub.devices(organisation).map_err(unavailable)?;
    let store = office.hub.read_store(|txn| Ok((txn.organisation(organisation)?, txn.went_back_at(organisation)?)));
    let (row, went_back_at) = store.map_err(unavailable)?;
    let refilling = row.is_some_and(|row| row.refill_from.is_some());
    Ok(Devices { devices: devices.into_iter().map(view).collect(), refilling, went_back_at })
}

fn revoke(office: &Office, caller: &Caller, arguments: Revoke) -> Result<Devices, CommandError> {
    let signed_in = administrator(office, caller)?;
    if !office.hub.revoke_device(signed_in.organisation(), arguments.device).map_err(unavailable)? {
        return Err(CommandError::not_found(format_args!("there is no device {}", arguments.device)).field("device"));
    }
    devices(office, caller, Nothing {})
}

fn view(device: DeviceRow) -> DeviceView {
    DeviceView {
        id: device.id,
        name: device.name,
        role: device.role.as_str(),
        holds: serving::holds(device.scopes.as_deref()),
        scopes: device.scopes,
        revoked: device.revoked_at.is_some(),
        enrolled_at: device.created_at,
        last_seen_at: device.last_seen_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_tablet_gets_a_number_that_none_has_had() {
        assert_eq!(next_number([].into_iter()), 1);
        assert_eq!(next_number(["平板 1", "食堂平板", "平板 3", "平板２", "平板"].into_iter()), 4);
        assert_eq!(next_number(["平板 99999999999"].into_iter()), 1);
    }

    #[test]
    fn an_address_that_only_this_computer_reaches_is_told_apart() {
        for here in ["127.0.0.1:8787", "localhost:8787", "LOCALHOST", "127.1.2.3", "[::1]:8787", "0.0.0.0:8787"] {
            assert!(is_loopback(here), "{here}");
        }
        for there in ["192.168.1.20:8787", "rounds.school.cn", "localhost.school.cn", "[fe80::1]:80", ""] {
            assert!(!is_loopback(there), "{there}");
        }
    }
}
