//! The one suite that every backend passes.
