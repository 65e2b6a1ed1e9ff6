//! The program that opens the window on a desktop.
// A release on Windows is no console program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    rounds_window_lib::main()
}
