//! Builds the program anew when the screens that go into it were built anew.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|held| held == value);
    // A debug build reads the screens from their folder as it runs, and finds that folder as it is built.
    let watches = is("PROFILE", "release") || !std::path::Path::new("../../ui/dist").exists();
    if watches && is("CARGO_FEATURE_HTTP", "1") {
        println!("cargo::rerun-if-changed=../../ui/dist");
    }
}
