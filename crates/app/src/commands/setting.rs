//! Settings of a campus: stricter than the rule where the school wants it, never laxer, and each from a day on.

use causal::RecordId;
use chrono::NaiveDate;
use domain::decimal::unit_en;
use domain::id::setting_id;
use domain::permission::Permission;
use domain::setting::{
    DatedValue, Setting, SettingError, SettingValue, Shape, Source, all, check_setting, english, find,
};
use domain::time::{Shift, UtcMillis};
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read, write};
use crate::document::{UNNAMED, checked_text, field};
use crate::dto::person::PersonRef;
use crate::dto::value::SettingInput;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("setting.list", "Lists every setting with its value, its default and the rule behind it.", list),
        write("setting.set", "Changes a setting of a campus; what is laxer than the rule is refused.", set),
    ]
}

/// Arguments of `setting.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The day whose values are asked for, `YYYY-MM-DD`; left out, today.
    #[serde(default)]
    day: Option<String>,
}

/// The settings of a campus on one day.
#[derive(Debug, Serialize, JsonSchema)]
struct SettingList {
    /// The campus.
    campus: Option<Uuid>,
    /// The day, `YYYY-MM-DD`.
    day: String,
    settings: Vec<SettingRow>,
    /// Why stored values are not used: they are laxer than the rule, or of another shape.
    refused: Vec<String>,
    /// Give it back as `seen` with a change.
    version: Option<String>,
}

/// One setting.
#[derive(Debug, Serialize, JsonSchema)]
struct SettingRow {
    /// Its key.
    key: &'static str,
    /// What it is, in Chinese.
    zh: &'static str,
    /// The same in English.
    en: &'static str,
    /// Its unit; empty where it has none.
    unit: &'static str,
    /// The same in English.
    unit_en: &'static str,
    /// The value that holds on the day.
    value: SettingValue,
    /// Since when, until when and by what rule; null where it is the default, or was set before values had days.
    holding: Option<SettingFrom>,
    /// All values with a first day, the earliest first, those to come among them.
    values: Vec<SettingFrom>,
    /// The default.
    default: SettingValue,
    /// Whether the campus has a value of its own.
    is_own: bool,
    /// How far it may be changed.
    shape: &'static Shape,
    /// The rule behind it, in short.
    rule: &'static str,
    /// The same in English.
    rule_en: &'static str,
    /// How sure the rule is.
    source: Source,
}

/// One value of a setting, with the days on which it holds.
#[derive(Debug, Serialize, JsonSchema)]
struct SettingFrom {
    /// Its id.
    id: String,
    /// What holds.
    value: SettingValue,
    /// Whether it goes back to the default.
    is_default: bool,
    /// The first day, `YYYY-MM-DD`.
    valid_from: String,
    /// The last day; null as long as no later value begins.
    valid_to: Option<String>,
    /// Where it comes from, in words.
    source: Option<String>,
    /// The region whose rule it is.
    region: Option<String>,
    /// Who set it.
    by: Option<PersonRef>,
    /// When it was set, ms since 1970 UTC.
    at: Option<i64>,
}

/// Arguments of `setting.set`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Set {
    /// The campus; left out, that of this device.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The key.
    key: String,
    /// The value; null goes back to the default.
    #[schemars(with = "Option<SettingInput>")]
    value: Value,
    /// The first day on which it holds, `YYYY-MM-DD`; today when left out, and never before today.
    #[serde(default)]
    valid_from: Option<String>,
    /// The last day on which it holds; left out, until a later value begins.
    #[serde(default)]
    valid_to: Option<String>,
    /// Where it comes from, in words: a rule and its number.
    #[serde(default)]
    source: Option<String>,
    /// The region whose rule it is.
    #[serde(default)]
    region: Option<String>,
    /// The ids of the values from the same day that the form showed, and which this one takes the place of; left out, those that
    /// are here.
    #[serde(default)]
    after: Option<Vec<String>>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

fn list(app: &App, arguments: List) -> Result<SettingList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let day = day("day", arguments.day.as_deref())?.unwrap_or_else(|| today(app, &campus));
    show(app, campus, day)
}

fn show(app: &App, campus: Campus, day: NaiveDate) -> Result<SettingList, CommandError> {
    let id = campus.id.map(|campus| RecordId(setting_id(campus)));
    let held = id.map(|id| app.store().get(id)).transpose()?.flatten();
    let campus = campus.on(Some(&day.to_string()));
    let names = Names::new(app);
    Ok(SettingList {
        campus: campus.id,
        settings: all().iter().map(|setting| row(setting, &campus, &names, day)).collect(),
        refused: campus.settings.refused().iter().map(ToString::to_string).collect(),
        version: held.map(|held| held.version),
        day: day.to_string(),
    })
}

