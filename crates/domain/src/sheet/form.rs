//! The columns of a paper that no register declares, as data: whoever hands in another form has another file.
//!
//! ```text
//! paper  | patrols | 巡查记录 | Patrol record
//! shape  | day ; landscape
//! period | day
//! sign   | lead | 主管 | Supervisor
//! column | by | 巡查人 | Walked by | text | personal
//! ```
//! `#` begins a line that says nothing. A column is `aside` where a page puts it into its remarks, and `personal` where it names people.

use std::sync::LazyLock;

use thiserror::Error;

use super::period::PeriodKind;
use super::shape::{ColumnKind, SheetColumn, SheetShape, Signer};
use crate::field::{Cell, Language};

/// A word in both languages.
type Both = (String, String);

/// A paper, as its file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperForm {
    /// Which.
    pub code: String,
    /// What people call it, in Chinese and in English.
    pub title: Both,
    /// Its shape.
    pub shape: SheetShape,
    /// Whether it lies on its side.
    pub is_landscape: bool,
    /// For how long it is made at a time.
    pub period: PeriodKind,
    columns: Vec<FormColumn>,
    signers: Vec<(String, Both)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FormColumn {
    key: String,
    label: Both,
    kind: ColumnKind,
    is_main: bool,
    is_personal: bool,
}

/// A line that is no line of a form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct FormError {
    /// Its number, the first being 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
}

impl PaperForm {
    /// The form in the text of a file.
    ///
    /// # Errors
    /// For a line that is none, for a key that stands twice, and where the name, the shape, the period or all columns are missing.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let (mut head, mut shape, mut period) = (None, None, None);
        let (mut columns, mut signers): (Vec<FormColumn>, Vec<(String, Both)>) = (Vec::new(), Vec::new());
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.split('#').next().unwrap_or_default().trim();
            if text.is_empty() {
                continue;
            }
            let parts: Vec<&str> = text.split('|').map(str::trim).collect();
            let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
            match parts[..] {
                ["paper", code, zh, en] => head = Some((code.to_owned(), both(zh, en))),
                ["shape", words] => shape = shape_of(words),
                ["period", "day"] => period = Some(PeriodKind::Day),
                ["period", "week"] => period = Some(PeriodKind::Week),
                ["period", "month"] => period = Some(PeriodKind::Month),
                ["sign", key, zh, en] => signers.push((key.to_owned(), both(zh, en))),
                ["column", key, zh, en, kind, ref flags @ ..] => {
                    let kind = kind_of(kind).ok_or(FormError { line, problem: "no such sort of cells" })?;
                    if flags.iter().any(|flag| !matches!(*flag, "aside" | "personal")) {
                        return Err(FormError { line, problem: "no such flag" });
                    }
                    if columns.iter().any(|column| column.key == key) {
                        return Err(FormError { line, problem: "a column of this key stands above" });
                    }
                    columns.push(FormColumn {
                        key: key.to_owned(),
                        label: both(zh, en),
                        kind,
                        is_main: !flags.contains(&"aside"),
                        is_personal: flags.contains(&"personal"),
                    });
                }
                _ => return Err(FormError { line, problem: "no such line" }),
            }
        }
        let missing = |problem| FormError { line: 0, problem };
        let (code, title) = head.ok_or(missing("it has no name"))?;
        let (shape, is_landscape) = shape.ok_or(missing("it has no shape"))?;
        let period = period.ok_or(missing("it has no period"))?;
        if columns.is_empty() {
            return Err(missing("it has no column"));
        }
        Ok(Self { code, title, shape, is_landscape, period, columns, signers })
    }

    /// The columns in a language.
    pub fn columns(&self, language: Language) -> Vec<SheetColumn> {
        let column = |column: &FormColumn| SheetColumn {
            key: column.key.clone(),
            label: language.of(&column.label.0, &column.label.1).to_owned(),
            kind: column.kind,
            is_main: column.is_main,
            is_personal: column.is_personal,
        };
        self.columns.iter().map(column).collect()
    }

    /// Who signs, in a language; `names` gives whom the rows name as such.
    pub fn signers(&self, language: Language, names: impl Fn(&str) -> Vec<String>) -> Vec<Signer> {
        let signer = |(key, label): &(String, Both)| Signer {
            key: key.clone(),
            label: language.of(&label.0, &label.1).to_owned(),
            names: names(key),
        };
        self.signers.iter().map(signer).collect()
    }

    /// The cells of a row: those that are given under the keys of the columns, and nothing under any other.
    pub fn cells(&self, mut given: Vec<(&str, Cell)>) -> Vec<Cell> {
        let mut take = |key: &str| {
            let at = given.iter().position(|(known, _)| *known == key);
            at.map_or(Cell::Empty, |at| given.swap_remove(at).1)
        };
        self.columns.iter().map(|column| take(&column.key)).collect()
    }
}

