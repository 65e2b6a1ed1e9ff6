//! Papers as files: a window has no downloads of its own, so the program writes them into the person's downloads folder.
//!
//! No name and no folder comes from the page; nothing that lies there is overwritten, and the network plays no part.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use tauri::ipc::{InvokeError, Response};
use tauri::{AppHandle, Manager, Runtime};

use app::{CommandError, ProblemType};

use crate::commands::aside;
use crate::gate::Gate;

/// A file that is whole within this time is written at once; the page is told of any other how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Makes the file of a paper; answers with its name and where it lies, or with what it is fetched by when it takes longer.
#[tauri::command]
pub(crate) async fn sheet_file<R: Runtime>(handle: AppHandle<R>, args: Value) -> Result<Response, InvokeError> {
    aside(move || make(&handle.state::<Gate>(), &downloads(&handle)?, &args)).await.map(Response::new)
}

/// Writes a file that was made aside; answers with its name and where it lies.
#[tauri::command]
pub(crate) async fn take_sheet<R: Runtime>(handle: AppHandle<R>, export: String) -> Result<Response, InvokeError> {
    aside(move || take(&handle.state::<Gate>(), &downloads(&handle)?, &export)).await.map(Response::new)
}

fn downloads<R: Runtime>(handle: &AppHandle<R>) -> Result<PathBuf, CommandError> {
    let unknown = |error| CommandError::new(ProblemType::Failed, format_args!("there is no downloads folder: {error}"));
    handle.path().download_dir().map_err(unknown)
}

fn make(gate: &Gate, folder: &Path, arguments: &Value) -> Result<String, CommandError> {
    let app = gate.app()?;
    let export = app.begin_sheet(&arguments.to_string())?;
    if !app.wait_for_sheet(&export, PATIENCE)? {
        return Ok(json!({ "export": export }).to_string());
    }
    take(gate, folder, &export)
}

fn take(gate: &Gate, folder: &Path, export: &str) -> Result<String, CommandError> {
    let file = gate.app()?.take_sheet(export)?;
    let path = file.save_into(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(json!({ "name": name, "path": path.display().to_string() }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::tests::gate_to;

    #[test]
    fn a_paper_that_nobody_gets_is_refused_and_no_file_is_written() {
        let (store, folder) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let gate = gate_to(store.path());
        let refused = make(&gate, folder.path(), &json!({"sheet": "waste", "as": "csv"})).expect_err("nobody works");
        assert_eq!(refused.kind, ProblemType::NotFound);
        let path = make(&gate, folder.path(), &json!({"sheet": "waste", "as": "csv", "path": "/tmp/x.csv"}));
        assert_eq!(path.expect_err("a page names no path").kind, ProblemType::BadArguments);
        assert_eq!(take(&gate, folder.path(), "no such file").expect_err("refused").kind, ProblemType::NotFound);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
