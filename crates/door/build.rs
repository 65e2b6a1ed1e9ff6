//! Builds the program anew when the screens that go into it were built anew.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the screens from their folder as it runs, and finds that folder as it is built.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release || !std::path::Path::new("../../ui/dist").exists() {
        println!("cargo::rerun-if-changed=../../ui/dist");
    }
}
