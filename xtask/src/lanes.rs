//! `cargo xtask test`: the lanes that every change passes, each with its name and time.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::{cargo, needs, npm};

/// One step; the first that fails is the last that runs.
struct Lane {
    name: &'static str,
    command: fn() -> Result<Command>,
}

const LANES: &[Lane] = &[
    // Every package of the lock file, those of other platforms too: a build brings only what it compiles, a test may ask Cargo
    // about all of them, and from here on nothing needs a network.
    Lane { name: "fetch", command: || Ok(cargo::cargo(&["fetch", "--locked"])) },
    // The programs carry the screens, so these come first.
    Lane { name: "ui check", command: || Ok(npm::npm(&["run", "--silent", "check", "--workspaces"])) },
    Lane { name: "ui tests", command: || Ok(npm::npm(&["test", "--silent", "-w", "ui"])) },
    Lane { name: "ui build", command: || Ok(npm::npm(&["run", "--silent", "build", "-w", "ui"])) },
    Lane { name: "fmt", command: || Ok(cargo::cargo(&["fmt", "--all", "--check"])) },
    Lane {
        name: "clippy",
        command: || Ok(cargo::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])),
    },
    Lane {
        name: "rustdoc",
        command: || {
            let mut command = cargo::cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
            command.env("RUSTDOCFLAGS", "-D warnings");
            Ok(command)
        },
    },
    // Apart, so that a program which does not build is told from a test that fails; with the tests, since what they ask of
    // their libraries would otherwise build the window's once more.
    Lane { name: "build", command: || Ok(cargo::cargo(&["build", "--workspace", "--all-targets", "--locked"])) },
    Lane {
        name: "tests",
        command: || {
            let mut command = cargo::cargo(&["test", "--workspace", "--locked"]);
            // Built for two packages alone they would be other programs, on other libraries, and be built once more.
            command.env("ROUNDS_PROGRAMS", cargo::programs()?);
            Ok(command)
        },
    },
    Lane { name: "postgres", command: || Ok(cargo::cargo(&["xtask", "postgres"])) },
    Lane { name: "browser", command: || npm::playwright(&["--project=browser"]) },
    Lane {
        name: "window",
        command: || {
            let mut command = npm::playwright(&["--project=window"])?;
            command.env("ROUNDS_DRIVER", needs::window_driver()?);
            Ok(command)
        },
    },
];

/// How a lane ended.
struct Report {
    name: &'static str,
    passed: bool,
    took: Duration,
    tests: Tests,
}

/// Tests counted from what test programs print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tests {
    passed: usize,
    failed: usize,
}

/// Runs all lanes; whether all of them passed.
pub(crate) fn test() -> Result<bool> {
    needs::component("fmt", "rustfmt")?;
    needs::component("clippy", "clippy")?;
    needs::packages(&[needs::WINDOW, needs::WINDOW_TESTS, needs::BROWSER].concat())?;
    needs::database()?;
    npm::install()?;
    // Now rather than in the lane that uses it, which would miss it only after all others.
    needs::window_driver()?;
    let mut reports = Vec::new();
    for lane in LANES {
        println!("\n=== {} ===", lane.name);
        let report = run(lane)?;
        println!("=== {}: {} in {:.1} s ===", report.name, verdict(report.passed), report.took.as_secs_f64());
        let is_last = !report.passed;
        reports.push(report);
        if is_last {
            break;
        }
    }
    print!("{}", table(&reports));
    Ok(reports.iter().all(|report| report.passed))
}

fn run(lane: &Lane) -> Result<Report> {
    let started = Instant::now();
    let (passed, tests) = watch((lane.command)()?, &mut std::io::stdout())?;
    Ok(Report { name: lane.name, passed, took: started.elapsed(), tests })
}

