//! Everything about one person, supplier, meter: the rows and records that name it, as far as who asks sees them.

mod csv;
mod erase;
mod naming;

use causal::RecordId;
use domain::permission::Permission;
use domain::register::{Field, Register, Right, all, register};
use domain::sight::KindSight;
use replica::{Condition, ListedRecord, Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::csv::about_csv;
use self::erase::{Basis, ErasureView, erase, erasure_of};
use self::naming::NamingRecord;
use crate::app::App;
use crate::called;
use crate::campus::Campus;
use crate::document::{checked_text, text};
use crate::dto::entry::EntryRow;
use crate::entry::kin::Kin;
use crate::entry::look::Look;
use crate::entry::naming::Naming;
use crate::entry::row::RowData;
use crate::entry::{campus_of, is_newer, scopes};
use crate::erasure::Subject;
use crate::error::CommandError;
use crate::exports::{EVERYTHING, Leaving};
use crate::names::Names;
use crate::people::{not_allowed, today};
use crate::sheet::{Way, disclose, is_office};
use crate::sight::{Seen, Viewer};
use crate::titles;

/// So many rows of one register are given, the newest first.
const MOST: u64 = 500;
/// The kind of people.
const PERSON: &str = "person";

/// Arguments of `entry.about`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// Whom or what it is about.
    id: Uuid,
    /// What is done with it; `show` when left out.
    #[serde(default, rename = "do")]
    what: What,
    /// What an export is for.
    #[serde(default)]
    purpose: Option<String>,
    /// Why somebody is erased.
    #[serde(default)]
    basis: Option<Basis>,
}

/// What is done with everything about somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AboutAction")]
enum What {
    /// It is shown, with the columns of lists.
    #[default]
    Show,
    /// It is taken out, with every field of every row; that it leaves is written down.
    Export,
    /// What no law wants kept about a person who has left, or a child, goes, in the office; the answer says what went, and what stays.
    Erase,
}

/// Everything about one record.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Everything {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// What people call it.
    title: String,
    /// The same in English; null where that is the same.
    title_en: Option<String>,
    /// The rows of registers that name it: by register, of one register the newest first.
    rows: Vec<EntryRow>,
    /// The records of other kinds that name it, such as findings; of people alone.
    records: Vec<NamingRecord>,
    /// Whether there are more rows or records than are given here.
    cut: bool,
    /// What erasing this person or child does; null for who may not, and for anything else.
    erasure: Option<ErasureView>,
    /// What was taken out, as lines of a table (CSV with a byte order mark); of an export alone.
    csv: Option<String>,
}

pub(super) fn about(app: &App, arguments: About) -> Result<Everything, CommandError> {
    let id = RecordId(arguments.id);
    let missing = || CommandError::not_found(format_args!("there is no record {id}")).field("id");
    let reading = app.store().get(id)?.filter(|reading| !reading.record.state.is_deleted()).ok_or_else(missing)?;
    if !Look::at(app, &reading.record)?.is_seen() {
        return Err(missing());
    }
    let kind = reading.record.kind.to_string();
    let document = domain::reading::read(&kind, &reading.record.state);
    let campus = match campus_of(app, reading.record.scope, &document)? {
        Campus { id: None, .. } => Campus::here(app)?,
        campus => campus,
    };
    let names = Names::new(app);
    let title = called::of_record(app, &names, id, &kind)?;
    let viewer = Viewer::here(app, &campus)?;
    let subject = Subject::of(&kind, arguments.id);
    let erasable = subject.filter(|_| viewer.sight.may(Permission::ErasePeople));
    let mut erasure = erasable.map(|subject| erasure_of(app, &campus, subject)).transpose()?;
    if arguments.what == What::Erase {
        let refused = || not_erased(subject);
        let (subject, (_, plan)) = erasable.zip(erasure.as_ref()).ok_or_else(refused)?;
        erase(app, &campus, subject, plan, arguments.basis)?;
        let now = app.time().now.0;
        erasure.iter_mut().for_each(|(view, _)| view.done_at = Some(now));
    }
    let asking =
        Asking { app, viewer, campus: &campus, names: &names, id: id.to_string(), kind: &kind, what: arguments.what };
    let (rows, are_rows_cut) = asking.rows()?;
    let (records, are_records_cut) = asking.records()?;
    let mut csv = None;
    if arguments.what == What::Export {
        let purpose = checked_text("purpose", arguments.purpose)?;
        let purpose = purpose.ok_or_else(|| CommandError::bad_argument("purpose", "say what it is taken out for"))?;
        let leaving = Leaving {
            code: "about".to_owned(),
            // What is written down of it reaches devices that do not serve the compartment.
            title: register(&kind)
                .filter(|register| register.hold.is_some())
                .map_or(&title.zh, |held| &held.zh)
                .clone(),
            period: EVERYTHING.to_owned(),
            rows: rows.len() + records.len(),
        };
        disclose(app, &campus, &leaving, Way::File, Some(&purpose))?;
        let by = app.by().map(|by| names.person(&by).name.unwrap_or_else(|| by.to_string())).unwrap_or_default();
        let day = today(app, &campus).to_string();
        csv = Some(about_csv([&title.zh, &by, &day], &rows, &records));
    }
    let cut = are_rows_cut || are_records_cut;
    let erasure = erasure.map(|(view, _)| view);
    Ok(Everything { id: arguments.id, kind, title: title.zh, title_en: title.en, rows, records, cut, erasure, csv })
}

