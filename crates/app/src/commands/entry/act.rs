//! Acts on rows: signing, ending, handing over.

use std::collections::BTreeMap;

use causal::{RecordId, Seen};
use domain::correction::apply;
use domain::register::{ActEntry, saw};
use domain::time::UtcMillis;
use replica::{Save, Saved, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{Document, field};
use crate::dto::field::FieldInput;
use crate::entry::parts::versions;
use crate::entry::saving::{self, bad_values};
use crate::entry::{Entry, absent, finding, view};
use crate::error::CommandError;
use crate::people::not_allowed;
use crate::photo;
use crate::sight::Viewer;
use crate::voucher::{self, Voucher};

/// Arguments of `entry.act`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    /// The row.
    id: Uuid,
    /// The act, such as `give`.
    act: String,
    /// What the page has seen; left out, the row as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
    /// What the act asks for, as people type it.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, FieldInput>")]
    set: Document,
    /// What `person.vouch` gave: the act is that person's.
    #[serde(default, rename = "as")]
    voucher: Option<Uuid>,
}

/// What became of an act.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Acted {
    /// The row.
    id: Uuid,
    /// What its author has seen now; give it back as `seen`.
    version: String,
    /// The id of the act; `entry.undo` takes it.
    entry: Uuid,
    /// 未计入: why the act does not count; left out for one that does.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_counted: Option<NotCountedCode>,
}

/// Why an act does not count.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum NotCountedCode {
    /// It was done before, and counts once.
    Already,
    /// The row is void.
    Void,
    /// It is the hand of who must be another person.
    SamePerson,
    /// The row was not where it is done.
    WrongStage,
    /// Nobody made sure whose hand it is.
    NotVouched,
}

impl NotCountedCode {
    fn of(code: &str) -> Self {
        match code {
            "already" => Self::Already,
            "void" => Self::Void,
            "same_person" => Self::SamePerson,
            "not_vouched" => Self::NotVouched,
            _ => Self::WrongStage,
        }
    }
}

/// Who does it.
struct Hand {
    person: Option<String>,
    vouch: Option<domain::register::Vouch>,
    voucher: Option<Uuid>,
}

pub(super) fn act(app: &App, arguments: Act) -> Result<Acted, CommandError> {
    let (entry, _) = Entry::seen(app, RecordId(arguments.id))?;
    let register = entry.register;
    let unknown = || CommandError::bad_argument("act", format_args!("{} has no such act", register.kind));
    let act = register.act(&arguments.act).ok_or_else(unknown)?;
    if entry.is_newer() || !entry.unknown().is_empty() {
        return Err(CommandError::new(ProblemType::Finished, "only a newer app can act on this row").field("act"));
    }
    let saw = saw(&apply(&register.kind, &entry.document).document);
    let (hand, viewer) = hand(app, &entry, &arguments, &saw)?;
    if !entry.facts().ask(&viewer, |row| viewer.sight.may_act(register, act, row)) {
        return Err(not_allowed(act.permission));
    }
    let asked = saving::with_saving(app, &entry.campus, register, Some(&entry), &[], |saving| {
        register.check_asks(act, &arguments.set, saving)
    })?;
    let set = asked.map_err(|bad| bad_values(&bad))?;
    photo::check_seen(app, set.values(), "set")?;
    let seen = arguments.seen.as_deref().unwrap_or(&entry.version);
    let now = app.now_ms();
    let id = new_uuid_v7(now, &*app.store().ports().entropy);
    let done = ActEntry {
        id: id.to_string(),
        act: act.code.clone(),
        by: hand.person,
        at: UtcMillis::from_stamp(now),
        after: after(&entry, seen)?,
        set,
        saw: act.has_saw.then_some(saw),
        vouch: hand.vouch,
    };
    let name = format!("acts/{id}");
    let mut after = entry.document.clone();
    after.insert(name.clone(), done.to_json());
    let folded = domain::register::fold(register, &after);
    let save = Save {
        id: Some(entry.id),
        kind: register.kind.clone(),
        seen: versions(seen).first().map(|seen| (*seen).to_owned()),
        only_if: versions(&entry.version).first().map(|version| (*version).to_owned()),
        set: vec![field(name, done.to_json())],
        by: app.by(),
        ..Save::default()
    };
    let mut saves = vec![save];
    saves.extend(finding::after(app, &entry, &folded)?);
    let saved = keep(app, saves, hand.voucher)?;
    let not_counted = Entry::load(app, entry.id)?.folded.not_counted(&done.id).map(NotCountedCode::of);
    Ok(Acted { id: entry.id.0, version: entry.parts.version_after(seen, entry.id, &saved), entry: id, not_counted })
}

/// Whose act it is: of who works, or of who has proved to be there.
fn hand(app: &App, entry: &Entry, arguments: &Act, saw: &str) -> Result<(Hand, Viewer), CommandError> {
    let Some(name) = arguments.voucher else {
        let hand = Hand { person: app.by().map(|by| by.to_string()), vouch: view::own_vouch(app)?, voucher: None };
        return Ok((hand, Viewer::here(app, &entry.campus)?));
    };
    let Voucher { person, how, .. } = voucher::held(app, name, entry.id.0, &arguments.act, saw)?;
    let viewer = Viewer::of(app, &entry.campus, &person)?;
    if !entry.is_seen_by(&viewer) {
        return Err(absent(entry.id));
    }
    Ok((Hand { person: Some(person), vouch: Some(view::vouch(how)), voucher: Some(name) }, viewer))
}

/// The acts that the author had seen: those that stand in the row and are covered by what the page had seen.
fn after(entry: &Entry, seen: &str) -> Result<Vec<String>, CommandError> {
    let seen = versions(seen).first().copied().unwrap_or_default();
    let seen: Seen = seen.parse().map_err(|error| CommandError::bad_argument("seen", error))?;
    let is_seen = |id: &String| entry.state.siblings(&format!("acts/{id}")).all(|sibling| seen.covers(sibling.dot));
    Ok(entry.folded.seen().into_iter().filter(is_seen).collect())
}

/// Saves; a voucher is used up in the same step, so that nobody uses it twice.
fn keep(app: &App, saves: Vec<Save>, voucher: Option<Uuid>) -> Result<Vec<Saved>, CommandError> {
    let Some(name) = voucher else { return Ok(app.store().save_all(saves)?) };
    let saved = app.store().save_taking_settings(&[voucher::setting(name)], saves)?;
    saved.ok_or_else(voucher::used)
}
