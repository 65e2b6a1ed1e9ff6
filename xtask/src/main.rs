//! The commands that everybody types: `cargo xtask run`, `test`, `postgres`, `screens`, `bench`, `dist`.
//!
//! A checkout, Rust with the C compiler that it links with, and Node are enough.

mod android;
mod args;
mod bench;
mod cargo;
mod cluster;
mod demo;
mod dist;
mod json;
mod lanes;
mod needs;
mod npm;
mod port;
mod postgres;
mod run;
mod running;
mod screens;
#[cfg(test)]
mod stand_in;
mod walkthrough;

use std::process::ExitCode;

use args::Task;

/// The exit code of a command that was typed wrongly.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    let task = match args::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", args::USAGE);
            return ExitCode::from(WRONG_USAGE);
        }
    };
    let done = match task {
        Task::Help => {
            println!("{}", args::USAGE);
            Ok(true)
        }
        Task::Test => lanes::test(),
        Task::Postgres(filters) => postgres::test(&filters),
        Task::Run(options) => run::run(options),
        Task::Screens(folder) => screens::screens(&folder),
        Task::Bench(benches) => bench::bench(&benches),
        Task::Dist => dist::dist(),
        Task::AndroidCheck => android::check(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
