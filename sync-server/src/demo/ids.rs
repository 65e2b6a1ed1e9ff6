//! The ids of the demo: the same in every demo, and readable enough to be typed.

use uuid::Uuid;

/// Version 7 and a day long ago, so that whatever people add later is newer.
const BASE: u128 = 0x0197_d000_0000_7000_8000_0000_0000_0000;

/// What an id is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Campus = 1,
    Person = 2,
    Grant = 3,
    Area = 4,
    Inspection = 7,
    Finding = 8,
    /// What the forms of one morning check share; no record.
    Round = 9,
    Asset = 10,
    Run = 11,
}

/// The id of the thing with this number, such as `0197d000-0000-7000-8000-000200000003` for the third person.
pub(super) fn id(of: Of, number: u32) -> Uuid {
    Uuid::from_u128(BASE | ((of as u128) << 32) | u128::from(number))
}
