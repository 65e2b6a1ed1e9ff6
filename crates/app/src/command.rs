//! What a command is, and the list of all of them.

use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{App, CommandError, commands};

type Run = Box<dyn Fn(&App, &str) -> Result<String, CommandError> + Send + Sync>;

/// Whom a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The people of the school, through any door.
    People,
    /// Support and scripts, on the command line alone: it knows neither schema nor rights, so a door that serves people refuses it.
    Support,
}

/// One use case or query.
pub struct Command {
    /// Its name, `noun.verb`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    /// The JSON schema of its arguments.
    pub arguments: Schema,
    /// The JSON schema of its answer.
    pub answer: Schema,
    pub(crate) run: Run,
}

/// Declares a command from the function that carries it out.
pub(crate) fn command<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&App, A) -> Result<R, CommandError>,
) -> Command
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    let run = move |app: &App, arguments: &str| {
        let text = if arguments.trim().is_empty() { "{}" } else { arguments };
        // A list would fill the fields in the order in which they happen to be declared.
        if !text.trim_start().starts_with('{') {
            return Err(CommandError::new("bad-arguments", "the arguments are a JSON object"));
        }
        let arguments: A = serde_json::from_str(text).map_err(|error| CommandError::bad_arguments(&error))?;
        let answer = run(app, arguments)?;
        serde_json::to_string(&answer).map_err(|error| CommandError::internal(&error))
    };
    Command {
        name,
        summary,
        audience: Audience::People,
        arguments: schema_for!(A),
        answer: schema_for!(R),
        run: Box::new(run),
    }
}

impl Command {
    /// The same command for [`Audience::Support`].
    pub(crate) fn for_support(self) -> Self {
        Self { audience: Audience::Support, ..self }
    }
}

static COMMANDS: LazyLock<Vec<Command>> = LazyLock::new(commands::declare);

/// Every command there is, by name.
pub fn all() -> &'static [Command] {
    &COMMANDS
}

/// The command called `name`.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    all().iter().find(|command| command.name == name)
}
