//! What a build needs beside Rust: installed where that is possible, named where it is not.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::cargo;

/// Makes sure of a C compiler: SQLite, zstd and the cryptography are C, and are built from source.
pub(crate) fn c_compiler() -> Result<()> {
    if works(Command::new("cc").arg("--version")) {
        return Ok(());
    }
    println!("there is no C compiler: installing build-essential");
    let apt = |arguments: &[&str]| match privileged("apt-get") {
        Some(mut command) => works_aloud(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive")),
        None => false,
    };
    if (apt(&["install", "-y", "build-essential"]) || (apt(&["update"]) && apt(&["install", "-y", "build-essential"])))
        && works(Command::new("cc").arg("--version"))
    {
        return Ok(());
    }
    bail!("a C compiler is needed and could not be installed; on Debian: apt-get install build-essential")
}

/// Makes sure of a component of the toolchain, such as `rustfmt`; `command` is the Cargo command that it brings.
pub(crate) fn component(command: &str, component: &str) -> Result<()> {
    if works(&mut cargo::cargo(&[command, "--version"])) {
        return Ok(());
    }
    println!("the toolchain has no {component}: adding it");
    if works_aloud(Command::new("rustup").args(["component", "add", component]))
        && works(&mut cargo::cargo(&[command, "--version"]))
    {
        return Ok(());
    }
    bail!("{component} is needed and could not be added; try: rustup component add {component}")
}

/// `program` with the rights to install, when there is a way to them that asks nobody.
fn privileged(program: &str) -> Option<Command> {
    if printed(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(Command::new(program));
    }
    works(Command::new("sudo").args(["-n", "true"])).then(|| {
        let mut command = Command::new("sudo");
        command.args(["-n", program]);
        command
    })
}

fn works(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

fn works_aloud(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn printed(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_does_not_work() {
        assert!(!works(&mut Command::new("no-such-program-here")));
        assert!(works(&mut cargo::cargo(&["--version"])));
    }

    #[test]
    fn what_a_program_printed_comes_without_its_line_end() {
        assert!(printed(&mut cargo::cargo(&["--version"])).is_some_and(|text| !text.ends_with('\n')));
        assert_eq!(printed(&mut cargo::cargo(&["no-such-command-here"])), None);
    }
}
