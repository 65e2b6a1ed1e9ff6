//! What the lanes need of the toolchain: added where that is possible, named where it is not.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::cargo;

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

fn works(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

fn works_aloud(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_does_not_work() {
        assert!(!works(&mut Command::new("no-such-program-here")));
        assert!(works(&mut cargo::cargo(&["--version"])));
    }
}
