//! What only a desktop has: one window per store, which comes back where it stood.

use tauri::{Builder, Runtime, WebviewWindowBuilder, Wry};

use crate::arguments::Arguments;

/// What the window is called inside the program; the capability names it.
pub(crate) const LABEL: &str = "main";

/// Whether there is anything that a window could be shown on.
pub(crate) fn has_display() -> bool {
    let is_named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || is_named("DISPLAY") || is_named("WAYLAND_DISPLAY")
}

/// Adds the plugins of a desktop.
#[cfg(desktop)]
pub(crate) fn with_plugins(builder: Builder<Wry>, arguments: &Arguments) -> Builder<Wry> {
    use tauri_plugin_window_state::StateFlags;

    let state = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    let place = tauri_plugin_window_state::Builder::new().with_state_flags(state);
    match &arguments.store {
        // The system's own store: whoever starts the app twice wants the window that is there.
        None => builder.plugin(tauri_plugin_single_instance::init(|app, _, _| bring_forward(app))),
        // Named stores are for demonstrations and tests: each start is a window, and several may share a store.
        Some(_) => builder,
    }
    .plugin(match &arguments.store {
        None => place.build(),
        Some(folder) => place.with_filename(folder.join("window.json").to_string_lossy()).build(),
    })
}

/// A phone or tablet places its windows itself.
#[cfg(mobile)]
pub(crate) fn with_plugins(builder: Builder<Wry>, _: &Arguments) -> Builder<Wry> {
    builder
}

/// Gives the window its title and size; its page opens no others.
#[cfg(desktop)]
pub(crate) fn shaped<'a, R: Runtime, M: tauri::Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    window
        .title("校园巡检")
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 480.0)
        .center()
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(true)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
}

/// The system gives the window the whole screen, and opens no others.
#[cfg(mobile)]
pub(crate) fn shaped<'a, R: Runtime, M: tauri::Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    window
}

/// Shows the window to somebody who has started the program again.
#[cfg(desktop)]
fn bring_forward<R: Runtime>(app: &tauri::AppHandle<R>) {
    use tauri::Manager;

    let Some(window) = app.get_webview_window(LABEL) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window does not come forward");
    }
}