/// Runs `command`, passes on what it prints to `reader`, and counts the tests in it.
fn watch(mut command: Command, reader: &mut impl Write) -> Result<(bool, Tests)> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("{} did not start", cargo::shown(&command)))?;
    let mut tests = Tests::default();
    let mut printed = BufReader::new(child.stdout.take().context("the output was not piped")?);
    let mut line = Vec::new();
    while printed.read_until(b'\n', &mut line).context("the output broke off")? > 0 {
        reader.write_all(&line).context("nobody reads the output")?;
        tests.count(&String::from_utf8_lossy(&line));
        line.clear();
    }
    let status = child.wait().context("the lane was lost")?;
    Ok((status.success(), tests))
}

impl Tests {
    /// Adds what one line says, if it is the closing line of a test program: of Cargo, Vitest or Playwright.
    fn count(&mut self, line: &str) {
        let line = line.trim();
        let words: Vec<&str> = line.split([' ', ';', '|', '(']).filter(|word| !word.is_empty()).collect();
        let is_closing = match words.as_slice() {
            ["test", "result:", ..] => true,
            ["Tests", ..] => true,
            // Playwright counts each sort on a line of its own.
            [count, "passed" | "failed", ..] => count.parse::<usize>().is_ok() && line.len() < 40 && words.len() <= 3,
            _ => false,
        };
        if !is_closing {
            return;
        }
        for pair in words.windows(2) {
            let count = pair[0].parse().unwrap_or(0);
            match pair[1] {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                _ => {}
            }
        }
    }
}

fn verdict(passed: bool) -> &'static str {
    if passed { "passed" } else { "FAILED" }
}

fn table(reports: &[Report]) -> String {
    let mut text = format!("\n{:<10}{:<10}{:>9}\n", "lane", "result", "seconds");
    let mut all = Tests::default();
    for report in reports {
        let seconds = report.took.as_secs_f64();
        text += &format!("{:<10}{:<10}{seconds:>9.1}\n", report.name, verdict(report.passed));
        all.passed += report.tests.passed;
        all.failed += report.tests.failed;
    }
    for lane in LANES.iter().skip(reports.len()) {
        text += &format!("{:<10}{:<10}{:>9}\n", lane.name, "not run", "-");
    }
    if all == Tests::default() {
        return text;
    }
    text + &format!("\n{} passed, {} failed\n", all.passed, all.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_from_closing_lines_alone() {
        let mut tests = Tests::default();
        tests.count("test result: ok. 75 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.24s\n");
        tests.count("test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n");
        tests.count("test the_last_one_passed ... ok\n");
        tests.count("the office shows that 12 passed\n");
        assert_eq!(tests, Tests { passed: 82, failed: 2 });
        tests.count("      Tests  1 failed | 30 passed (31)\n");
        tests.count(" Test Files  1 failed | 5 passed (6)\n");
        assert_eq!(tests, Tests { passed: 112, failed: 3 });
        tests.count("  4 failed\n");
        tests.count("  10 passed (1.2m)\n");
        assert_eq!(tests, Tests { passed: 122, failed: 7 });
    }

    #[test]
    fn the_packages_of_every_platform_are_there_before_anything_asks_for_one() {
        let first = (LANES[0].command)().expect("a command");
        assert_eq!(cargo::shown(&first), "cargo fetch --locked");
    }

    #[test]
    fn the_table_names_what_did_not_run() {
        let report = |name, passed| Report { name, passed, took: Duration::from_millis(1500), tests: Tests::default() };
        let text = table(&[report("fmt", true), report("clippy", false)]);
        let lines: Vec<&str> = text.trim().lines().collect();
        assert_eq!(lines[1], "fmt       passed          1.5");
        assert_eq!(lines[2], "clippy    FAILED          1.5");
        assert!(lines.last().is_some_and(|line| line.starts_with("window    not run")));
    }

    #[test]
    fn a_lane_that_fails_is_seen_with_its_tests() {
        let mut script = Command::new("sh");
        script.args(["-c", "echo 'test result: FAILED. 3 passed; 1 failed; 0 ignored'; exit 101"]);
        let mut seen = Vec::new();
        let (passed, tests) = watch(script, &mut seen).expect("a shell");
        assert!(seen.starts_with(b"test result"));
        assert_eq!((passed, tests), (false, Tests { passed: 3, failed: 1 }));
    }
}
