//! Children at the door: who came, who leaves with whom, and what about that is alarming.
//!
//! Rows, such as handovers, lines of the list and slips of medicine, are corrected, voided and answered by `entry.*`.

mod attendance;
mod day;
mod find;
mod give;
pub(super) mod view;

use crate::command::{Command, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read(
            "handover.day",
            "Gives a day at the door: the classes in numbers, their children with who may fetch them, what is alarming; it writes nothing.",
            day::day,
        ),
        read(
            "handover.alarms",
            "Gives what is alarming and was not answered, of the last seven days and for as long as its finding stands open, the worst first.",
            day::open_alarms,
        ),
        read(
            "handover.find",
            "Finds children and who may fetch them by what is typed: a part of a name, its pinyin, its initials or a number.",
            find::find,
        ),
        write(
            "handover.give",
            "Writes that children came, or left with an adult, siblings at once; what is alarming is asked about, and kept.",
            give::give,
        ),
        write(
            "handover.attendance",
            "Writes the counts of a class from who came: numbers alone, for the kitchen and everybody else.",
            attendance::attendance,
        ),
    ]
}
