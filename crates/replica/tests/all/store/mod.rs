//! The file: what it refuses, what it promises several windows, and what can be found in it.
