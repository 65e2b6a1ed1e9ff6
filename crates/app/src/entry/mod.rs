//! Rows of registers. No kind's name stands here: what differs between registers, their declarations say.

pub(crate) mod declared;
pub(crate) mod earlier;
pub(crate) mod facts;
pub(crate) mod finding;
pub(crate) mod judging;
pub(crate) mod kin;
pub(crate) mod look;
pub(crate) mod naming;
mod one_thing;
pub(crate) mod parts;
pub(crate) mod past;
pub(crate) mod place;
pub(crate) mod preset;
pub(crate) mod row;
pub(crate) mod saving;
pub(crate) mod shared;
mod stored;
pub(crate) mod view;

pub(crate) use self::place::{
    absent, campus_of, check_here, form, is_here, is_locked_away, is_newer, named, scopes, stages_in_use, unknown_kind,
};
pub(crate) use self::stored::Entry;
