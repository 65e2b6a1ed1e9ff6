//! The commands of the page for everything but files: decode, call, encode.

use serde_json::Value;
use tauri::ipc::{InvokeBody, InvokeError, Request, Response};
use tauri::{AppHandle, Manager, Runtime};

use app::CommandError;
use app::ProblemType;

use crate::gate::Gate;

/// Runs a command of the app; a refusal is the problem document that the other doors give.
#[tauri::command]
pub(crate) async fn call<R: Runtime>(
    handle: AppHandle<R>,
    name: String,
    args: Value,
    person: Option<String>,
) -> Result<Response, InvokeError> {
    aside(move || run(&handle.state::<Gate>(), person.as_deref(), &name, &args)).await.map(Response::new)
}

/// Keeps the bytes of a photo, which are the body of the request, and answers with what a record refers to it by.
#[tauri::command]
pub(crate) async fn put_blob<R: Runtime>(handle: AppHandle<R>, request: Request<'_>) -> Result<Response, InvokeError> {
    let bytes = bytes_of(request.body()).map_err(|error| refusal(&error))?;
    aside(move || keep(&handle.state::<Gate>(), &bytes)).await.map(Response::new)
}

/// Works on a thread that may wait for the disk: neither the window nor other calls stand still meanwhile.
pub(crate) async fn aside(
    work: impl FnOnce() -> Result<String, CommandError> + Send + 'static,
) -> Result<String, InvokeError> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer.map_err(|error| refusal(&error)),
        Err(error) => Err(refusal(&CommandError::internal(&error))),
    }
}

/// Runs a command for a page that shows `person` as working.
fn run(gate: &Gate, person: Option<&str>, name: &str, arguments: &Value) -> Result<String, CommandError> {
    gate.app()?.dispatch_for(person, name, &arguments.to_string())
}

fn keep(gate: &Gate, bytes: &[u8]) -> Result<String, CommandError> {
    let kept = gate.app()?.put_photo(bytes)?;
    serde_json::to_string(&kept).map_err(|error| CommandError::internal(&error))
}

/// The bytes of a request; where a web view cannot send any, they come as a list of numbers.
fn bytes_of(body: &InvokeBody) -> Result<Vec<u8>, CommandError> {
    let none = || CommandError::new(ProblemType::BadArguments, "the body is the bytes of a photo");
    match body {
        InvokeBody::Raw(bytes) => Ok(bytes.clone()),
        InvokeBody::Json(Value::Array(numbers)) => {
            let byte = |number: &Value| number.as_u64().and_then(|number| u8::try_from(number).ok());
            numbers.iter().map(byte).collect::<Option<_>>().ok_or_else(none)
        }
        InvokeBody::Json(_) => Err(none()),
    }
}

fn refusal(error: &CommandError) -> InvokeError {
    InvokeError::from(serde_json::to_value(error.problem()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gate::tests::gate_to;

    #[test]
    fn an_answer_is_the_json_of_the_command() {
        let folder = tempfile::tempdir().expect("a folder");
        let answer = run(&gate_to(folder.path()), None, "sync.status", &json!({})).expect("a status");
        let status: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(status["pending"], 0);
    }

    #[track_caller]
    fn check_refused(name: &str, arguments: Value, code: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let error = run(&gate_to(folder.path()), None, name, &arguments).expect_err("it is refused");
        let InvokeError(problem) = refusal(&error);
        assert_eq!(problem["type"], format!("urn:rounds:problem:{code}"));
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
    }

    #[test]
    fn a_refusal_is_a_problem_with_its_code() {
        check_refused("no.such_command", json!({}), "unknown-command");
        check_refused("sync.queue", json!({ "limit": "many" }), "bad-arguments");
        check_refused("sync.status", json!([1, 2]), "bad-arguments");
        check_refused("sync.status", Value::Null, "bad-arguments");
        check_refused("record.save", json!({ "kind": "finding", "set": {} }), "support-only");
    }

    #[test]
    fn a_store_that_does_not_open_refuses_every_command() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("store");
        std::fs::write(&folder, "no folder").expect("a file");
        let error = run(&gate_to(&folder), None, "sync.status", &json!({})).expect_err("there is no store");
        assert_eq!(error.kind, ProblemType::Store);
    }

    #[test]
    fn bytes_come_as_they_are_or_as_numbers() {
        assert_eq!(bytes_of(&InvokeBody::Raw(vec![0, 255])), Ok(vec![0, 255]));
        assert_eq!(bytes_of(&InvokeBody::Json(json!([0, 255]))), Ok(vec![0, 255]));
        for wrong in [json!([256]), json!([-1]), json!(["a"]), json!({}), json!("bytes"), Value::Null] {
            assert!(bytes_of(&InvokeBody::Json(wrong)).is_err());
        }
    }

    #[test]
    fn what_is_no_photo_is_not_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = keep(&gate_to(folder.path()), b"<svg onload=alert(1)>").expect_err("no photo");
        assert_eq!(error.kind, ProblemType::NotAPhoto);
    }
}
