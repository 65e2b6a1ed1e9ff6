//! How long it takes until somebody sees something: `window painted in N ms`, logged at debug level.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tauri::{Runtime, WebviewWindow};

/// Asks the page when its first paint with content was, in ms since 1970, and 0 before there was one.
const QUESTION: &str = "(() => { const [paint] = performance.getEntriesByName('first-contentful-paint'); \
                        return paint ? performance.timeOrigin + paint.startTime : 0 })()";
const AGAIN: Duration = Duration::from_millis(100);
const PATIENCE: u32 = 300;

/// Logs when the window was painted, where anybody wants to know; the page times itself, so asking late costs nothing.
pub(crate) fn watch<R: Runtime>(window: WebviewWindow<R>, started: SystemTime) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let started_ms = started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1_000.0;
    std::thread::spawn(move || {
        for _ in 0..PATIENCE {
            std::thread::sleep(AGAIN);
            let (answer, answered) = std::sync::mpsc::channel();
            if window.eval_with_callback(QUESTION, move |text| drop(answer.send(text))).is_err() {
                return;
            }
            let painted_ms = answered.recv_timeout(AGAIN).ok().and_then(|text| text.parse::<f64>().ok());
            if let Some(painted_ms) = painted_ms.filter(|&at| at > 0.0) {
                tracing::debug!("window painted in {:.0} ms", painted_ms - started_ms);
                return;
            }
        }
    });
}
