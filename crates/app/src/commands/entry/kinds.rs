//! The registers that somebody has to do with.

use chrono::Days;
use domain::kind::Class;
use domain::register::{PlaceRule, Register, Right, all};
use replica::{Condition, Listing, Visible};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::register::{RegisterView, Registers};
use crate::entry::{declared, form, is_here, is_locked_away, saving, scopes};
use crate::error::CommandError;
use crate::sight::{Viewer, open_stages};

/// Arguments of `entry.kinds`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Kinds {
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// Of how many days the use of a register is counted.
const DAYS_OF_USE: u64 = 30;
const MINUTE_MS: i64 = 60_000;

pub(super) fn kinds(app: &App, arguments: Kinds) -> Result<Registers, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let unlocked = viewer.unlocked();
    let mut kinds = Vec::new();
    for register in all() {
        if is_theirs(app, &campus, &unlocked, register)? {
            kinds.push(view(app, &campus, &viewer, register)?);
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.used));
    Ok(Registers { kinds })
}

/// Whether the person has to do with a register: by a role, or because a row of it names them.
fn is_theirs(app: &App, campus: &Campus, viewer: &Viewer, register: &Register) -> Result<bool, CommandError> {
    if viewer.has(register, Right::Write) || viewer.sees_by_role(register) {
        return Ok(true);
    }
    let visible = viewer.visible(register, Right::See);
    let scopes = scopes(campus, register);
    let listing =
        Listing { kind: &register.kind, scopes: &scopes, visible: Some(&visible), limit: 1, ..Listing::default() };
    Ok(!visible.is_none() && !app.store().find(&listing)?.is_empty())
}

fn view(app: &App, campus: &Campus, viewer: &Viewer, register: &Register) -> Result<RegisterView, CommandError> {
    let fields =
        saving::with_saving(app, campus, register, None, &[], |saving| declared::fields(register, viewer, saving))?;
    let may_see = viewer.has(register, Right::See);
    let is_here = is_here(app, campus, register)?;
    Ok(RegisterView {
        kind: register.kind.clone(),
        name: register.zh.clone(),
        name_en: register.en.clone(),
        class: class(register.class).to_owned(),
        form: form(register),
        fields,
        acts: register.acts.iter().map(declared::act).collect(),
        stages: declared::stages(register),
        columns: register.list.columns.clone(),
        day: register.day.as_ref().map(|day| day.field.clone()),
        about: register.about.clone(),
        place: register.place.as_ref().map(|place| match place {
            PlaceRule::Field(field) | PlaceRule::Of(field) => field.clone(),
        }),
        parent: register.parent.clone(),
        may_see,
        here: is_here,
        locked: is_locked_away(app, campus, register)?,
        may_write: is_here && viewer.has(register, Right::Write),
        may_correct: viewer.has(register, Right::Write) && viewer.has(register, Right::Correct),
        open: if is_here && may_see && register.class != Class::Master {
            Some(open(app, campus, viewer, register)?)
        } else {
            None
        },
        used: used(app, campus, viewer, register)?,
        late_m: register.late.map(|late| late / MINUTE_MS),
        edit_m: register.edit.map(|edit| edit / MINUTE_MS),
        keyed: !register.key.is_empty(),
    })
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Evidence => "evidence",
        Class::Ledger => "ledger",
        Class::Master => "master",
        Class::Plan => "plan",
    }
}

/// How many rows wait for something, of those that the person sees.
fn open(app: &App, campus: &Campus, viewer: &Viewer, register: &Register) -> Result<u64, CommandError> {
    let stages = open_stages(register);
    if stages.is_empty() {
        return Ok(0);
    }
    let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
    let visible = viewer.visible(register, Right::See);
    let scopes = scopes(campus, register);
    let listing = Listing {
        kind: &register.kind,
        scopes: &scopes,
        stages: &stages,
        visible: Some(&visible),
        ..Listing::default()
    };
    Ok(app.store().count(&listing)?)
}

/// How many rows the person has made lately.
fn used(app: &App, campus: &Campus, viewer: &Viewer, register: &Register) -> Result<u64, CommandError> {
    let Some(me) = &viewer.person else { return Ok(0) };
    let from = viewer.today.checked_sub_days(Days::new(DAYS_OF_USE)).unwrap_or(viewer.today).to_string();
    let to = viewer.today.to_string();
    let own = Visible(vec![vec![Condition::Author(me.clone())]]);
    let scopes = scopes(campus, register);
    let listing = Listing {
        kind: &register.kind,
        scopes: &scopes,
        days: Some((&from, &to)),
        visible: Some(&own),
        ..Listing::default()
    };
    Ok(app.store().count(&listing)?)
}
