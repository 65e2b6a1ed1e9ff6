//! Words that belong to one machine: whoever clones the repository has other folders and other registries.

use crate::files::File;

/// Lock files name the public registry as their tool writes it.
const LOCKS: &[&str] = &["Cargo.lock", "package-lock.json"];

// Put together, so that this file is not its own first find.
/// Folders of one machine; what follows is its rest.
const FOLDERS: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("C:\\Us", "ers\\"),
    concat!("/wo", "rk/"),
    concat!("/.car", "go/registry"),
];
/// Hosts that packages are fetched from.
const HOSTS: &[&str] = &[
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("registry.np", "mjs.org"),
    concat!("registry.np", "mmirror.com"),
    concat!("deb.deb", "ian.org"),
    concat!("security.deb", "ian.org"),
    concat!("pypi", ".org"),
    concat!("files.python", "hosted.org"),
    concat!("proxy.gol", "ang.org"),
];

/// Lines that name a folder of a machine or a registry.
pub fn forbidden(files: &[File]) -> Vec<String> {
    let is_lock = |path: &str| LOCKS.contains(&path.rsplit('/').next().unwrap_or(path));
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !is_lock(&file.path)) {
        for (line, text) in file.text().lines().enumerate() {
            let folder = FOLDERS.iter().find(|folder| starts_a_path(text, folder));
            if let Some(word) = folder.or_else(|| HOSTS.iter().find(|host| text.contains(**host))) {
                complaints.push(file.complaint(line, format_args!("`{word}` is of one machine")));
            }
        }
    }
    complaints
}

/// Whether an absolute path starts with `folder` somewhere in `text`, rather than a relative one holding it.
fn starts_a_path(text: &str, folder: &str) -> bool {
    let is_inside = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "._-}$~".contains(c));
    text.match_indices(folder).any(|(at, _)| folder.starts_with("/.") || !is_inside(&text[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    #[track_caller]
    fn check(path: &str, text: &str, expected: usize) {
        assert_eq!(forbidden(&[made_up(path, text)]).len(), expected, "{path}: {text}");
    }

    #[test]
    fn a_folder_of_a_machine_is_found() {
        for folder in FOLDERS {
            check("docs/a.md", &format!("fine\nsee {folder}rounds\n"), 1);
            check("a.toml", &format!("path = \"{folder}x\""), 1);
        }
    }

    #[test]
    fn a_relative_path_is_no_folder_of_a_machine() {
        check("docs/a.md", concat!("src/wo", "rk/plan.md and ui/ho", "me/HomePage.vue"), 0);
    }

    #[test]
    fn a_registry_is_found_but_in_lock_files() {
        for host in HOSTS {
            check("docs/a.md", &format!("from https://{host}/x"), 1);
            check("Cargo.lock", &format!("source = \"https://{host}\""), 0);
            check("ui/package-lock.json", host, 0);
        }
    }
}