/// The refusal of erasing what is nobody, or by who may not.
fn not_erased(subject: Option<Subject>) -> CommandError {
    match subject {
        Some(_) => not_allowed(Permission::ErasePeople),
        None => {
            let message = "only people and children are erased; everything else goes when its time is over";
            CommandError::bad_argument("id", message)
        }
    }
}

/// Who asks, and about what.
struct Asking<'a> {
    app: &'a App,
    viewer: Viewer,
    campus: &'a Campus,
    names: &'a Names<'a>,
    id: String,
    kind: &'a str,
    what: What,
}

impl Asking<'_> {
    /// The rows that name it, and whether there are more of them.
    fn rows(&self) -> Result<(Vec<EntryRow>, bool), CommandError> {
        let naming = Naming::new(self.app, self.names, self.campus, &self.viewer);
        let now = i64::try_from(self.app.now_ms()).unwrap_or(i64::MAX);
        let kin = Kin::new(self.app, self.campus);
        let (mut rows, mut cut) = (Vec::new(), false);
        for register in all() {
            let found = self.found(register)?;
            cut |= found.len() as u64 == MOST;
            let wants = |name: &str| self.what == What::Export || register.list.columns.iter().any(|own| own == name);
            for found in found.iter().filter(|found| !is_newer(&found.doc)) {
                let mut row = RowData::of_found(register, found).view(&naming, now, wants);
                let about = register.about.as_deref().and_then(|name| text(&found.doc, name));
                kin.add_to(&mut row, register, about, &naming, wants);
                rows.push(row);
            }
        }
        Ok((rows, cut))
    }

    /// The rows of one register: by the fields that the person sees whole, for a mask that a list can be cut by is none.
    fn found(&self, register: &Register) -> Result<Vec<ListedRecord>, CommandError> {
        let names_it = |field: &&Field| {
            field.part.is_none()
                && field.stored().and_then(|of| of.refers()) == Some(self.kind)
                && self.viewer.sight.sees_whole(register, &field.name)
        };
        let fields: Vec<String> = register.fields.iter().filter(names_it).map(|field| field.name.clone()).collect();
        if fields.is_empty() || !self.leaves(register)? {
            return Ok(Vec::new());
        }
        let mut visible = self.viewer.visible(register, Right::See);
        let it = Condition::Holds { fields, value: self.id.clone() };
        // Of people there is an index of all fields that name one; which of them are meant is asked of what it finds.
        let named = (self.kind == "person").then(|| Condition::Names(self.id.clone()));
        visible.0.iter_mut().for_each(|entry| entry.extend(named.iter().chain([&it]).cloned()));
        let scopes = scopes(self.campus, register);
        Ok(self.app.store().find(&Listing {
            kind: &register.kind,
            scopes: &scopes,
            visible: Some(&visible),
            order: Order::NewestDay,
            limit: MOST,
            ..Listing::default()
        })?)
    }

    /// Whether rows of a register may go where they are asked to: they may be shown; who takes them out has the right to, unless it is
    /// about themselves; and what lives in a compartment leaves by the office's door alone.
    fn leaves(&self, register: &Register) -> Result<bool, CommandError> {
        if self.what != What::Export {
            return Ok(true);
        }
        let may = self.is_own() || self.viewer.sight.may_export(register);
        Ok(may && register.leaves_by(is_office(self.app)))
    }

    /// Whether somebody asks about themselves.
    fn is_own(&self) -> bool {
        self.viewer.person.as_deref() == Some(&*self.id)
    }

    /// The records of other kinds that name a person, and whether there are more of them.
    fn records(&self) -> Result<(Vec<NamingRecord>, bool), CommandError> {
        let (mut records, mut cut) = (Vec::new(), false);
        let leaves = self.what != What::Export || self.is_own() || self.viewer.sight.may(Permission::SeeReports);
        if self.kind != PERSON || !leaves {
            return Ok((records, cut));
        }
        for kind in KindSight::all().iter().filter(|kind| register(&kind.kind).is_none() && !kind.people.is_empty()) {
            let seen = Seen::naming(self.app, kind, self.campus, &self.id)?;
            let listing = Listing { order: Order::NewestFirst, limit: MOST, ..seen.listing(&kind.kind) };
            let found = self.app.store().find(&listing)?;
            cut |= found.len() as u64 == MOST;
            records
                .extend(found.iter().filter(|found| found.id.to_string() != self.id).map(|found| self.record(found)));
        }
        Ok((records, cut))
    }

    fn record(&self, found: &ListedRecord) -> NamingRecord {
        let title = titles::title(self.names, &found.kind, &found.doc);
        NamingRecord {
            id: found.id.0,
            kind_zh: domain::kind::kind(&found.kind).zh,
            title: title.zh,
            title_en: title.en,
            day: found.day.clone(),
            kind: found.kind.clone(),
        }
    }
}