fn row(setting: &'static Setting, campus: &Campus, names: &Names<'_>, day: NaiveDate) -> SettingRow {
    let default = setting.shape.default_value();
    let value = campus.settings.get(setting.key).unwrap_or_else(|| default.clone());
    let view = |dated: &DatedValue| SettingFrom {
        id: dated.id.clone(),
        value: dated.value.clone().unwrap_or_else(|| default.clone()),
        is_default: dated.value.is_none(),
        valid_from: dated.valid_from.to_string(),
        valid_to: dated.valid_to.map(|day| day.to_string()),
        source: dated.source.clone(),
        region: dated.region.clone(),
        by: dated.by.as_deref().map(|by| names.person(by)),
        at: dated.at.map(|at| at.0),
    };
    SettingRow {
        key: setting.key,
        zh: setting.zh,
        en: english(setting.key).name,
        unit: setting.unit,
        unit_en: unit_en(setting.unit),
        is_own: value != default,
        holding: campus.history.holding(setting.key, day).map(view),
        values: campus.history.values(setting.key).into_iter().map(view).collect(),
        value,
        shape: &setting.shape,
        rule: setting.rule,
        rule_en: english(setting.key).rule,
        source: setting.source,
        default,
    }
}

/// Changes the setting from a day on and writes the change into the ledger, in one transaction.
fn set(app: &App, arguments: Set) -> Result<SettingList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    people::require(app, &campus, Permission::ManageSettings)?;
    let message = "it must be known which campus is meant";
    let campus_id = campus.id.ok_or_else(|| CommandError::bad_argument("campus", message))?;
    let today = today(app, &campus);
    let dated = dated(app, &campus, today, &arguments)?;
    let id = RecordId(setting_id(campus_id));
    let held = app.store().get(id)?;
    let by = app.by();
    let old = campus.settings_on(Some(&dated.valid_from.to_string())).get(dated.key);
    let mut entry = dated.to_json();
    // What the author saw of the setting says which value takes which one's place; it tells a reader of the ledger nothing.
    entry.as_object_mut().and_then(|entry| entry.remove("after"));
    let mut ledger = vec![
        field("key", dated.key),
        field("old", old.and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default()),
        field("new", arguments.value.clone()),
        field("floor", find(dated.key).map(floor).unwrap_or_default()),
        field("by", by.as_deref().unwrap_or(UNNAMED)),
        field("at", json!(app.now_ms())),
    ];
    for name in ["valid_from", "valid_to", "source", "region"] {
        ledger.extend(entry.get(name).map(|value| field(name, value.clone())));
    }
    let change = Save {
        kind: "setting_change".to_owned(),
        scope: Some(campus_id),
        set: ledger,
        by: by.clone(),
        ..Save::default()
    };
    let save = Save {
        id: Some(id),
        kind: "setting".to_owned(),
        scope: Some(campus_id),
        seen: arguments.seen.or(held.map(|held| held.version)),
        set: vec![field(DatedValue::field(dated.key, &dated.id), dated.to_json())],
        by,
        ..Save::default()
    };
    app.store().save_all(vec![save, change])?;
    show(app, Campus::load(app, Some(campus_id))?, dated.valid_from)
}

/// The value as it is stored, checked against the rule and the calendar.
fn dated(app: &App, campus: &Campus, today: NaiveDate, arguments: &Set) -> Result<DatedValue, CommandError> {
    let setting = find(&arguments.key)
        .ok_or_else(|| CommandError::not_found(format_args!("there is no setting {}", arguments.key)).field("key"))?;
    let value = match &arguments.value {
        Value::Null => None,
        value => Some(check_setting(setting.key, value).map_err(|error| refusal(&error))?),
    };
    let valid_from = day("valid_from", arguments.valid_from.as_deref())?.unwrap_or(today);
    if valid_from < today {
        let message = "a value holds from today or a later day: what was judged before stays judged as it was";
        return Err(CommandError::bad_argument("valid_from", message));
    }
    let valid_to = day("valid_to", arguments.valid_to.as_deref())?;
    if valid_to.is_some_and(|last| last < valid_from) {
        return Err(CommandError::bad_argument("valid_to", "the last day comes before the first"));
    }
    let of_that_day = campus.history.values(setting.key).into_iter().filter(|value| value.valid_from == valid_from);
    let here = || of_that_day.map(|value| value.id.clone()).collect();
    Ok(DatedValue {
        id: new_uuid_v7(app.now_ms(), &*app.store().ports().entropy).to_string(),
        key: setting.key,
        value,
        valid_from,
        valid_to,
        source: checked_text("source", arguments.source.clone())?,
        region: checked_text("region", arguments.region.clone())?,
        by: app.by().map(|by| by.to_string()),
        at: Some(UtcMillis::from_stamp(app.now_ms())),
        after: arguments.after.clone().unwrap_or_else(here),
    })
}

fn today(app: &App, campus: &Campus) -> NaiveDate {
    domain::time::business_date(UtcMillis::from_stamp(app.now_ms()), campus.calendar.zone, Shift::Day)
}

fn day(argument: &'static str, text: Option<&str>) -> Result<Option<NaiveDate>, CommandError> {
    let read = |text: &str| text.parse().map_err(|_| CommandError::bad_argument(argument, "a day is YYYY-MM-DD"));
    text.filter(|text| !text.is_empty()).map(read).transpose()
}

fn floor(setting: &Setting) -> Value {
    match &setting.shape {
        Shape::Number { floor, .. } => floor.to_string().into(),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

fn refusal(error: &SettingError) -> CommandError {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let refusal = match error {
        SettingError::BelowFloor { floor, rule, .. } => {
            CommandError::new(ProblemType::BelowFloor, error).detail("floor", floor).detail("rule", rule)
        }
        _ => CommandError::new(ProblemType::BadArguments, format_args!("{error}{cause}")),
    };
    refusal.field("value")
}
