//! A paper as a file, and what is written down of it when it leaves.

use domain::sheet::Sheet;
use domain::sight::Sight;

/// A paper as a file: nothing of it is kept by the program once it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetFile {
    /// What it is called: the paper, its days, who took it out and when.
    pub name: String,
    /// The type of its bytes.
    pub mime: &'static str,
    /// How many rows it has.
    pub rows: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A file that is whole and was not given away yet.
#[derive(Clone, Debug)]
pub(crate) struct Exported {
    /// The file.
    pub(crate) file: SheetFile,
    /// What is written down when it leaves.
    pub(crate) leaving: Leaving,
    /// With which sight it was made, where it holds what not everybody sees.
    pub(crate) sight: Option<Sight>,
}

/// What is written down of something that leaves the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaving {
    /// The code of the paper, or the kind of the list.
    pub(crate) code: String,
    /// What people call it.
    pub(crate) title: String,
    /// Of which days.
    pub(crate) period: String,
    /// How many rows it has.
    pub(crate) rows: usize,
}

/// What stands for the days of what is of no days.
pub(crate) const EVERYTHING: &str = "全部";

impl From<&Sheet> for Leaving {
    fn from(sheet: &Sheet) -> Self {
        let source = &sheet.source;
        let place = source.place.as_deref().map(|place| format!("（{place}）")).unwrap_or_default();
        Self {
            code: sheet.code.clone(),
            title: format!("{}{place}", sheet.title),
            period: source.days.map_or_else(|| EVERYTHING.to_owned(), |(from, to)| format!("{from} ~ {to}")),
            rows: sheet.rows.len(),
        }
    }
}
