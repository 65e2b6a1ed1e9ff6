//! Registers: rows that somebody writes, signs, closes and shows. One data file declares one of them.

mod act;
mod amend;
mod built_in;
mod condition;
mod derived;
mod entry;
mod error;
mod field;
mod filled;
mod fold;
mod habit;
mod judge;
mod key;
mod lateness;
mod parse;
mod rights;
mod save;
mod saving;
mod saw;
mod serves;
mod shape;
mod standing;
mod value;

pub use act::{Act, Ask, Cause, Counts, Level, Other, Set, SetTo, Warn};
pub use built_in::{all, hand_in, register};
pub use condition::{Clause, Condition, Operand, has, limit_of};
pub use entry::{ActEntry, Entries, Strike, Vouch};
pub use error::RegisterError;
pub(crate) use error::Wrong;
pub use field::{Field, FieldOf, FieldSight, From, Needed, Preset};
pub use fold::{FoldedRow, NotCounted, Outcome, fold, fold_corrected};
pub use habit::{Asked, Habit, KinRow, Tone, Worked, days_ahead, days_left, tone_of_days};
pub use key::{hold_scope, part_id};
pub use lateness::Happened;
pub use parse::parse;
pub(crate) use parse::{cut, entry as parse_entry, keep_time as parse_keep, permission as parse_permission};
pub use rights::{Entry, Right, Rights};
pub use save::CheckedRow;
pub use saving::Saving;
pub use saw::saw;
pub use serves::{Serves, campuses_among, holds_among, scopes_of};
pub use shape::{
    AssigneeRule, DayRule, DueFrom, DueRule, Each, Expect, Grid, Group, Hold, Keep, List, Paper, Part, PlaceRule,
    Register, Shape, Stage, StageRule, VOID,
};
pub use standing::{Standing, of_row, standing, standing_of};
pub use value::{BadValue, Warning};
