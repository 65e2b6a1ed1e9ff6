//! Lists of rows.

use causal::RecordId;
use domain::register::{DueFrom, Register, Right};
use replica::{Condition, ListPosition, ListedRecord, Listing, Order, Visible};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::entry::{EntryPage, EntryRow};
use crate::dto::page::checked_limit;
use crate::entry::kin::Kin;
use crate::entry::naming::Naming;
use crate::entry::row::RowData;
use crate::entry::{is_newer, named, scopes, unknown_kind};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::{Viewer, open_stages};

/// Arguments of `entry.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The register.
    kind: String,
    /// Only rows at this stage.
    #[serde(default)]
    stage: Option<String>,
    /// Only rows that wait for something, or only those that do not.
    #[serde(default)]
    open: Option<bool>,
    /// Only rows of this day and later ones, `YYYY-MM-DD`.
    #[serde(default)]
    from: Option<String>,
    /// Only rows of this day and earlier ones, `YYYY-MM-DD`.
    #[serde(default)]
    to: Option<String>,
    /// Only rows that are about this: a meter, an asset, a person.
    #[serde(default)]
    about: Option<String>,
    /// Only rows that a search for this finds.
    #[serde(default)]
    text: Option<String>,
    /// Only rows that the person who works has made.
    #[serde(default)]
    mine: bool,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

pub(super) fn list(app: &App, arguments: List) -> Result<EntryPage, CommandError> {
    let register = named(&arguments.kind)?;
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    if !viewer.has(register, Right::See) {
        return Err(unknown_kind(&arguments.kind));
    }
    let limit = checked_limit(arguments.limit)?;
    let query = Query::new(register, &campus, &viewer, &arguments)?;
    let mut found = query.page(app, arguments.after.as_deref(), limit + 1)?;
    let next = query.cut(&mut found, limit);
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let now = i64::try_from(app.now_ms()).unwrap_or(i64::MAX);
    let is_column = |name: &str| register.list.columns.iter().any(|column| column == name);
    let read = found.len();
    let kin = Kin::new(app, &campus);
    kin.of_all(register);
    let shown = |found: &ListedRecord| {
        let mut row = RowData::of_found(register, found).view(&naming, now, is_column);
        let about = register.about.as_deref().and_then(|name| text(&found.doc, name));
        kin.add_to(&mut row, register, about, &naming, is_column);
        row
    };
    let rows: Vec<EntryRow> =
        found.iter().filter(|(_, found)| !is_newer(&found.doc)).map(|(_, found)| shown(found)).collect();
    Ok(EntryPage { newer: read - rows.len(), rows, next })
}

/// The two halves of a list: what the declaration puts first, and the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    First,
    Rest,
}

/// What is asked for, checked.
struct Query<'a> {
    register: &'a Register,
    scopes: Vec<Uuid>,
    visible: Visible,
    first: Vec<String>,
    rest: Vec<String>,
    days: Option<(String, String)>,
    about: Option<&'a str>,
    text: Option<&'a str>,
    order: Order,
}

impl<'a> Query<'a> {
    fn new(
        register: &'a Register,
        campus: &Campus,
        viewer: &Viewer,
        arguments: &'a List,
    ) -> Result<Self, CommandError> {
        let (first, rest) = stages(register, arguments)?;
        if let Some(about) = register.about.as_ref().filter(|_| arguments.about.is_some()) {
            check_whole(register, viewer, about)?;
        } else if arguments.about.is_some() {
            return Err(CommandError::bad_argument("about", "rows of this register are about nothing in particular"));
        }
        Ok(Self {
            register,
            scopes: scopes(campus, register),
            visible: visible(register, viewer, arguments.mine),
            first,
            rest,
            days: days(arguments)?,
            about: arguments.about.as_deref(),
            text: arguments.text.as_deref().map(str::trim).filter(|text| !text.is_empty()),
            order: order(register),
        })
    }

    /// The rows beyond `after`, at most `limit`, each with its half.
    fn page(&self, app: &App, after: Option<&str>, limit: u64) -> Result<Vec<(Half, ListedRecord)>, CommandError> {
        let after = after.map(|after| parse(after, self.order)).transpose()?;
        let mut rows = Vec::new();
        for (half, stages) in [(Half::First, &self.first), (Half::Rest, &self.rest)] {
            let is_over = after.as_ref().is_some_and(|(at, _)| (*at, half) == (Half::Rest, Half::First));
            let left = limit.saturating_sub(rows.len() as u64);
            if is_over
                || left == 0
                || (half == Half::First && stages.is_empty())
                || (self.is_cut() && stages.is_empty())
            {
                continue;
            }
            let position = after.as_ref().filter(|(at, _)| *at == half).map(|(_, position)| position.clone());
            let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
            let found =
                app.store().find(&Listing { stages: &stages, after: position, limit: left, ..self.listing() })?;
            rows.extend(found.into_iter().map(|found| (half, found)));
        }
        Ok(rows)
    }

