//! `rounds call`

use std::io::BufRead;
use std::process::ExitCode;

use app::{App, CommandError, all_commands};
use wire::ProblemType;

use crate::output;

/// Every command with its schemas.
pub(crate) fn list() -> String {
    let entry = |command: &app::Command| {
        serde_json::json!({
            "name": command.name,
            "summary": command.summary,
            "audience": command.audience,
            "access": command.access,
            "arguments": command.arguments,
            "answer": command.answer,
        })
    };
    serde_json::json!({ "commands": all_commands().iter().map(entry).collect::<Vec<_>>() }).to_string()
}

/// Runs a command once; a name that is none is wrong usage.
pub(crate) fn once(app: &App, name: &str, arguments: &str) -> ExitCode {
    let result = app.dispatch(name, arguments);
    let is_unknown = result.as_ref().is_err_and(|error| error.kind == ProblemType::UnknownCommand);
    let code = output::answer(result);
    if is_unknown { ExitCode::from(2) } else { code }
}

/// Runs a command for each line of standard input, and prints one answer a line, each after its commit.
///
/// A line that is refused answers with its problem and the next one is read; the exit code tells of it at the end.
pub(crate) fn lines(app: &App, name: &str) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for line in std::io::stdin().lock().split(b'\n') {
        let result = match line.as_deref().map(std::str::from_utf8) {
            Ok(Ok(line)) if line.trim().is_empty() => continue,
            Ok(Ok(line)) => app.dispatch(name, line),
            Ok(Err(error)) => {
                Err(CommandError::new(ProblemType::BadArguments, format_args!("the line is no text: {error}")))
            }
            Err(error) => {
                return output::answer(Err(CommandError::new(
                    ProblemType::BadArguments,
                    format_args!("standard input: {error}"),
                )));
            }
        };
        if result.is_err() {
            code = ExitCode::FAILURE;
            output::answer(result);
        } else if output::answer(result) != ExitCode::SUCCESS {
            return ExitCode::FAILURE;
        }
    }
    code
}
