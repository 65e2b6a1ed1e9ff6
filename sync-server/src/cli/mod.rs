//! The command `rounds-server`: one JSON document on stdout per command, logs on stderr.
//!
//! Exit 0 on success, 2 on wrong usage, and 1 otherwise, with the problem on stdout.

mod account;
mod archive;
mod args;
mod backup;
mod check;
mod dated;
mod device;
mod enrol_code;
mod error;
mod init;
mod listener;
mod lock;
mod migrate;
#[cfg(test)]
mod packaging;
mod place;
mod purge;
mod refill;
mod restore;
mod serve;
mod store;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use args::LogFormat;
use error::CommandError;

#[derive(Parser)]
#[command(name = "rounds-server", version, about = "The office server of Rounds (校园巡检)")]
struct Cli {
    /// How logs are written to stderr; RUST_LOG chooses which.
    #[arg(long, global = true, value_enum, default_value_t)]
    log: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the store and its first office account; on a store that is there, adds an organisation.
    Init(init::InitArgs),
    /// Serves tablets under /v1.
    Serve(serve::ServeArgs),
    /// Makes a code that enrols one device.
    EnrolCode(enrol_code::EnrolCodeArgs),
    /// Lists and revokes devices.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Adds, lists and removes office accounts, and gives them new passwords.
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Copies the store into a file, also while a server runs on it.
    Backup(backup::BackupArgs),
    /// Puts a backup in the place of the store; no server may run on it.
    Restore(restore::RestoreArgs),
    /// Verifies the store and the feed.
    Check(check::CheckArgs),
    /// Takes the values of one record away after its retention time.
    Purge(purge::PurgeArgs),
    /// Makes the tables in a database, or brings them up to date.
    Migrate(migrate::MigrateArgs),
    /// Shows and ends the refill that follows a restore.
    #[command(subcommand)]
    Refill(refill::RefillCommand),
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    // A wrong command line ends here, with exit code 2.
    let cli = Cli::parse();
    start_logging(cli.log);
    match dispatch(cli.command) {
        Ok(Some(document)) => print(&document, ExitCode::SUCCESS),
        Ok(None) => ExitCode::SUCCESS,
        Err(CommandError::Usage(message)) => {
            // Nobody may be there to read it; the exit code says it as well.
            let _ = writeln!(std::io::stderr(), "error: {message}");
            ExitCode::from(2)
        }
        Err(error) => print(&error.document(), ExitCode::FAILURE),
    }
}

fn dispatch(command: Command) -> Result<Option<serde_json::Value>, CommandError> {
    match command {
        Command::Init(args) => init::init(args).map(Some),
        Command::Serve(args) => serve::serve(args).map(|()| None),
        Command::EnrolCode(args) => enrol_code::enrol_code(args).map(Some),
        Command::Device(command) => device::device(command).map(Some),
        Command::Account(command) => account::account(command).map(Some),
        Command::Backup(args) => backup::backup(args).map(Some),
        Command::Restore(args) => restore::restore(args).map(Some),
        Command::Check(args) => check::check(args).map(Some),
        Command::Purge(args) => purge::purge(args).map(Some),
        Command::Migrate(args) => migrate::migrate(args).map(Some),
        Command::Refill(command) => refill::refill(command).map(Some),
    }
}

fn print(document: &serde_json::Value, code: ExitCode) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{document}").and_then(|()| out.flush()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

/// A line that cannot be written is lost: to complain about it on stderr as well would panic where it was logged.
fn start_logging(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // It would write down what goes to the database and comes from it.
    let filter = filter.add_directive("tokio_postgres=warn".parse().expect("it reads as one"));
    let is_terminal = std::io::stderr().is_terminal();
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(is_terminal)
        .log_internal_errors(false);
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().init(),
    }
}
