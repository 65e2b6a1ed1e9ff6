//! The window of a tablet: a web view in front of the app's commands.
//!
//! The page may call commands (`call`, `put_blob`, `sheet_file`, `take_sheet`), hears two events (`changed`, `sync`), and finds photos under the scheme
//! `rounds-blob`. It comes from inside the program and can neither leave nor load anything from elsewhere.

mod arguments;
mod blob_scheme;
mod commands;
mod desktop;
mod fill;
mod gate;
mod pages;
mod sheets;
mod shut;
mod timing;
mod window;

use std::process::ExitCode;
use std::time::SystemTime;

use clap::Parser;
use tauri::{Manager, RunEvent};

use arguments::Arguments;
use gate::Gate;

/// Starts the program on a desktop, and gives its exit code.
pub fn main() -> ExitCode {
    let started = SystemTime::now();
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    // A line that cannot be written is lost: to complain about it on stderr as well would panic where it was logged.
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    logs.log_internal_errors(false).init();
    if !desktop::has_display() {
        eprintln!("error: there is no display for a window; `rounds serve` shows the same screens in a browser");
        return ExitCode::FAILURE;
    }
    match run(arguments, started) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the window cannot be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the app on a phone or tablet, where nobody types arguments.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn start() {
    if let Err(error) = run(Arguments::default(), SystemTime::now()) {
        tracing::error!(%error, "the window cannot be opened");
    }
}

fn run(arguments: Arguments, started: SystemTime) -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    context.config_mut().app.security.csp = Some(tauri::utils::config::Csp::Policy(pages::POLICY.to_owned()));
    context.set_assets(Box::new(pages::Pages::default()));
    desktop::with_plugins(tauri::Builder::default(), &arguments)
        .register_asynchronous_uri_scheme_protocol(blob_scheme::NAME, blob_scheme::answer)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::put_blob,
            sheets::sheet_file,
            sheets::take_sheet
        ])
        .setup(move |app| {
            let folder = match &arguments.store {
                Some(folder) => folder.clone(),
                // Apart from what the web view keeps in the app's folder.
                None => app.path().app_data_dir()?.join("store"),
            };
            app.manage(Gate::new(folder, arguments.clock(), window::teller(app.handle())));
            let window = window::open(app, arguments.store.as_deref())?;
            // The store opens while the web view starts; the page waits for it where it is the slower one.
            let handle = app.handle().clone();
            std::thread::spawn(move || drop(handle.state::<Gate>().app()));
            timing::watch(window, started);
            Ok(())
        })
        .build(context)?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit)
                && let Some(gate) = app.try_state::<Gate>()
            {
                gate.close();
            }
        });
    Ok(())
}
