//! What a command is, and how one is declared.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::ProblemType;

use crate::app::App;
use crate::error::CommandError;

type Run = Box<dyn Fn(&App, &str) -> Result<String, CommandError> + Send + Sync>;

/// Whom a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The people of the school, through any door.
    People,
    /// The people in front of one device: who stands there, which campus it serves, with which server it exchanges. The office has
    /// no such device, so its door refuses them.
    Tablet,
    /// Support and scripts, on the command line alone: it knows neither schema nor rights, so a door that serves people refuses it.
    Support,
}

/// What a command may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Nothing.
    Read,
    /// Records: where people share a device, it must be known who does it.
    Write,
    /// This device alone, such as who stands in front of it; that takes nobody's name.
    Device,
    /// What this device keeps for one person: it must be known who, also for reading it.
    Own,
}

/// One use case or query.
pub struct Command {
    /// Its name, `noun.verb`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// What it may change.
    pub access: Access,
    /// The JSON schema of its arguments; its title is of this command alone.
    pub arguments: Schema,
    /// The JSON schema of its answer; commands with the same title of it give the same answer.
    pub answer: Schema,
    pub(crate) run: Run,
}

/// Declares a command that changes nothing from the function that carries it out.
pub(crate) fn read<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&App, A) -> Result<R, CommandError>,
) -> Command
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    let run = move |app: &App, arguments: &str| {
        let answer = run(app, decode_arguments(arguments)?)?;
        serde_json::to_string(&answer).map_err(|error| CommandError::internal(&error))
    };
    let (arguments, answer) = schemas::<A, R>(name);
    Command { name, summary, audience: Audience::People, access: Access::Read, arguments, answer, run: Box::new(run) }
}

/// The arguments of a command from their JSON text; no text is no arguments.
///
/// # Errors
/// `bad-arguments`
pub fn decode_arguments<A: DeserializeOwned>(text: &str) -> Result<A, CommandError> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    // A list would fill the fields in the order in which they happen to be declared.
    if !text.trim_start().starts_with('{') {
        return Err(CommandError::new(ProblemType::BadArguments, "the arguments are a JSON object"));
    }
    serde_json::from_str(text).map_err(|error| CommandError::bad_arguments(&error))
}

/// The JSON schemas of the arguments and the answer of the command `name`.
pub fn schemas<A: JsonSchema, R: JsonSchema>(name: &str) -> (Schema, Schema) {
    let settings = SchemaSettings::draft2020_12();
    let mut arguments = settings.clone().into_generator().into_root_schema_for::<A>();
    arguments.insert("title".to_owned(), format!("{}Arguments", joined(name)).into());
    (arguments, settings.for_serialize().into_generator().into_root_schema_for::<R>())
}

/// Declares a command that changes records.
pub(crate) fn write<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&App, A) -> Result<R, CommandError>,
) -> Command
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    Command { access: Access::Write, ..read(name, summary, run) }
}

/// Declares a command that changes this device alone, and is for the people in front of it.
pub(crate) fn device<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&App, A) -> Result<R, CommandError>,
) -> Command
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    Command { access: Access::Device, audience: Audience::Tablet, ..read(name, summary, run) }
}

/// Declares a command about what this device keeps for the person who works.
pub(crate) fn own<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&App, A) -> Result<R, CommandError>,
) -> Command
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    Command { access: Access::Own, ..read(name, summary, run) }
}

/// `finding.list` as `FindingList`.
fn joined(name: &str) -> String {
    let words = name.split(['.', '_']).map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    });
    words.collect()
}

impl Command {
    /// The same command for [`Audience::People`]: it changes nothing but the device, and the office is one for it.
    pub(crate) fn for_people(self) -> Self {
        Self { audience: Audience::People, ..self }
    }

    /// The same command for [`Audience::Support`].
    pub(crate) fn for_support(self) -> Self {
        Self { audience: Audience::Support, ..self }
    }
}
