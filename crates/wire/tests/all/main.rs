//! What the wire promises to both sides, in one binary: golden files, validity, limits, and bytes that nobody meant well.

mod decoding;
mod encoding;
mod golden;
mod limits;
mod numbers;
mod shape;
mod support;
mod texts;
mod validity;
