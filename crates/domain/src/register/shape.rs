//! What a register is: one kind of rows, as its declaration says it.

use serde_json::Value;

use super::act::{Act, Ask, Warn};
use super::condition::Condition;
use super::field::Field;
use super::rights::Rights;
use crate::field::Document;
use crate::kind::Class;
use crate::permission::Permission;
use crate::role::Role;

/// A compartment: rows that only devices hold that serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// Children and who may fetch them.
    Children,
    /// Visitors, and pupils who leave during lessons.
    Gate,
    /// Scans of certificates, and compensations.
    Confidential,
}

impl Hold {
    /// All compartments.
    pub const ALL: [Self; 3] = [Self::Children, Self::Gate, Self::Confidential];

    /// The code in declarations and ids.
    pub fn code(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Gate => "gate",
            Self::Confidential => "confidential",
        }
    }
}

/// A register.
#[derive(Debug)]
pub struct Register {
    /// The stored name of its kind.
    pub kind: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Which version of its declaration this is, from 1; a row that a later one wrote is kept, counted and not shown.
    pub form: u32,
    /// How its rows are edited.
    pub class: Class,
    /// Whether a person is asked to settle a conflict.
    pub asks: bool,
    /// The compartment that its rows live in.
    pub hold: Option<Hold>,
    /// The fields that make the id of a row, so that two tablets make one.
    pub key: Vec<String>,
    /// Who may do what.
    pub rights: Rights,
    /// The day that a row belongs to.
    pub day: Option<DayRule>,
    /// The field that says what a row is about.
    pub about: Option<String>,
    /// Where a row belongs.
    pub place: Option<PlaceRule>,
    /// The field that names the row it hangs on.
    pub parent: Option<String>,
    /// The stages, `void` first; the first whose rule holds is the row's, and the last one holds always.
    pub stages: Vec<Stage>,
    /// Until when something is to be done.
    pub dues: Vec<DueRule>,
    /// Who has to do it.
    pub assignees: Vec<AssigneeRule>,
    /// The dates between which a row is in force.
    pub valid: Option<(String, String)>,
    /// The columns and the order of its list.
    pub list: List,
    /// How it is printed.
    pub paper: Option<Paper>,
    /// How it is printed as a grid.
    pub grid: Option<Grid>,
    /// The fields by which a line of a spreadsheet is found again; empty where nothing is imported.
    pub matches: Vec<String>,
    /// How long its rows are kept.
    pub keep: Option<Keep>,
    /// The parts that have readers or a time of their own.
    pub parts: Vec<Part>,
    /// The rows that are expected.
    pub expects: Vec<Expect>,
    /// How much later than it happened a row may be written, in milliseconds, before it is late.
    pub late: Option<i64>,
    /// For how long its author may still change a row, in milliseconds.
    pub edit: Option<i64>,
    /// Words that several options share, to look up a table of settings.
    pub groups: Vec<Group>,
    /// Its fields, in the order of the form.
    pub fields: Vec<Field>,
    /// What can be done with a row.
    pub acts: Vec<Act>,
    /// What is said of a row that looks wrong.
    pub warns: Vec<Warn>,
}

/// The day that a row belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRule {
    /// A date, or an instant.
    pub field: String,
    /// Whether an instant before six in the morning belongs to the day before.
    pub is_night: bool,
}

/// Where a row belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceRule {
    /// A field names it.
    Field(String),
    /// The record that a field names says so, now.
    Of(String),
}

/// A stage that a row can be at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its stored code.
    pub code: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// When a row is at it: one of these; the last stage has none.
    pub when: Vec<StageRule>,
}

/// One way to come to a stage: all acts applied, and the condition holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageRule {
    /// The acts that must have applied.
    pub acts: Vec<String>,
    /// What must hold besides.
    pub condition: Condition,
}

/// Until when something is to be done, at some stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// From when it is counted.
    pub from: DueFrom,
    /// The stages at which it is due; empty for all but void.
    pub stages: Vec<String>,
}

/// From when a due time is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueFrom {
    /// A date, whose day ends it, or an instant; and so many milliseconds more.
    Field(String, i64),
    /// So many minutes after midnight of the row's day.
    TimeOfDay(u32),
}

/// Who has to do something, at some stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssigneeRule {
    /// The field that names the person.
    pub field: String,
    /// The stages at which it holds; empty for all but void.
    pub stages: Vec<String>,
}

/// The columns and the order of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The fields shown.
    pub columns: Vec<String>,
    /// The stage whose rows come first.
    pub first: Option<String>,
    /// The field that orders the rest; none for newest first.
    pub by: Option<String>,
}

/// The shape of a printed page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A day: one row an item.
    Day,
    /// A running ledger: one row an event.
    Ledger,
    /// A slip for one row.
    Slip,
}

