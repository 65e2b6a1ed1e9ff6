//! Who may see, write, correct and export the rows of a register, as its declaration says it.

use crate::permission::Permission;

/// What somebody wants to do with rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Writes new rows.
    Write,
    /// Reads rows.
    See,
    /// Learns how many there are, and nothing else.
    Count,
    /// Corrects and voids rows.
    Correct,
    /// Takes rows out of the program.
    Export,
}

/// One entry of a right: `PERMISSION [in place] [in own area] [mine] [about me] [of others] [open] [Nd]`; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The permission; none where anybody who is named has it.
    pub permission: Option<Permission>,
    /// Only rows of the places that were given to the person.
    pub is_in_place: bool,
    /// Only rows of the areas that are the person's own, or were given to them, whatever the role.
    pub is_in_own_area: bool,
    /// Only rows that the person made.
    pub is_mine: bool,
    /// Only rows in which a field names the person.
    pub is_about_me: bool,
    /// Only rows that are not about the person.
    pub is_of_others: bool,
    /// Only rows that are not closed.
    pub is_open: bool,
    /// Only rows of the last so many days; 1 is today.
    pub days: Option<u32>,
}

/// The rights of a register; one entry of a list is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Who writes.
    pub write: Vec<Entry>,
    /// Who reads.
    pub see: Vec<Entry>,
    /// Who learns how many there are.
    pub count: Vec<Entry>,
    /// Who corrects and voids.
    pub correct: Vec<Entry>,
    /// Who exports.
    pub export: Vec<Entry>,
}

impl Rights {
    /// The entries of a right.
    pub fn of(&self, right: Right) -> &[Entry] {
        match right {
            Right::Write => &self.write,
            Right::See => &self.see,
            Right::Count => &self.count,
            Right::Correct => &self.correct,
            Right::Export => &self.export,
        }
    }

    /// The entries of all rights.
    pub fn of_all(&self) -> impl Iterator<Item = &Entry> {
        [&self.write, &self.see, &self.count, &self.correct, &self.export].into_iter().flatten()
    }
}
