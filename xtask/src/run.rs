//! `cargo xtask run`: a school to try out, from a checkout to a running office in one command.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::args::RunOptions;
use crate::demo::Demo;
use crate::server::Server;
use crate::{cargo, port, walkthrough};

/// How often it looks for a signal, and whether the server still runs.
const LOOK: Duration = Duration::from_millis(100);

/// Builds, starts and explains the demo, and ends it when it is told to; whether it ended as it should.
pub(crate) fn run(options: RunOptions) -> Result<bool> {
    if !options.is_headless {
        println!("这个版本还没有窗口，改为无窗口运行。");
        println!("There is no window yet in this build; going on headless.\n");
    }
    cargo::succeed(cargo::cargo(&["build", "--locked", "--bin", "rounds", "--bin", "rounds-server"]))?;
    // From here on a signal must not leave a server behind.
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("signals cannot be listened to")?;
    let root = cargo::root();
    let demo = Demo::open(root.join("target/demo"), cargo::programs()?, options.is_fresh)?;
    let account = demo.school()?;
    let mut server = Server::start(&demo.server_program(), &demo.data(), port::next_free(port::FIRST)?, &demo.log())?;
    demo.enrol(&server.listening)?;
    let near = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let text = walkthrough::text(&walkthrough::Facts {
        office: &server.listening,
        account: &account.name,
        password: &account.password,
        rounds: &format!("{} --store {}", near(&demo.tablet_program()), near(&demo.tablet())),
        log: &near(&demo.log()),
    });
    println!("{text}");
    loop {
        if signals.pending().next().is_some() {
            println!("\n正在停止…… Stopping.");
            server.stop()?;
            return Ok(true);
        }
        if let Some(status) = server.ended()? {
            eprintln!("the server ended by itself ({status}); its log is {}", demo.log().display());
            return Ok(false);
        }
        std::thread::sleep(LOOK);
    }
}
