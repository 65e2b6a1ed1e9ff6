//! What `cargo xtask run` prints: the one place to change when a command of the walk-through changes.

/// What the text has to name.
pub(crate) struct Facts<'a> {
    /// The address of the office pages.
    pub(crate) office: &'a str,
    /// The name of the office account.
    pub(crate) account: &'a str,
    /// Its password.
    pub(crate) password: &'a str,
    /// Where the tablet's screens are.
    pub(crate) tablet: &'a str,
    /// How to call the tablet: the program with its store.
    pub(crate) rounds: &'a str,
    /// Where the server logs.
    pub(crate) log: &'a str,
}

/// Every line that begins with `{rounds}` is a command that can be typed as it is; `tests/e2e/walkthrough.rs` runs them all.
const TEMPLATE: &str = include_str!("walkthrough.txt");

/// The text, Chinese first.
pub(crate) fn text(facts: &Facts<'_>) -> String {
    TEMPLATE
        .replace("{office}", facts.office)
        .replace("{account}", facts.account)
        .replace("{tablet}", facts.tablet)
        .replace("{rounds}", facts.rounds)
        .replace("{log}", facts.log)
        // Last, so that nothing inside a password is taken for a name.
        .replace("{password}", facts.password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_told_and_no_name_is_left() {
        let facts = Facts {
            office: "OFFICE",
            account: "NAME",
            password: "{log}",
            tablet: "TABLET",
            rounds: "ROUNDS",
            log: "LOG",
        };
        let text = text(&facts);
        for fact in ["OFFICE", "NAME", "{log}", "TABLET", "ROUNDS call", "LOG"] {
            assert!(text.contains(fact), "{fact}");
        }
        for name in ["{office}", "{account}", "{password}", "{tablet}", "{rounds}"] {
            assert!(!text.contains(name), "{name}");
        }
    }
}
