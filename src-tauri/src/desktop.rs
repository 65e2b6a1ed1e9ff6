//! What only a desktop has: one window per store, which comes back where it stood.

use tauri::{Builder, Wry};

use crate::arguments::Arguments;

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
        None => builder.plugin(tauri_plugin_single_instance::init(|app, _, _| crate::window::bring_forward(app))),
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
