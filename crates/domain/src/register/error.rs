//! Why a text declares nothing: where, what is wrong there, and what to write.

use thiserror::Error;

/// Why a text declares no register.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {wrong}; {write}")]
pub struct RegisterError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1; 0 when something is missing altogether.
    pub line: usize,
    /// What is wrong.
    pub wrong: String,
    /// What to write.
    pub write: String,
}

/// What is wrong with a line, before the line is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) wrong: String,
    pub(crate) write: String,
}

impl Wrong {
    pub(crate) fn new(wrong: impl Into<String>, write: impl Into<String>) -> Self {
        Self { wrong: wrong.into(), write: write.into() }
    }

    pub(crate) fn at(self, file: &str, line: usize) -> RegisterError {
        RegisterError { file: file.to_owned(), line, wrong: self.wrong, write: self.write }
    }
}

impl From<crate::field::TypeError> for Wrong {
    fn from(error: crate::field::TypeError) -> Self {
        Self::new(format!("{:?} is no field type", error.found), error.write)
    }
}
