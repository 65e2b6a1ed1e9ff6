//! The one window: what it looks like, and where its page may go.

use std::path::Path;
use std::sync::Arc;

use tauri::webview::{Color, PermissionKind, PermissionResponse};
use tauri::{App, AppHandle, Emitter, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::desktop;
use crate::gate::Tell;

/// The paper behind the page, so that the first frame does not flash.
const PAPER: Color = Color(0xF6, 0xF4, 0xEF, 0xFF);

/// Opens the window; a store that was named keeps what the page remembers to itself.
pub(crate) fn open<R: Runtime>(app: &App<R>, store: Option<&Path>) -> tauri::Result<WebviewWindow<R>> {
    let builder = WebviewWindowBuilder::new(app, desktop::LABEL, WebviewUrl::default())
        .on_navigation(is_own_page)
        .on_permission_request(|_, kind| match kind {
            PermissionKind::Camera => PermissionResponse::Allow,
            _ => PermissionResponse::Deny,
        })
        .background_color(PAPER);
    let builder = match store {
        Some(folder) => builder.data_directory(folder.join("webview")),
        None => builder,
    };
    desktop::shaped(builder).build()
}

/// Whether an address is a page of the program itself; nothing else is ever shown.
fn is_own_page(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default();
    match address.scheme() {
        "tauri" => host == "localhost",
        // Windows and Android know no schemes of an app's own.
        "http" | "https" => host == "tauri.localhost" && address.port().is_none(),
        _ => false,
    }
}

/// Passes news on to the page.
pub(crate) fn teller<R: Runtime>(app: &AppHandle<R>) -> Tell {
    let app = app.clone();
    Arc::new(move |news| {
        if let Err(error) = app.emit_str(news.name(), news.data()) {
            tracing::warn!(%error, "the page does not hear what is new");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: bool) {
        assert_eq!(is_own_page(&address.parse().expect("an address")), expected, "{address}");
    }

    #[test]
    fn the_page_cannot_leave_the_program() {
        check("tauri://localhost/#/today", true);
        check("http://tauri.localhost/index.html", true);
        check("https://tauri.localhost/", true);
        check("https://example.org/", false);
        check("http://localhost:1420/", false);
        check("http://tauri.localhost:8080/", false);
        check("http://tauri.localhost.example.org/", false);
        check("file:///etc/passwd", false);
        check("rounds-blob://localhost/00", false);
        check("data:text/html,hello", false);
        check("blob:tauri://localhost/1", false);
        check("about:blank", false);
    }
}
