//! What may be typed after `cargo xtask`.

use std::fmt;
use std::path::PathBuf;

/// What is printed for `--help`, and after a mistake.
pub(crate) const USAGE: &str = "\
cargo xtask test                       pass every test, as .ci/run does
cargo xtask postgres [FILTER...]       pass the server's tests with its store on PostgreSQL
cargo xtask run [--headless] [--fresh] start a demo: the office server and an enrolled tablet
                                         --headless  never open a window
                                         --fresh     start the demo over, else it goes on where it was
cargo xtask screens [--to DIR]         take pictures of every screen, in every size, theme and language
cargo xtask bench [sync|engine|ui]     run the benchmarks, all of them unless named
cargo xtask dist                       build the programs as people run them
cargo xtask android-check              check that the window compiles for Android (docs/android.md)";

/// Where pictures go unless another folder is named.
const SCREENS: &str = "target/screens";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the usage.
    Help,
    /// Pass every test.
    Test,
    /// Pass these tests of the server on PostgreSQL, all of them unless named.
    Postgres(Vec<String>),
    /// Start the demo.
    Run(RunOptions),
    /// Take pictures of every screen into this folder.
    Screens(PathBuf),
    /// Run these benchmarks.
    Bench(Vec<Bench>),
    /// Build the programs as people run them.
    Dist,
    /// Check that the window compiles for Android.
    AndroidCheck,
}

/// How the demo is started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunOptions {
    /// Never open a window.
    pub(crate) is_headless: bool,
    /// Start over.
    pub(crate) is_fresh: bool,
}

/// A benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Push and pull against a server on this machine.
    Sync,
    /// The queries and a save on a store as large as years make it.
    Engine,
    /// The screens, in a slowed browser and in the window.
    Ui,
}

impl Bench {
    /// All there are, in the order they run in.
    pub(crate) const ALL: &[Self] = &[Self::Sync, Self::Engine, Self::Ui];

    /// What it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Engine => "engine",
            Self::Ui => "ui",
        }
    }
}

/// Words that make no command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WrongUsage {
    /// Nothing was typed.
    NoTask,
    /// There is no such command.
    UnknownTask(String),
    /// `--to` names no folder.
    NoFolder,
    /// The command does not take this word.
    UnknownWord(&'static str, String),
}

impl fmt::Display for WrongUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTask => f.write_str("what should be done?"),
            Self::NoFolder => f.write_str("`--to` needs a folder"),
            Self::UnknownTask(task) => write!(f, "there is no task `{task}`"),
            Self::UnknownWord(task, word) => write!(f, "`{task}` does not take `{word}`"),
        }
    }
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Task, WrongUsage> {
    let words: Vec<String> = words.into_iter().collect();
    let Some((task, rest)) = words.split_first() else { return Err(WrongUsage::NoTask) };
    if words.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Task::Help);
    }
    let alone = |name, task| rest.first().map_or(Ok(task), |word| Err(WrongUsage::UnknownWord(name, word.clone())));
    match task.as_str() {
        "help" => Ok(Task::Help),
        "test" => alone("test", Task::Test),
        "dist" => alone("dist", Task::Dist),
        "android-check" => alone("android-check", Task::AndroidCheck),
        "postgres" => Ok(Task::Postgres(rest.to_vec())),
        "run" => parse_run(rest).map(Task::Run),
        "screens" => parse_screens(rest).map(Task::Screens),
        "bench" => parse_bench(rest).map(Task::Bench),
        _ => Err(WrongUsage::UnknownTask(task.clone())),
    }
}

fn parse_run(words: &[String]) -> Result<RunOptions, WrongUsage> {
    let mut options = RunOptions::default();
    for word in words {
        match word.as_str() {
            "--headless" => options.is_headless = true,
            "--fresh" => options.is_fresh = true,
            _ => return Err(WrongUsage::UnknownWord("run", word.clone())),
        }
    }
    Ok(options)
}

fn parse_screens(words: &[String]) -> Result<PathBuf, WrongUsage> {
    match words {
        [] => Ok(PathBuf::from(SCREENS)),
        [flag, folder] if flag == "--to" => Ok(folder.into()),
        [flag] if flag == "--to" => Err(WrongUsage::NoFolder),
        [flag, _, word, ..] if flag == "--to" => Err(WrongUsage::UnknownWord("screens", word.clone())),
        [word, ..] => Err(WrongUsage::UnknownWord("screens", word.clone())),
    }
}

fn parse_bench(words: &[String]) -> Result<Vec<Bench>, WrongUsage> {
    if words.is_empty() {
        return Ok(Bench::ALL.to_vec());
    }
    let named = |word: &String| Bench::ALL.iter().copied().find(|bench| bench.name() == word);
    words.iter().map(|word| named(word).ok_or_else(|| WrongUsage::UnknownWord("bench", word.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<Task, WrongUsage>) {
        assert_eq!(parse(line.split_whitespace().map(str::to_owned)), expected, "{line}");
    }

    fn unknown(task: &'static str, word: &str) -> Result<Task, WrongUsage> {
        Err(WrongUsage::UnknownWord(task, word.to_owned()))
    }

    #[test]
    fn each_task_is_read_with_its_options() {
        check("test", Ok(Task::Test));
        check("postgres", Ok(Task::Postgres(vec![])));
        check("postgres crash:: kills::", Ok(Task::Postgres(vec!["crash::".to_owned(), "kills::".to_owned()])));
        check("run", Ok(Task::Run(RunOptions::default())));
        check("run --headless", Ok(Task::Run(RunOptions { is_headless: true, is_fresh: false })));
        check("run --fresh --headless", Ok(Task::Run(RunOptions { is_headless: true, is_fresh: true })));
        check("dist", Ok(Task::Dist));
        check("bench", Ok(Task::Bench(vec![Bench::Sync, Bench::Engine, Bench::Ui])));
        check("bench ui", Ok(Task::Bench(vec![Bench::Ui])));
        check("screens", Ok(Task::Screens("target/screens".into())));
        check("screens --to /tmp/pictures", Ok(Task::Screens("/tmp/pictures".into())));
    }

    #[test]
    fn help_is_given_wherever_it_is_asked_for() {
        for line in ["help", "--help", "-h", "run --help", "bench nonsense -h"] {
            check(line, Ok(Task::Help));
        }
    }

    #[test]
    fn wrong_words_are_named() {
        check("", Err(WrongUsage::NoTask));
        check("tests", Err(WrongUsage::UnknownTask("tests".to_owned())));
        check("--headless run", Err(WrongUsage::UnknownTask("--headless".to_owned())));
        check("test fmt", unknown("test", "fmt"));
        check("android-check now", unknown("android-check", "now"));
        check("run --window", unknown("run", "--window"));
        check("bench sync everything", unknown("bench", "everything"));
        check("screens here", unknown("screens", "here"));
        check("screens --to a b", unknown("screens", "b"));
        check("screens --to", Err(WrongUsage::NoFolder));
    }
}
