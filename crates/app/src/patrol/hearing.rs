//! Whether what is missing on this device is missing: who else has a part in the work, and when each was last heard from.

use domain::patrol::{Heard, unheard};
use domain::time::UtcMillis;
use uuid::Uuid;

use crate::app::{App, KnownDevice};
use crate::campus::Campus;
use crate::error::CommandError;

/// Who else may still bring what is missing here.
pub(crate) enum Hearing {
    /// Nobody: the device has no server.
    Alone,
    /// Others do, and this device does not know when they were heard from: a tablet, or an office whose server does not say.
    Unknown,
    /// These devices.
    Devices(Vec<Heard>),
}

/// What is known of a window that is over.
pub(crate) struct WindowHeard {
    /// Whether what is missing is known to be missing.
    pub(crate) is_heard: bool,
    /// The names of the devices that were not heard from since, as far as they are known.
    pub(crate) waiting: Vec<String>,
}

impl Hearing {
    /// Of the patrols of a campus: each device that holds the campus may be walked with.
    pub(crate) fn of(app: &App, campus: &Campus) -> Result<Self, CommandError> {
        if app.store().enrolment()?.is_none() {
            return Ok(Self::Alone);
        }
        Ok(app.devices().map_or(Self::Unknown, |devices| Self::Devices(holding(devices, campus.id))))
    }

    /// Of a window that was over at `to`, looked at `now`.
    pub(crate) fn since(&self, to: UtcMillis, now: UtcMillis) -> WindowHeard {
        match self {
            Self::Alone => WindowHeard { is_heard: true, waiting: Vec::new() },
            Self::Unknown => WindowHeard { is_heard: false, waiting: Vec::new() },
            Self::Devices(devices) => {
                let waiting: Vec<String> =
                    unheard(devices, to, now).into_iter().map(|device| device.name.clone()).collect();
                WindowHeard { is_heard: waiting.is_empty(), waiting }
            }
        }
    }
}

/// Those of the devices that hold a campus.
fn holding(devices: Vec<KnownDevice>, campus: Option<Uuid>) -> Vec<Heard> {
    let is_here = |device: &KnownDevice| {
        device.scopes.as_ref().zip(campus).is_none_or(|(scopes, campus)| scopes.contains(&campus))
    };
    let heard = |device: KnownDevice| Heard {
        name: device.name,
        at: device.heard_at.map(UtcMillis::from_stamp),
        sent_all_at: device.sent_all_at.map(UtcMillis::from_stamp),
    };
    devices.into_iter().filter(is_here).map(heard).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMPUS: Uuid = Uuid::from_u128(1);

    fn device(name: &str, scopes: Option<&[Uuid]>, heard_at: Option<u64>) -> KnownDevice {
        KnownDevice { name: name.to_owned(), scopes: scopes.map(<[Uuid]>::to_vec), heard_at, sent_all_at: heard_at }
    }

    #[test]
    fn who_has_no_server_knows_and_a_tablet_never_does() {
        let since = |hearing: Hearing| hearing.since(UtcMillis(1_000), UtcMillis(2_000)).is_heard;
        assert!(since(Hearing::Alone));
        assert!(!since(Hearing::Unknown));
        assert!(since(Hearing::Devices(Vec::new())), "there is no tablet that could bring it");
    }

    #[test]
    fn the_office_waits_for_the_devices_of_the_campus_by_their_names() {
        let devices = vec![
            device("平板 1", None, Some(900)),
            device("平板 2", Some(&[CAMPUS]), Some(100_000)),
            device("西校区", Some(&[Uuid::from_u128(2)]), Some(900)),
            device("新平板", None, None),
        ];
        let heard = Hearing::Devices(holding(devices, Some(CAMPUS))).since(UtcMillis(1_000), UtcMillis(200_000));
        assert_eq!((heard.is_heard, heard.waiting), (false, vec!["平板 1".to_owned()]));
    }

    #[test]
    fn a_device_that_calls_and_has_not_sent_all_that_it_has_is_waited_for() {
        let calls = device("平板 1", None, Some(1_500));
        let since = |sent_all_at| {
            let devices = vec![KnownDevice { sent_all_at, ..calls.clone() }];
            Hearing::Devices(holding(devices, Some(CAMPUS))).since(UtcMillis(1_000), UtcMillis(200_000)).is_heard
        };
        assert!(!since(Some(900)), "what it has kept since may be the round");
        assert!(!since(None), "it never has");
        assert!(since(Some(100_000)));
    }
}
