//! The tablet without a window: for scripts, support and tests.

mod call;
mod exchange;
mod output;
mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, CommandError, parse_time};
use clap::{Parser, Subcommand};
use replica::{OsEntropy, Ports, ShiftedClock, SystemClock};

/// Rounds on the command line.
#[derive(Debug, Parser)]
#[command(name = "rounds", version)]
struct Arguments {
    /// The folder of the local store; made when it is not there.
    #[arg(long, env = "ROUNDS_STORE", value_name = "DIR", global = true)]
    store: Option<PathBuf>,
    /// The person whose name goes on every save.
    #[arg(long = "as", value_name = "PERSON", global = true, value_parser = parse_person)]
    by: Option<String>,
    /// What time it is at the start, and vouched for: milliseconds since 1970, or RFC 3339.
    #[arg(long, value_name = "TIME", global = true, value_parser = parse_time)]
    now: Option<u64>,
    /// What the wall clock shows at the start, without vouching for it: the same forms of a time.
    #[arg(long, value_name = "TIME", global = true, value_parser = parse_time, conflicts_with = "now")]
    wall: Option<u64>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Enrols the store with a code.
    Enrol {
        /// The address of the server.
        #[arg(long)]
        server: String,
        /// The code that the office gave.
        #[arg(long)]
        code: String,
        /// What people call this device.
        #[arg(long, default_value = "rounds")]
        device_name: String,
    },
    /// Sends and receives until nothing is owed either way.
    Sync {
        /// Goes on for ever.
        #[arg(long)]
        watch: bool,
    },
    /// Tells what was sent and received, and what waits, without the network.
    Status,
    /// Shows the screens of this tablet in a browser on this machine.
    Serve {
        /// Where to listen; port 0 picks a free one.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
        listen: std::net::SocketAddr,
    },
    /// Saves what a damaged store still holds into a new one; the store itself is only read.
    Salvage {
        /// The folder of the new store; made when it is not there, and empty.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Runs a command with JSON arguments; `-` reads one document per line.
    Call {
        /// Names every command with the schemas of its arguments and answer.
        #[arg(long)]
        list: bool,
        /// The command.
        #[arg(required_unless_present = "list")]
        name: Option<String>,
        /// Its arguments, or `-`.
        arguments: Option<String>,
    },
}

fn parse_person(text: &str) -> Result<String, String> {
    if wire::is_person(text) {
        Ok(text.to_owned())
    } else {
        Err("a person is named by 1-200 printable characters".into())
    }
}

/// A store that cannot be opened need not be opened to be saved.
fn salvage(from: &Path, to: &Path, ports: Ports) -> ExitCode {
    let salvaged = App::salvage(from, to, ports).map_err(CommandError::from);
    let document =
        salvaged.and_then(|salvaged| serde_json::to_string(&salvaged).map_err(|error| CommandError::internal(&error)));
    output::answer(document)
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    // A line that cannot be written is lost: to complain about it on stderr as well would panic where it was logged.
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    logs.log_internal_errors(false).init();
    if let Action::Call { list: true, .. } = arguments.action {
        return output::print(&call::list());
    }
    let Some(folder) = arguments.store else {
        eprintln!("error: --store DIR says where the local store is");
        return ExitCode::from(2);
    };
    let clock: Arc<dyn replica::Clock> = match (arguments.now, arguments.wall) {
        (Some(start), _) => Arc::new(ShiftedClock::starting_at(start)),
        (None, Some(shown)) => Arc::new(ShiftedClock::showing(shown)),
        (None, None) => Arc::new(SystemClock),
    };
    let ports = Ports { clock, entropy: Arc::new(OsEntropy) };
    if let Action::Salvage { to } = &arguments.action {
        return salvage(&folder, to, ports);
    }
    // People share what is served.
    let is_shared = matches!(arguments.action, Action::Serve { .. });
    if is_shared && arguments.by.is_some() {
        eprintln!("error: --as does not go with serve: who works is chosen on the screens");
        return ExitCode::from(2);
    }
    let by = arguments.by.map(Arc::from);
    let opened = if is_shared { App::open_shared(&folder, ports) } else { App::open(&folder, ports, by) };
    let app = match opened {
        Ok(app) => app,
        Err(error) => return output::fail(&CommandError::from(error).problem()),
    };
    match arguments.action {
        Action::Enrol { server, code, device_name } => exchange::enrol(&app, &server, &code, &device_name),
        Action::Sync { watch: false } => exchange::sync(&app),
        Action::Sync { watch: true } => exchange::watch(&app),
        Action::Status => output::answer(app.dispatch("sync.status", "{}")),
        Action::Serve { listen } => serve::serve(app, listen),
        // Done before anything was opened.
        Action::Salvage { .. } => ExitCode::SUCCESS,
        Action::Call { name, arguments, .. } => {
            let name = name.unwrap_or_default();
            match arguments.as_deref() {
                Some("-") => call::lines(&app, &name),
                arguments => call::once(&app, &name, arguments.unwrap_or("{}")),
            }
        }
    }
}
