//! How a program that serves is told to end.

use std::io;

/// Settles when somebody wants the program to end: by SIGTERM or Ctrl-C. From the call on, signals no longer end it by themselves.
///
/// Called inside a runtime, and before anybody is told that the program serves.
///
/// # Errors
/// When the system takes no handler.
#[cfg(unix)]
pub fn told_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Settles when somebody wants the program to end: by Ctrl-C, or by closing its window.
///
/// Called inside a runtime, and before anybody is told that the program serves.
///
/// # Errors
/// When the system takes no handler.
#[cfg(windows)]
pub fn told_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut interrupt, mut close) = (tokio::signal::windows::ctrl_c()?, tokio::signal::windows::ctrl_close()?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = close.recv() => {}
        }
    })
}
