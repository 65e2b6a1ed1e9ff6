//! The rules of the tablet's queue, one test each.

mod answers;
mod discarding;
mod outbox;
mod pages;
mod refusals;
mod rejected;
