//! Reads a declaration: one text is one register.

mod act;
mod field;
mod head;
mod known;
mod lines;
mod stage;
mod whole;
mod words;

use super::error::{RegisterError, Wrong};
use super::field::{Field, FieldOf};
use super::rights::Rights;
use super::shape::{List, Part, Register};
use crate::field::parse_type;
use crate::kind::Class;
use known::Known;
use lines::{Line, is_name};

pub(crate) use lines::cut;
pub(crate) use words::{keep_time, permission, sight as entry};

/// Kinds that begin so are kept for registers that an organisation makes itself, one day.
const FOREIGN: &str = "x_";

/// Reads a register from its text.
///
/// # Errors
/// The first [`RegisterError`]: where, what is wrong, and what to write. No text makes it panic.
///
/// # Example
/// ```
/// let text = "kind | key_box | 钥匙箱 | Key box\nclass | evidence\nrights | write keep_shift ; see keep_shift\n\
///             name | 钥匙 | Key | TXT[1,40] | ! ; search\n";
/// let register = domain::register::parse("key_box.txt", text).expect("a register");
/// assert_eq!(register.fields[0].declared(), "TXT[1,40]");
/// let error = domain::register::parse("key_box.txt", &text.replace("TXT[1,40]", "TXT")).expect_err("no limits");
/// assert!(error.to_string().starts_with("key_box.txt:4: \"TXT\" is no field type; write TXT[least,most]"));
/// ```
pub fn parse(file: &str, text: &str) -> Result<Register, RegisterError> {
    let at = |line: usize| move |wrong: Wrong| wrong.at(file, line);
    let lines = lines::cut(text).map_err(|(line, wrong)| wrong.at(file, line))?;
    let mut sorted = Sorted::default();
    for (place, line) in lines.iter().enumerate() {
        sorted.add(line, place == 0).map_err(at(line.number))?;
    }
    sorted.register(file)
}

/// The lines of a declaration by what they are.
#[derive(Default)]
struct Sorted<'a> {
    kind: Option<&'a Line<'a>>,
    heads: Vec<(usize, &'a str, &'a str)>,
    tables: Vec<(usize, &'a str)>,
    fields: Vec<&'a Line<'a>>,
    acts: Vec<&'a Line<'a>>,
    warns: Vec<&'a Line<'a>>,
}

impl<'a> Sorted<'a> {
    fn add(&mut self, line: &'a Line<'a>, is_first: bool) -> Result<(), Wrong> {
        let first = line.cells[0];
        match (line.cells.len(), first) {
            (4, "kind") if is_first => self.kind = Some(line),
            _ if is_first => {
                return Err(Wrong::new("the first line names no kind", "begin with kind | name | zh | en"));
            }
            _ if first.starts_with("act ") => self.acts.push(line),
            _ if first.starts_with("warn ") => self.warns.push(line),
            _ if first.starts_with("hook ") => {
                return Err(Wrong::new(format!("{first:?} is not known"), "leave it out until there is such a hook"));
            }
            (2, "table") => self.tables.push((line.number, line.cells[1])),
            (2, key) if head::KEYS.contains(&key) => {
                if self.heads.iter().any(|(_, own, _)| *own == key) && !head::REPEATED.contains(&key) {
                    return Err(Wrong::new(format!("{key:?} stands twice"), "join the two lines"));
                }
                self.heads.push((line.number, key, line.cells[1]));
            }
            (2, key) => {
                return Err(Wrong::new(
                    format!("{key:?} is no head line"),
                    format!("write one of {}", head::KEYS.join(", ")),
                ));
            }
            (4 | 5, _) => self.fields.push(line),
            (count, _) => {
                let write = "a head line has 2 columns, a field 4 or 5, an act or a warning 5";
                return Err(Wrong::new(format!("this line has {count} columns"), write));
            }
        }
        Ok(())
    }

    fn heads(&self, key: &str) -> impl Iterator<Item = (usize, &'a str)> {
        let found: Vec<(usize, &str)> =
            self.heads.iter().filter(|(_, own, _)| *own == key).map(|(line, _, value)| (*line, *value)).collect();
        found.into_iter()
    }