    fn listing(&self) -> Listing<'_> {
        Listing {
            kind: &self.register.kind,
            scopes: &self.scopes,
            visible: Some(&self.visible),
            days: self.days.as_ref().map(|(from, to)| (from.as_str(), to.as_str())),
            about: self.about,
            text: self.text,
            order: self.order,
            by: self.register.list.by.as_deref().filter(|_| self.order == Order::Text),
            ..Listing::default()
        }
    }

    /// Cuts off the row that was asked for only to see whether there is more, and tells where the next page starts.
    fn cut(&self, rows: &mut Vec<(Half, ListedRecord)>, limit: u64) -> Option<String> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let (half, last) = rows.last().filter(|_| has_more)?;
        let half = if *half == Half::First { "first" } else { "rest" };
        let ListPosition { id, due, day, text } = self.listing().position_of(last);
        let key = match self.order {
            Order::Text => text,
            Order::Due => due.map(|due| due.to_string()),
            _ => day,
        };
        Some(format!("{half}:{id}:{}", key.unwrap_or_default()))
    }

    /// Whether the list is cut by stages at all.
    fn is_cut(&self) -> bool {
        !(self.first.is_empty() && self.rest.is_empty())
    }
}

/// The stages of the two halves; both empty for a list that no stage cuts.
fn stages(register: &Register, arguments: &List) -> Result<(Vec<String>, Vec<String>), CommandError> {
    let open = open_stages(register);
    if let Some(stage) = &arguments.stage {
        if register.stage(stage).is_none() {
            let known: Vec<&str> = register.stages.iter().map(|stage| stage.code.as_str()).collect();
            return Err(CommandError::bad_argument("stage", format_args!("the stages are {}", known.join(", "))));
        }
        let is_wanted = arguments.open.is_none_or(|wanted| wanted == open.contains(stage));
        return Ok((vec![], if is_wanted { vec![stage.clone()] } else { vec![NOWHERE.to_owned()] }));
    }
    let all = register.stages.iter().map(|stage| stage.code.clone());
    let wanted: Vec<String> = match arguments.open {
        Some(wanted) => all.filter(|stage| open.contains(stage) == wanted).collect(),
        None => all.collect(),
    };
    if wanted.is_empty() {
        return Ok((vec![], vec![NOWHERE.to_owned()]));
    }
    let is_first = |stage: &String| register.list.first.as_ref().is_some_and(|first| first == stage);
    let (first, rest): (Vec<String>, Vec<String>) = wanted.into_iter().partition(is_first);
    // Where nothing comes first and nothing was asked for, no stage cuts the list, and a row of a newer app is counted.
    Ok(if first.is_empty() && arguments.open.is_none() { (vec![], vec![]) } else { (first, rest) })
}

/// A stage at which no row stands.
const NOWHERE: &str = "";

fn days(arguments: &List) -> Result<Option<(String, String)>, CommandError> {
    let checked = |name: &str, day: &Option<String>, open: &str| match day {
        None => Ok(open.to_owned()),
        Some(day) => match day.parse::<chrono::NaiveDate>() {
            Ok(day) => Ok(day.to_string()),
            Err(_) => Err(CommandError::bad_argument(name, format_args!("{name} is a day such as 2026-09-01"))),
        },
    };
    if arguments.from.is_none() && arguments.to.is_none() {
        return Ok(None);
    }
    Ok(Some((checked("from", &arguments.from, "0000-01-01")?, checked("to", &arguments.to, "9999-12-31")?)))
}

/// The rows that the person sees; only their own where that is asked for.
fn visible(register: &Register, viewer: &Viewer, mine: bool) -> Visible {
    let mut visible = viewer.visible(register, Right::See);
    if mine {
        let me = Condition::Author(viewer.person.clone().unwrap_or_default());
        visible.0.iter_mut().for_each(|entry| entry.push(me.clone()));
    }
    visible
}

/// Refuses to cut a list by what the person does not see whole: the cut would tell it.
fn check_whole(register: &Register, viewer: &Viewer, name: &str) -> Result<(), CommandError> {
    match viewer.sight.sees_whole(register, name) {
        true => Ok(()),
        false => Err(CommandError::bad_argument("about", format_args!("{name} is not to be seen"))),
    }
}

/// Reads a position that a page gave.
fn parse(text: &str, order: Order) -> Result<(Half, ListPosition), CommandError> {
    let refused = || CommandError::bad_argument("after", "after is the next of the page before");
    let (half, place) = text.split_once(':').ok_or_else(refused)?;
    let (id, key) = place.split_once(':').ok_or_else(refused)?;
    let half = match half {
        "first" => Half::First,
        "rest" => Half::Rest,
        _ => return Err(refused()),
    };
    let key = Some(key).filter(|key| !key.is_empty());
    let mut position = ListPosition::from(id.parse::<RecordId>().map_err(|_| refused())?);
    match order {
        Order::Text => position.text = key.map(str::to_owned),
        Order::Due => position.due = key.map(str::parse).transpose().map_err(|_| refused())?,
        _ => position.day = key.map(str::to_owned),
    }
    Ok((half, position))
}

/// The order that a declaration gives: what is due first, by a text, or by day.
fn order(register: &Register) -> Order {
    let is_due =
        |by: &String| register.dues.iter().any(|due| matches!(&due.from, DueFrom::Field(field, _) if field == by));
    match &register.list.by {
        Some(by) if is_due(by) => Order::Due,
        Some(_) => Order::Text,
        None => Order::NewestDay,
    }
}
