//! The people of the demo by their numbers, from which their ids are made.

pub(super) const HEAD: u32 = 1;
pub(super) const LOGI: u32 = 2;
pub(super) const FSO: u32 = 3;
pub(super) const COOK: u32 = 4;
pub(super) const SECOND_COOK: u32 = 5;
/// 保育员 of a kindergarten, 保管员 of a school.
pub(super) const CARER: u32 = 6;
pub(super) const TEACHER: u32 = 7;
pub(super) const MEDIC: u32 = 8;
pub(super) const GUARD: u32 = 9;
pub(super) const FIXER: u32 = 10;