/// How a register is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The shape.
    pub shape: Shape,
    /// The parts that a day falls into.
    pub by: Vec<String>,
    /// Whether it lies on its side.
    pub is_landscape: bool,
    /// The permission without which nobody gets the page at all.
    pub reader: Option<Permission>,
    /// The fields and acts whose people sign.
    pub sign: Vec<String>,
    /// Whether it bears a code by which it is compared.
    pub has_code: bool,
}

/// How a register is printed as a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The number of the paper.
    pub code: String,
    /// The field that makes the rows.
    pub row: String,
    /// What makes the columns, such as `day`.
    pub column: String,
    /// The field in the cells.
    pub cell: String,
    /// Whether several values of a cell stand worst first: its options are declared from the best to the worst.
    pub is_worst_first: bool,
    /// What one page is for, such as `class` and `week`.
    pub per: Vec<String>,
}

/// How long something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many days, from the row's day.
    Days(u32),
    /// So many years, from the row's day.
    Years(u32),
    /// Until so many days after the end of the term.
    TermAndDays(u32),
    /// As long as the record that a field names.
    With(String),
}

/// A part of a row that is a record of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name; the kind of its record is `<kind>_<name>`.
    pub name: String,
    /// How long it is kept; none for as long as the row.
    pub keep: Option<Keep>,
    /// The compartment that it lives in.
    pub hold: Option<Hold>,
}

/// Rows that are expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// What they are expected for.
    pub each: Each,
    /// What there is one for: `class`, `kitchen`, `post`; none for the campus.
    pub per: Option<String>,
    /// Whose work it is; who else may write it does so in their stead. Empty where it is that of all who may.
    pub roles: Vec<Role>,
    /// Only rows of which this holds count.
    pub only: Condition,
}

/// What rows are expected for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Each {
    /// Each day.
    Day,
    /// Each day of school.
    SchoolDay,
    /// Each week.
    Week,
    /// Each month.
    Month,
    /// Each meal that the campus serves.
    Meal,
    /// Each row of this kind at this stage, within so many milliseconds; any stage but void where none is named.
    Row {
        /// The kind.
        kind: String,
        /// The stage.
        stage: Option<String>,
        /// Until when.
        by: Option<i64>,
    },
}

/// One word for several options of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The word by which conditions and limits call it, such as `group`.
    pub name: String,
    /// The field whose options are grouped.
    pub of: String,
    /// Each option with its group.
    pub words: Vec<(String, String)>,
}

/// The stage of a row that was voided; every register has it, first of all.
pub const VOID: &str = "void";

impl Register {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that a stored path belongs to, such as `items` for `items/key/counted`.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        let name = path.split_once('/').map_or(path, |(name, _)| name);
        let field = self.field(name)?;
        let pattern = |own: &crate::field::Pattern| matches_suffix(&own.suffix, &path[name.len()..]);
        field.stored()?.paths().iter().any(pattern).then_some(field)
    }

    /// The act with this code.
    pub fn act(&self, code: &str) -> Option<&Act> {
        self.acts.iter().find(|act| act.code == code)
    }

    /// The stage with this code.
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.code == code)
    }

    /// The value asked for by an act under this name, in any of its acts.
    pub fn ask(&self, name: &str) -> Option<&Ask> {
        self.acts.iter().flat_map(|act| &act.asks).find(|ask| ask.name == name)
    }

    /// Whether its rows leave by a door in a file: what lives in a compartment leaves by the office's door alone, a tablet prints it.
    pub fn leaves_by(&self, is_office: bool) -> bool {
        self.hold.is_none() || is_office
    }

    /// Whether rows at this stage wait for something: an act leads from it to another stage.
    pub fn is_open(&self, stage: &str) -> bool {
        let is_named = |act: &Act| {
            self.stages.iter().flat_map(|stage| &stage.when).any(|rule| {
                rule.acts.contains(&act.code)
                    || rule.condition.fields().any(|field| act.sets.iter().any(|set| set.field == field))
            })
        };
        self.acts.iter().any(|act| act.from.iter().any(|from| from == stage) && is_named(act))
    }

    /// The fields that name a person.
    pub fn people(&self) -> impl Iterator<Item = &Field> {
        let names = |field: &&Field| field.stored().is_some_and(|of| of.refers() == Some("person"));
        self.fields.iter().filter(names)
    }

    /// The people whom a row names.
    pub fn named_in<'a>(&self, document: &'a Document) -> impl Iterator<Item = &'a str> {
        let values = self.people().filter_map(move |field| document.get(&field.name));
        values.flat_map(|value| match value {
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            one => Vec::from_iter(one.as_str()),
        })
    }
}

/// Whether what follows a name in a path fits a suffix, `*` standing for one part.
fn matches_suffix(suffix: &str, rest: &str) -> bool {
    let (mut suffix, mut rest) = (suffix.split('/'), rest.split('/'));
    loop {
        match (suffix.next(), rest.next()) {
            (None, None) => return true,
            (Some("*"), Some(part)) if !part.is_empty() => {}
            (Some(own), Some(part)) if own == part => {}
            _ => return false,
        }
    }
}
