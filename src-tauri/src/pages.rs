//! The files of the page, from inside the program, and the rules under which they run.

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_embed::RustEmbed;
use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{App, AppHandle, Assets, Manager, Runtime};

use crate::fill::fill;
use crate::gate::Gate;
use crate::shut;

/// What the page may load: the program's own files, photos of the store, and nothing from elsewhere.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data: rounds-blob: http://rounds-blob.localhost; media-src 'self' blob:; font-src 'self'; \
    connect-src 'self' ipc: http://ipc.localhost rounds-blob: http://rounds-blob.localhost; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("../pages/style.css");
/// Where the pages in place of the screens find their style: none may stand in a page.
const STYLE_PATH: &str = "notice.css";
const NOTICE: &str = include_str!("../pages/notice.html");
const INDEX: &str = "index.html";

/// What the build of `ui/` left; in the program itself in a release, read from the folder otherwise.
#[derive(RustEmbed)]
#[folder = "../ui/dist"]
#[allow_missing = true]
struct Built;

/// The files that the web view may ask for.
pub(crate) struct Pages<R: Runtime> {
    handle: OnceLock<AppHandle<R>>,
}

impl<R: Runtime> Default for Pages<R> {
    fn default() -> Self {
        Self { handle: OnceLock::new() }
    }
}

impl<R: Runtime> Assets<R> for Pages<R> {
    fn setup(&self, app: &App<R>) {
        // It is called once; a second handle would be to the same app.
        let _ = self.handle.set(app.handle().clone());
    }

    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let path = key.as_ref().trim_start_matches('/');
        if path == STYLE_PATH {
            return Some(STYLE.as_bytes().into());
        }
        if path != INDEX {
            return Built::get(path).map(|file| file.data);
        }
        let gate = self.handle.get().and_then(|handle| handle.try_state::<Gate>());
        Some(index(gate.as_deref()))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

/// The first page: the screens when the store is open, else why it is not; loading it again tries again.
fn index(gate: Option<&Gate>) -> Cow<'static, [u8]> {
    if let Some((gate, Err(error))) = gate.map(|gate| (gate, gate.app())) {
        tracing::error!(%error, folder = %gate.folder().display(), "the store cannot be opened");
        return shut::page(&error, gate.folder()).into_bytes().into();
    }
    Built::get(INDEX).map_or_else(|| fill(NOTICE, &[]).into_bytes().into(), |file| file.data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::tests::gate_to;

    #[test]
    fn a_store_that_does_not_open_has_a_page_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let gate = gate_to(folder.path());
        let page = |gate| String::from_utf8(index(Some(gate)).into_owned()).expect("text");
        assert!(!page(&gate).contains("data-code"));
        let broken = tempfile::tempdir().expect("a folder");
        std::fs::write(broken.path().join("rounds.sqlite3"), vec![7; 8192]).expect("a file");
        assert!(page(&gate_to(broken.path())).contains("data-code=\"not-a-store\""));
    }

    #[test]
    fn the_policy_lets_nothing_in_from_elsewhere() {
        assert!(POLICY.starts_with("default-src 'none'"));
        let everywhere =
            POLICY.split([' ', ';']).filter(|source| matches!(*source, "*" | "http:" | "https:" | "'unsafe-eval'"));
        assert_eq!(everywhere.count(), 0);
        let scripts = POLICY.split(';').find(|rule| rule.trim().starts_with("script-src")).expect("a rule for scripts");
        assert_eq!(scripts.trim(), "script-src 'self' 'wasm-unsafe-eval'");
        let styles = POLICY.split(';').find(|rule| rule.trim().starts_with("style-src")).expect("a rule for styles");
        assert_eq!(styles.trim(), "style-src 'self'");
    }

    #[test]
    fn no_style_stands_in_a_page() {
        for page in [NOTICE, include_str!("../pages/shut.html")] {
            assert!(!page.contains("<style") && !page.contains("style="));
            assert!(page.contains(&format!("href=\"/{STYLE_PATH}\"")));
        }
    }
}
