//! The protocol's document: a client in another language is written from it, so it names every problem there is.

use wire::ProblemType;

use crate::files::File;

const DOCUMENT: &str = "docs/protocol.md";

/// Problems that the document does not name.
pub fn unnamed_problems(files: &[File]) -> Vec<String> {
    let Some(document) = files.iter().find(|file| file.path == DOCUMENT) else {
        return vec![format!("{DOCUMENT} does not exist")];
    };
    // Quoted, so that a word of a sentence is not taken for the name.
    let is_named = |slug: &str| {
        [format!("`{slug}`"), format!("`urn:rounds:problem:{slug}`")].iter().any(|name| document.text().contains(name))
    };
    let unnamed = ProblemType::OF_THE_PROTOCOL.iter().map(|kind| kind.slug()).filter(|slug| !is_named(slug));
    unnamed.map(|slug| format!("{DOCUMENT} does not name `{slug}`")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::made_up;

    fn naming(slugs: impl Iterator<Item = &'static str>) -> Vec<File> {
        let rows: String = slugs.map(|slug| format!("| `{slug}` | when |\n")).collect();
        vec![made_up(DOCUMENT, &format!("# Problems\n{rows}"))]
    }

    #[test]
    fn a_document_that_names_all_but_one_problem_is_found() {
        let all = || ProblemType::OF_THE_PROTOCOL.iter().map(|kind| kind.slug());
        assert!(unnamed_problems(&naming(all())).is_empty());
        assert_eq!(unnamed_problems(&naming(all().skip(1))), ["docs/protocol.md does not name `bad-request`"]);
    }

    #[test]
    fn a_missing_document_is_found() {
        assert_eq!(unnamed_problems(&[]), ["docs/protocol.md does not exist"]);
    }
}
