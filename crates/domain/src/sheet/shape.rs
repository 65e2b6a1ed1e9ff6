//! What a sheet is made of.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::field::{Cell, Language};
use crate::time::UtcMillis;

/// The shape of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetShape {
    /// A day sheet: the rows of each day under its date.
    Day,
    /// A grid: a row for each thing, a column for each day.
    Grid,
    /// A running ledger: one row an event.
    Ledger,
    /// A report: each row by itself, as headings and text.
    Report,
}

impl SheetShape {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Grid => "grid",
            Self::Ledger => "ledger",
            Self::Report => "report",
        }
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which paper, such as `duty_shift`.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// Its shape.
    pub shape: SheetShape,
    /// Whether it lies on its side.
    pub is_landscape: bool,
    /// The language that it is written in.
    pub language: Language,
    /// Its columns; the number of the row is none of them.
    pub columns: Vec<SheetColumn>,
    /// Its rows, each with a cell for every column, numbered by their place.
    pub rows: Vec<Line>,
    /// What was expected and is not there, by day.
    pub gaps: Vec<Gap>,
    /// The last day of which gaps are told: what is later is not over, or not known here yet.
    pub gaps_until: Option<NaiveDate>,
    /// What was corrected, in the order of the rows.
    pub corrections: Vec<Footnote>,
    /// How many rows of the period are void; they are left out.
    pub void: usize,
    /// How many rows only a newer app can read; they are left out.
    pub newer: usize,
    /// Who signs it.
    pub signatures: Vec<Signer>,
    /// What stands above the table beside what every paper says.
    pub facts: Vec<Fact>,
    /// Where it comes from.
    pub source: Source,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Digits that are no quantity.
    Code,
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// Dates with a time of day.
    Moment,
}

impl ColumnKind {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Number => "number",
            Self::Date => "date",
            Self::Moment => "moment",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its key, such as the name of the field.
    pub key: String,
    /// Its heading, with the unit where there is one.
    pub label: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether a page has it as a column of its own; what stands in the others goes into the remarks there.
    pub is_main: bool,
    /// Whether it names people, or tells something of them that not everybody sees.
    pub is_personal: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The record that it tells of; none for the row of a grid.
    pub record: Option<String>,
    /// The day that it belongs to.
    pub day: Option<NaiveDate>,
    /// A cell for every column.
    pub cells: Vec<Cell>,
    /// 补录: whether it was written later than it should have been.
    pub is_late: bool,
    /// 待确认: whether people disagree about something in it.
    pub is_contested: bool,
    /// When it happened and when it was written down, on the clock of the campus; none where the row does not say both.
    pub times: Option<[NaiveDateTime; 2]>,
    /// 签字后补录: whether the page that was signed first did not have it.
    pub is_after_signing: bool,
}

/// Something that was expected and is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The day, or the first day of the week or month.
    pub day: NaiveDate,
    /// The last day of the week or month.
    pub until: Option<NaiveDate>,
    /// The place that it is missing for.
    pub place: Option<String>,
    /// What is missing, in words.
    pub what: String,
    /// The stored options that are missing.
    pub options: Vec<String>,
    /// Whom the row names for which it was expected; nobody where it was expected for no row.
    pub people: Vec<String>,
}

/// A correction, as a foot note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The number of its row, the first being 1.
    pub row: usize,
    /// The column.
    pub column: String,
    /// What was written first.
    pub original: String,
    /// What counts now.
    pub value: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When, on the clock of the campus.
    pub at: String,
    /// Whether people corrected it at the same time and say different things.
    pub is_contested: bool,
}

/// Somebody who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The field or act whose people sign here, `created`, `check` or `lead`.
    pub key: String,
    /// As what.
    pub label: String,
    /// Whom the rows name as such.
    pub names: Vec<String>,
}

/// Something that stands above the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: &'static str,
    /// What it says.
    pub text: String,
}

