//! Settings of a campus: stricter than the rule where the school wants it, never laxer.

use causal::RecordId;
use domain::id::setting_id;
use domain::permission::Permission;
use domain::setting::{Setting, SettingError, SettingValue, Shape, Source, all, check_setting, find};
use replica::Save;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read, write};
use crate::document::{UNNAMED, field};
use crate::dto::value::SettingInput;
use crate::error::CommandError;
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
}

/// The settings of a campus.
#[derive(Debug, Serialize, JsonSchema)]
struct SettingList {
    /// The campus.
    campus: Option<Uuid>,
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
    /// Its unit; empty where it has none.
    unit: &'static str,
    /// The value that holds.
    value: SettingValue,
    /// The default.
    default: SettingValue,
    /// Whether the campus has a value of its own.
    is_own: bool,
    /// How far it may be changed.
    shape: &'static Shape,
    /// The rule behind it, in short.
    rule: &'static str,
    /// How sure the rule is.
    source: Source,
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
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

fn list(app: &App, arguments: List) -> Result<SettingList, CommandError> {
    show(app, &Campus::named_or_here(app, arguments.campus)?)
}

fn show(app: &App, campus: &Campus) -> Result<SettingList, CommandError> {
    let id = campus.id.map(|campus| RecordId(setting_id(campus)));
    let held = id.map(|id| app.store().get(id)).transpose()?.flatten();
    let row = |setting: &'static Setting| {
        let default = setting.shape.default_value();
        let value = campus.settings.get(setting.key).unwrap_or_else(|| default.clone());
        SettingRow {
            key: setting.key,
            zh: setting.zh,
            unit: setting.unit,
            is_own: value != default,
            value,
            default,
            shape: &setting.shape,
            rule: setting.rule,
            source: setting.source,
        }
    };
    Ok(SettingList {
        campus: campus.id,
        settings: all().iter().map(row).collect(),
        refused: campus.settings.refused().iter().map(ToString::to_string).collect(),
        version: held.map(|held| held.version),
    })
}

/// Changes the setting and writes the change into the ledger, in one transaction.
fn set(app: &App, arguments: Set) -> Result<SettingList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    people::require(app, &campus, Permission::ManageSettings)?;
    let message = "it must be known which campus is meant";
    let campus_id = campus.id.ok_or_else(|| CommandError::bad_argument("campus", message))?;
    let setting = find(&arguments.key)
        .ok_or_else(|| CommandError::not_found(format_args!("there is no setting {}", arguments.key)).field("key"))?;
    if !arguments.value.is_null() {
        check_setting(setting.key, &arguments.value).map_err(|error| refusal(&error))?;
    }
    let id = RecordId(setting_id(campus_id));
    let held = app.store().get(id)?;
    let by = app.by();
    let old = campus.settings.get(setting.key).and_then(|value| serde_json::to_value(value).ok());
    let change = Save {
        kind: "setting_change".to_owned(),
        scope: Some(campus_id),
        set: vec![
            field("key", setting.key),
            field("old", old.unwrap_or_default()),
            field("new", arguments.value.clone()),
            field("floor", floor(setting)),
            field("by", by.as_deref().unwrap_or(UNNAMED)),
            field("at", json!(app.now_ms())),
        ],
        by: by.clone(),
        ..Save::default()
    };
    let save = Save {
        id: Some(id),
        kind: "setting".to_owned(),
        scope: Some(campus_id),
        seen: arguments.seen.or(held.map(|held| held.version)),
        set: vec![field(setting.key, arguments.value)],
        by,
        ..Save::default()
    };
    app.store().save_all(vec![save, change])?;
    show(app, &Campus::load(app, Some(campus_id))?)
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
