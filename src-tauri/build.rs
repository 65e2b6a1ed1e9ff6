//! Names the window's own commands, so that a page may call what a capability lists and nothing else; and builds the program anew with the screens.

fn main() {
    // A debug build reads the screens from their folder as it runs, and finds that folder as it is built.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release || !std::path::Path::new("../ui/dist").exists() {
        println!("cargo::rerun-if-changed=../ui/dist");
    }
    let commands = tauri_build::AppManifest::new().commands(&["call", "put_blob", "sheet_file", "take_sheet"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=the window's configuration: {error:#}");
    }
}