fn shape_of(words: &str) -> Option<(SheetShape, bool)> {
    let (shape, side) = words.split_once(';')?;
    let shape = match shape.trim() {
        "day" => SheetShape::Day,
        "grid" => SheetShape::Grid,
        "ledger" => SheetShape::Ledger,
        _ => return None,
    };
    match side.trim() {
        "landscape" => Some((shape, true)),
        "portrait" => Some((shape, false)),
        _ => None,
    }
}

fn kind_of(word: &str) -> Option<ColumnKind> {
    let all = [ColumnKind::Text, ColumnKind::Code, ColumnKind::Number, ColumnKind::Date, ColumnKind::Moment];
    all.into_iter().find(|kind| kind.code() == word)
}

const SOURCES: [&str; 7] = [
    include_str!("../../presets/papers/patrols.txt"),
    include_str!("../../presets/papers/patrols_fire.txt"),
    include_str!("../../presets/papers/patrols_day.txt"),
    include_str!("../../presets/papers/patrols_month.txt"),
    include_str!("../../presets/papers/patrols_points.txt"),
    include_str!("../../presets/papers/meals_day.txt"),
    include_str!("../../presets/papers/meals_ledgers.txt"),
];

static FORMS: LazyLock<Result<Vec<PaperForm>, FormError>> =
    LazyLock::new(|| SOURCES.iter().map(|text| PaperForm::parse(text)).collect());

/// The papers that are compiled in.
pub fn paper_forms() -> &'static [PaperForm] {
    // The files are compiled in, and a test below parses every one of them.
    FORMS.as_ref().expect("the compiled-in papers parse")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &str = "paper | x | 甲 | A\nshape | day ; portrait\nperiod | day\ncolumn | a | 甲 | A | text\n";

    #[test]
    fn the_papers_of_patrols_and_of_meals_are_there_in_both_languages() {
        let codes: Vec<&str> = paper_forms().iter().map(|form| form.code.as_str()).collect();
        let patrols = ["patrols", "patrols/fire", "patrols/day", "patrols/month", "patrols/points"];
        assert_eq!((&codes[..5], &codes[5..]), (&patrols[..], &["meals/day", "meals/ledgers"][..]));
        for form in paper_forms() {
            let english = form.columns(Language::En);
            assert!(english.iter().all(|column| column.label.is_ascii()), "{}", form.code);
            assert_eq!(form.signers(Language::Zh, |_| Vec::new()).len(), 2, "{}", form.code);
        }
    }

    #[test]
    fn cells_stand_under_their_keys_in_whatever_order_the_file_has_them() {
        let form = PaperForm::parse(&format!("{SHORT}column | b | 乙 | B | number | aside\n")).expect("a form");
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(form.cells(vec![("b", text("2")), ("c", text("3")), ("a", text("1"))]), [text("1"), text("2")]);
        assert_eq!(form.cells(Vec::new()), [Cell::Empty, Cell::Empty]);
        assert!(!form.columns(Language::Zh)[1].is_main && form.columns(Language::Zh)[0].is_main);
    }

    #[test]
    fn a_file_that_is_no_form_says_which_line() {
        let wrong = |text: &str| PaperForm::parse(text).map_err(|error| error.line);
        assert_eq!(wrong(&format!("{SHORT}column | b | 乙 | B | colour\n")), Err(5));
        assert_eq!(wrong(&format!("{SHORT}column | b | 乙 | B | text | loud\n")), Err(5));
        assert_eq!(wrong(&format!("{SHORT}column | a | 乙 | B | text\n")), Err(5));
        assert_eq!(wrong(&format!("{SHORT}shoes\n")), Err(5));
        assert_eq!(wrong(&SHORT.replace("portrait", "round")), Err(0));
        assert_eq!(wrong(""), Err(0));
    }
}
