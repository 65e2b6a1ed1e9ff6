//! Handing children over: one tap for siblings, and a question before what would alarm.

use domain::child::{AlarmCode, Authorisation, Direction, Handover, same_adult};
use domain::time::UtcMillis;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::view::{Child, alarm};
use crate::app::App;
use crate::campus::Campus;
use crate::child::{Day, children_of, words};
use crate::commands::entry::{NewRow, save_rows};
use crate::document::Document;
use crate::dto::child::AlarmView;
use crate::entry::naming::Naming;
use crate::entry::{check_here, named};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// So many children are handed over at once.
const MOST: usize = 12;

/// Which way the children go.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "HandoverWay")]
enum Way {
    /// 来园.
    Arrive,
    /// 离园.
    Leave,
}

/// Arguments of `handover.give`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Give {
    /// The children: one, or siblings who go together; 12 at most.
    children: Vec<Uuid>,
    /// `arrive` or `leave`.
    direction: Way,
    /// Who leaves with them: a line of the list of one of them; of the others the line of the same adult is taken.
    #[serde(default)]
    adult: Option<Uuid>,
    /// Who leaves with them and is not on the list.
    #[serde(default)]
    other_adult: Option<String>,
    /// The telephone number of who is not on the list.
    #[serde(default)]
    other_phone: Option<String>,
    /// 接送卡, 认识, 证件 or 电话.
    #[serde(default)]
    verified: Option<String>,
    /// The guardian who was called: a line of the list of one of them.
    #[serde(default)]
    called: Option<Uuid>,
    /// When, ms since 1970 UTC.
    #[serde(default)]
    called_at: Option<i64>,
    /// The health check of who comes: 绿, 黄 or 红.
    #[serde(default)]
    check: Option<String>,
    /// Anything else.
    #[serde(default)]
    note: Option<String>,
    /// The codes of what the person was asked about and says is right, such as `stale` or `alarm/twice`.
    #[serde(default)]
    sure: Vec<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverGiven")]
pub(super) struct Given {
    /// The rows of `child_handover`, in the order of the children.
    rows: Vec<Uuid>,
    /// What is alarming about these children's day now.
    alarms: Vec<AlarmView>,
}

pub(super) fn give(app: &App, arguments: Give) -> Result<Given, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_here(app, &campus, named("child_handover")?)?;
    let mut wanted = arguments.children.clone();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() || wanted.len() != arguments.children.len() || wanted.len() > MOST {
        let message = format_args!("children are 1 to {MOST}, each once");
        return Err(CommandError::bad_argument("children", message));
    }
    let mut children: Vec<Child> = children_of(app, &campus, &viewer, None)?.into_iter().map(Child::new).collect();
    children.retain(|child| wanted.contains(&child.id()));
    if children.len() != wanted.len() {
        return Err(CommandError::not_found("one of these children is not on a list here").field("children"));
    }
    let day = Day::of_children(app, &campus, viewer.today, &wanted)?;
    let together = (wanted.len() > 1).then(|| replica::new_uuid_v4(&*app.store().ports().entropy).to_string());
    let rows: Result<Vec<NewRow>, CommandError> =
        arguments.children.iter().map(|child| arguments.row(*child, &day, together.as_deref())).collect();
    let rows = rows?;
    check_alarms(app, &arguments, &day)?;
    let rows = save_rows(app, "child_handover", rows, campus.id, &arguments.sure)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let now = Day::of_children(app, &campus, viewer.today, &wanted)?;
    let mut alarms = Vec::new();
    for child in &children {
        alarms.extend(now.alarms(child.id()).into_iter().map(|found| alarm(&naming, child, found, &now)));
    }
    Ok(Given { rows, alarms })
}

impl Give {
    fn way(&self) -> Direction {
        match self.direction {
            Way::Arrive => Direction::Arrives,
            Way::Leave => Direction::Leaves,
        }
    }

    /// All lines of the children that are handed over.
    fn lines(&self, day: &Day) -> Vec<Authorisation> {
        self.children.iter().flat_map(|child| day.of(*child).lines).collect()
    }

    /// The row of one child.
    ///
    /// # Errors
    /// `bad-argument` where the adult is on the list of another child alone.
    fn row(&self, child: Uuid, day: &Day, together: Option<&str>) -> Result<NewRow, CommandError> {
        let lines = self.lines(day);
        let line = |asked: Option<Uuid>, name: &str| match (asked, line_of(asked, child, &lines)) {
            (Some(_), None) => {
                Err(CommandError::bad_argument(name, "this adult is not on the list of each of the children"))
            }
            (_, found) => Ok(found.map(|line| json!(line.id))),
        };
        let adult = line(self.adult, "adult")?;
        // Of the guardian who was called one child's line is enough; the time stands on each row.
        let called = line(self.called, "called").unwrap_or_default();
        let texts = [
            ("other_adult", &self.other_adult),
            ("other_phone", &self.other_phone),
            ("verified", &self.verified),
            ("check", &self.check),
            ("note", &self.note),
        ];
        let mut set = Document::new();
        set.insert("child".to_owned(), json!(child));
        set.insert("direction".to_owned(), json!(self.way().word()));
        set.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?)))));
        let values = [("adult", adult), ("called", called), ("called_at", self.called_at.map(|at| json!(at)))];
        set.extend(values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        let own = together.map(|tag| ("together".to_owned(), json!(tag))).into_iter().collect();
        Ok(NewRow { set, own })
    }

    /// The row of one child as it would stand.
    fn planned(&self, child: Uuid, day: &Day, now: UtcMillis) -> Handover {
        let lines = self.lines(day);
        Handover {
            id: Uuid::max(),
            child,
            direction: self.way(),
            at: now,
            adult: line_of(self.adult, child, &lines).map(|line| line.id),
            other: self.other_adult.clone(),
            has_call: self.called_at.is_some(),
            ..Handover::default()
        }
    }
}

/// The line of a child for the adult whom a line of one of the children names.
fn line_of(asked: Option<Uuid>, child: Uuid, lines: &[Authorisation]) -> Option<&Authorisation> {
    let asked = asked?;
    let named = lines.iter().find(|line| line.id == asked)?;
    let mut own = lines.iter().filter(|line| line.child == child);
    own.find(|line| line.id == asked || same_adult(named, line))
}

/// Asks about what would alarm once the rows stand there, until the person says that it is so: what has happened is never refused.
fn check_alarms(app: &App, arguments: &Give, day: &Day) -> Result<(), CommandError> {
    let now = UtcMillis::from_stamp(app.now_ms());
    let mut codes: Vec<AlarmCode> = Vec::new();
    for child in &arguments.children {
        let mut after = day.of(*child);
        after.rows.push(arguments.planned(*child, day, now));
        let new =
            after.alarms(day.date()).into_iter().filter(|alarm| alarm.is_red && alarm.rows.contains(&Uuid::max()));
        codes.extend(new.map(|alarm| alarm.code));
    }
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|code| !arguments.sure.contains(&format!("alarm/{}", code.code())));
    let warning = |code: &AlarmCode| -> Value {
        let (zh, en) = words(*code);
        json!({"code": format!("alarm/{}", code.code()), "zh": zh, "en": en, "level": "ask", "fields": ["adult"]})
    };
    match codes.first() {
        None => Ok(()),
        Some(first) => Err(CommandError::new(ProblemType::ConfirmValue, words(*first).1)
            .field("adult")
            .detail("warnings", codes.iter().map(warning).collect::<Vec<_>>())),
    }
}
