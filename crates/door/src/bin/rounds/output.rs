//! One JSON document on standard output, and the exit code that goes with it.

use std::io::Write;
use std::process::ExitCode;

use app::CommandError;
use wire::Problem;

/// Prints a document and ends well; a reader that went away is no failure of ours, but nothing was told.
pub(crate) fn print(document: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{document}").and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Prints a problem and ends badly.
pub(crate) fn fail(problem: &Problem) -> ExitCode {
    print(&problem_document(problem));
    ExitCode::FAILURE
}

/// Prints the answer of a command, or its refusal.
pub(crate) fn answer(result: Result<String, CommandError>) -> ExitCode {
    match result {
        Ok(document) => print(&document),
        Err(error) => fail(&error.problem()),
    }
}

pub(crate) fn problem_document(problem: &Problem) -> String {
    serde_json::json!({ "problem": problem }).to_string()
}