/// Where a sheet comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Whose it is.
    pub organisation: Option<String>,
    /// The campus.
    pub campus: Option<String>,
    /// The one place that it is about; none for the whole campus.
    pub place: Option<String>,
    /// The first and the last day; none for everything that is on file.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// 数据截至: when this device last heard all that the server had; none where it never did.
    pub as_of: Option<UtcMillis>,
    /// The names of the devices that were silent for more than a day, as far as they are known: what they hold may not be here.
    pub silent: Vec<String>,
    /// Who made it.
    pub made_by: Option<String>,
    /// When.
    pub made_at: UtcMillis,
    /// Where its days begin and end.
    pub zone: Tz,
}

impl Source {
    /// The names of the devices that were silent, behind each other; none where none was.
    pub fn silent(&self, language: Language) -> Option<String> {
        (!self.silent.is_empty()).then(|| self.silent.join(language.of("、", ", ")))
    }
}

impl Sheet {
    /// Whether people are named in it.
    pub fn is_personal(&self) -> bool {
        self.columns.iter().any(|column| column.is_personal)
    }

    /// What stands above the table, in the language of the sheet.
    pub fn head(&self) -> Vec<Fact> {
        let of = |zh, en| self.language.of(zh, en);
        let source = &self.source;
        let days = match source.days {
            Some((from, to)) if from == to => from.to_string(),
            Some((from, to)) => format!("{from} {} {to}", of("至", "to")),
            None => of("全部在册", "all on file").to_owned(),
        };
        let as_of = source.as_of.map_or_else(
            || of("本机从未同步", "never exchanged").to_owned(),
            |at| at.local(source.zone).format("%Y-%m-%d %H:%M").to_string(),
        );
        let made = source.made_at.local(source.zone).format("%Y-%m-%d %H:%M");
        let by = source.made_by.as_deref().map_or_else(|| made.to_string(), |by| format!("{by} {made}"));
        let facts = [
            ("单位", "School", source.organisation.clone()),
            ("校区", "Campus", source.campus.clone().filter(|campus| source.organisation.as_ref() != Some(campus))),
            ("地点", "Place", source.place.clone()),
            ("日期", "Days", Some(days)),
            ("数据截至", "Data up to", Some(as_of)),
            ("一天以上未联系的平板", "Not heard from for a day", source.silent(self.language)),
            ("制表", "Made by", Some(by)),
            ("", "", self.is_personal().then(|| of("含个人信息", "names people").to_owned())),
        ];
        let facts = facts.into_iter().filter_map(|(zh, en, text)| Some(Fact { label: of(zh, en), text: text? }));
        facts.chain(self.facts.iter().cloned()).collect()
    }

    /// The last line: how many rows there are, and how many are left out.
    pub fn foot(&self) -> String {
        let (rows, void, newer) = (self.rows.len(), self.void, self.newer);
        let mut foot = match self.language {
            Language::Zh => format!("共 {rows} 行"),
            Language::En => format!("Rows: {rows}"),
        };
        if void > 0 {
            foot += &match self.language {
                Language::Zh => format!("，作废 {void} 行未列"),
                Language::En => format!(", void ones left out: {void}"),
            };
        }
        if newer > 0 {
            foot += &match self.language {
                Language::Zh => format!("，{newer} 行需更新应用后才能列出"),
                Language::En => format!(", left out since only a newer app can read them: {newer}"),
            };
        }
        foot
    }
}

/// The name of the file that a sheet goes into: what it is, of which days, who took it out and when; no sign in it means anything to
/// a file system.
pub fn file_name(sheet: &Sheet, extension: &str) -> String {
    let source = &sheet.source;
    let days = source.days.map(|(from, to)| if from == to { from.to_string() } else { format!("{from}_{to}") });
    let made = source.made_at.local(source.zone).format("%Y%m%d-%H%M").to_string();
    let personal = sheet.is_personal().then(|| sheet.language.of("含个人信息", "names-people").to_owned());
    let parts = [Some(sheet.title.clone()), source.place.clone(), days, personal, source.made_by.clone(), Some(made)];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join("_");
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).take(MOST_OF_A_NAME).collect();
    format!("{name}.{extension}")
}

/// So many characters at most, so that the name fits every file system.
const MOST_OF_A_NAME: usize = 75;

/// A cell as it is printed.
pub fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Code(text) => text.clone(),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}
