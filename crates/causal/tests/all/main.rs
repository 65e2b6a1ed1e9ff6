//! What the crate promises, checked from outside.
//!
//! `model` is a reference so plain that it is right by reading it; `world` runs the crate and the model side by side;
//! `exhaustive` walks every small history, `laws` random long ones; `cases` runs files that other languages can run.

mod cases;
mod exhaustive;
mod laws;
mod model;
mod world;
