//! Which column of a file is which field.

use domain::field::Language;
use domain::register::{Field, Register};
use domain::text::fold;

use crate::import::{Given, Line, Table, Wrong, cell_name};
use crate::sight::Viewer;

/// The columns that are read, and the lines below their heads.
pub(super) struct Heads<'t> {
    /// The place of a column, from 0, with its field.
    pub(super) columns: Vec<(usize, &'static Field)>,
    /// The lines.
    pub(super) lines: &'t [Line],
    /// Whether the cells have types.
    pub(super) is_typed: bool,
}

/// The heads stand in one of so many lines; above them may stand a title.
const FIRST_LINES: usize = 5;
/// Headings of a paper that are no fields: a file that was taken out and comes back has them.
const OF_PAPERS: [&str; 6] = ["序号", "no.", "记录人", "recorded by", "状态", "state"];
/// What no cell of a table can hold.
const NOT_IN_CELLS: [&str; 5] = ["PHOTOS", "SIG", "ROWS", "NOTES", "PEOPLE"];

/// Finds the heads.
///
/// # Errors
/// For heads that are missing, stand twice, are not known, or whose column is masked for the person.
pub(super) fn find<'t>(table: &'t Table, register: &'static Register, viewer: &Viewer) -> Result<Heads<'t>, Wrong> {
    let at = table.lines.iter().take(FIRST_LINES).position(|line| has_matches(line, register));
    let at = at.ok_or_else(|| missing(register))?;
    let (head, lines) = table.lines[at..].split_first().ok_or_else(|| missing(register))?;
    let mut columns: Vec<(usize, &'static Field)> = Vec::new();
    for (column, cell) in head.cells.iter().enumerate() {
        let Given::Text(text) = cell else { continue };
        let wrong = |zh: String, en: String| Wrong::of_cell(cell_name(head.number, column), zh, en);
        let Some(field) = field_of(register, text) else {
            if is_of_papers(register, text) {
                continue;
            }
            return Err(wrong(format!("没有「{text}」这一项"), format!("there is no field {text}")));
        };
        if !is_imported(field) {
            continue;
        }
        if columns.iter().any(|(_, known)| known.name == field.name) {
            // A paper has a column of its own for where a row stands, which may be called as a field is.
            if is_of_papers(register, text) {
                continue;
            }
            return Err(wrong(format!("「{text}」有两列"), format!("{text} stands in two columns")));
        }
        if !viewer.sight.sees_whole(register, &field.name) {
            return Err(wrong(
                format!("您看不全「{text}」，不能导入这一列"),
                format!("you do not see all of {text}, so it is not for you to import"),
            ));
        }
        columns.push((column, field));
    }
    Ok(Heads { columns, lines, is_typed: table.is_typed })
}

fn missing(register: &Register) -> Wrong {
    let of = |language: Language| {
        let fields = register.matches.iter().filter_map(|name| register.field(name));
        fields.map(|field| language.of(&field.zh, &field.en)).collect::<Vec<_>>().join(language.of("、", ", "))
    };
    Wrong::of_file(
        format!("没有找到表头；至少要有：{}", of(Language::Zh)),
        format!("there are no heads; at least there must be: {}", of(Language::En)),
    )
}

fn has_matches(line: &Line, register: &'static Register) -> bool {
    register.matches.iter().all(|name| {
        line.cells.iter().any(|cell| match cell {
            Given::Text(text) => field_of(register, text).is_some_and(|field| field.name == *name),
            _ => false,
        })
    })
}

/// A heading as it is compared: in one width and case, without blanks, and without a unit behind it.
fn plain(text: &str) -> String {
    let folded: String = fold(text).chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    folded.split_once('(').map_or(folded.as_str(), |(name, _)| name).to_owned()
}

fn field_of(register: &'static Register, text: &str) -> Option<&'static Field> {
    let text = plain(text);
    let is_called = |field: &&Field| [&field.zh, &field.en, &field.name].iter().any(|name| plain(name) == text);
    register.fields.iter().filter(|field| !text.is_empty() && !field.is_retired && !field.is_inner).find(is_called)
}

/// Whether people type the field, and in one cell.
fn is_imported(field: &Field) -> bool {
    let is_typed = !field.is_own && field.from.is_none();
    is_typed && field.stored().is_some_and(|of| !NOT_IN_CELLS.contains(&of.code()))
}

fn is_of_papers(register: &Register, text: &str) -> bool {
    let text = plain(text);
    let is_act = || register.acts.iter().any(|act| plain(&act.zh) == text || plain(&act.en) == text);
    text.is_empty() || OF_PAPERS.iter().any(|known| plain(known) == text) || is_act()
}