    fn register(&self, file: &str) -> Result<Register, RegisterError> {
        let at = |line: usize| move |wrong: Wrong| wrong.at(file, line);
        let missing = |what: &str, write: &str| Wrong::new(format!("the {what} is missing"), write).at(file, 0);
        let kind = self.kind.ok_or_else(|| missing("kind", "begin with kind | name | zh | en"))?;
        let mut register = named(kind).map_err(at(kind.number))?;
        let mut known = Known::default();
        register.fields = self.declared(&mut known).map_err(|(line, wrong)| wrong.at(file, line))?;
        for (line, value) in &self.tables {
            known.groups.push(stage::group(value, &known).map_err(at(*line))?);
        }
        for (line, value) in self.heads("part") {
            let part = words::part(value, &known).map_err(at(line))?;
            register.parts.push(part);
        }
        self.flags(&mut register.fields, &known, &register.parts).map_err(|(line, wrong)| wrong.at(file, line))?;
        register.stages = match self.heads("stages").next() {
            Some((line, value)) => stage::stages(value, &known).map_err(at(line))?,
            None => stage::only_one(),
        };
        for line in &self.acts {
            register.acts.push(act::act(line, &known, &register.stages).map_err(at(line.number))?);
        }
        for (line, key, value) in &self.heads {
            head::read(&mut register, key, value, &known).map_err(at(*line))?;
        }
        for line in &self.warns {
            register.warns.push(act::warn(line, &known).map_err(at(line.number))?);
        }
        register.groups = known.groups;
        if self.heads("class").next().is_none() {
            return Err(missing("class", "write class | evidence, ledger, master or plan"));
        }
        if register.rights == Rights::default() {
            return Err(missing("line of rights", "write rights | write PERMISSION ; see PERMISSION"));
        }
        let line_of = |name: &str| self.fields.iter().find(|line| line.cells[0] == name).map_or(0, |line| line.number);
        whole::check(&mut register).map_err(|(field, wrong)| wrong.at(file, line_of(&field)))?;
        Ok(register)
    }

    /// All fields without their flags, with the times that acts fill in and nobody declared.
    fn declared(&self, known: &mut Known) -> Result<Vec<Field>, (usize, Wrong)> {
        let mut fields: Vec<Field> = Vec::new();
        let mut add = |line: usize, field: Field, known: &mut Known| {
            if fields.iter().any(|other| other.name == field.name) {
                return Err((line, Wrong::new(format!("{} stands twice", field.name), "give it another name")));
            }
            known.add(&field);
            fields.push(field);
            Ok(())
        };
        for line in &self.fields {
            let field = field::declared(line).map_err(|wrong| (line.number, wrong))?;
            add(line.number, field, known)?;
        }
        for line in &self.acts {
            let code = act::code(line.cells[0], "act").unwrap_or_default();
            if known.acts.iter().any(|own| own == code) {
                return Err((
                    line.number,
                    Wrong::new(format!("the act {code:?} stands twice"), "give it another code"),
                ));
            }
            known.acts.push(code.to_owned());
            for name in act::set_to_now(line).filter(|name| is_name(name)) {
                if known.field(name).is_err() {
                    let label = |cell: usize| line.cells.get(cell).copied().unwrap_or_default();
                    let of = parse_type("INSTANT").map_err(|error| (line.number, error.into()))?;
                    let (zh, en) = (format!("{}时间", label(1)), format!("{} at", label(2)));
                    let time = Field { is_own: true, ..field::bare(name, &zh, &en, FieldOf::Stored(of)) };
                    add(line.number, time, known)?;
                }
            }
        }
        Ok(fields)
    }

    fn flags(&self, fields: &mut [Field], known: &Known, parts: &[Part]) -> Result<(), (usize, Wrong)> {
        for line in &self.fields {
            let Some(field) = fields.iter_mut().find(|field| field.name == line.cells[0]) else { continue };
            let text = line.cells.get(4).copied().unwrap_or_default();
            field::check_type(field, known)
                .and_then(|()| field::flags(field, text, known, parts))
                .map_err(|wrong| (line.number, wrong))?;
        }
        Ok(())
    }
}

/// A register of which only the name is known.
fn named(line: &Line<'_>) -> Result<Register, Wrong> {
    let [_, kind, zh, en] = line.cells[..] else {
        return Err(Wrong::new("no kind", "begin with kind | name | zh | en"));
    };
    if !is_name(kind) || kind.starts_with(FOREIGN) || zh.is_empty() || en.is_empty() {
        let write = "write small letters, digits and _, not x_ in front, and a Chinese and an English name";
        return Err(Wrong::new(format!("{kind:?} cannot be a kind"), write));
    }
    Ok(Register {
        kind: kind.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        class: Class::Evidence,
        asks: true,
        hold: None,
        key: Vec::new(),
        rights: Rights::default(),
        day: None,
        about: None,
        place: None,
        parent: None,
        stages: Vec::new(),
        dues: Vec::new(),
        assignees: Vec::new(),
        valid: None,
        list: List::default(),
        paper: None,
        grid: None,
        matches: Vec::new(),
        keep: None,
        parts: Vec::new(),
        expects: Vec::new(),
        late: None,
        form: 1,
        edit: None,
        groups: Vec::new(),
        fields: Vec::new(),
        acts: Vec::new(),
        warns: Vec::new(),
    })
}
