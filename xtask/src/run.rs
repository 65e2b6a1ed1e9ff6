//! `cargo xtask run`: a school to try out, from a checkout to a running office and tablet in one command.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::args::RunOptions;
use crate::demo::Demo;
use crate::running::Running;
use crate::{cargo, json, needs, npm, port, walkthrough};

/// How often it looks for a signal, and whether everything still runs.
const LOOK: Duration = Duration::from_millis(100);

/// Builds, starts and explains the demo, and ends it when it is told to; whether it ended as it should.
pub(crate) fn run(options: RunOptions) -> Result<bool> {
    let has_window = !options.is_headless && has_display();
    if !options.is_headless && !has_window {
        println!("这里没有显示器，平板改在浏览器里打开。");
        println!("There is no display here; the tablet opens in the browser.\n");
    }
    build(has_window)?;
    // From here on a signal must not leave a program behind.
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("signals cannot be listened to")?;
    let root = cargo::root();
    let demo = Demo::open(root.join("target/demo"), cargo::programs()?, options.is_fresh)?;
    let account = demo.school()?;
    let (server, office) = start_server(&demo)?;
    demo.enrol(&office)?;
    let (tablet, open) = start_tablet(&demo, has_window)?;
    let near = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let text = walkthrough::text(&walkthrough::Facts {
        office: &office,
        account: &account.name,
        password: &account.password,
        tablet: open.as_deref().unwrap_or("窗口已打开 · in its window"),
        rounds: &format!("{} --store {}", near(&demo.tablet_program()), near(&demo.tablet())),
        log: &near(&demo.log("server")),
    });
    println!("{text}");
    // The tablet goes first, so that what it still sends finds a server.
    let mut running = [tablet, server];
    let mut is_window_open = has_window;
    loop {
        if signals.pending().next().is_some() {
            println!("\n正在停止…… Stopping.");
            running.iter_mut().try_for_each(Running::stop)?;
            return Ok(true);
        }
        for program in &mut running {
            let Some(status) = program.ended()? else { continue };
            if program.name() == "rounds-window" && status.success() {
                if std::mem::take(&mut is_window_open) {
                    println!("窗口已关闭，办公室仍在运行，按 Ctrl-C 停止。");
                    println!("The window was closed; the office runs on until Ctrl-C.");
                }
                continue;
            }
            eprintln!("{} ended by itself ({status}); what it logged is in {}", program.name(), near(&demo.log("*")));
            return Ok(false);
        }
        std::thread::sleep(LOOK);
    }
}

fn build(has_window: bool) -> Result<()> {
    npm::install()?;
    npm::build()?;
    let mut programs = vec!["build", "--locked", "-p", "door", "-p", "sync-server"];
    if has_window {
        needs::packages(needs::WINDOW)?;
        programs.extend(["-p", "rounds-window"]);
    }
    programs.push("--bins");
    cargo::succeed(cargo::cargo(&programs))
}

fn start_server(demo: &Demo) -> Result<(Running, String)> {
    let mut serve = Command::new(demo.server_program());
    serve.arg("serve").arg("--data").arg(demo.data());
    serve.arg("--listen").arg(port::next_free(port::FIRST)?.to_string());
    let (server, said) = Running::start_and_hear(serve, &demo.log("server"))?;
    let office = json::text(&said, "/listening", "rounds-server serve")?;
    Ok((server, office))
}

/// The window, or the browser tablet with the link that opens it once.
fn start_tablet(demo: &Demo, has_window: bool) -> Result<(Running, Option<String>)> {
    if has_window {
        let mut window = Command::new(demo.window_program());
        window.arg("--store").arg(demo.tablet());
        return Ok((Running::start(window, &demo.log("tablet"))?, None));
    }
    let mut serve = Command::new(demo.tablet_program());
    serve.arg("--store").arg(demo.tablet()).arg("serve");
    let (tablet, said) = Running::start_and_hear(serve, &demo.log("tablet"))?;
    let open = json::text(&said, "/open", "rounds serve")?;
    Ok((tablet, Some(open)))
}

/// Whether a window would be seen.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
