//! Registers: rows that somebody writes, signs, closes and shows. One data file declares one of them.

mod built_in;
mod condition;
mod derived;
mod entry;
mod error;
mod fold;
mod judge;
mod key;
mod parse;
mod rights;
mod save;
mod saw;
mod shape;
mod standing;
mod value;

pub use built_in::{all, register};
pub use condition::{Clause, Condition, Operand, has, limit_of};
pub use entry::{ActEntry, Entries, Strike, Vouch};
pub use error::RegisterError;
pub use fold::{Folded, NotCounted, Outcome, fold, fold_corrected};
pub use key::{hold_scope, part_id};
pub use parse::parse;
pub use rights::{Entry, Right, Rights};
pub use save::{Checked, Saving};
pub use saw::saw;
pub use shape::{
    Act, Ask, AssigneeRule, Counts, DayRule, DueFrom, DueRule, Each, Expect, Field, FieldOf, FieldSight, From, Grid,
    Group, Hold, Keep, Level, List, Needed, Other, Paper, Part, PlaceRule, Preset, Register, Set, SetTo, Shape, Stage,
    StageRule, VOID, Warn,
};
pub use standing::{Standing, of_row, standing, standing_of};
pub use value::{BadValue, Warning};
