//! Meals as they stand in the store: how old samples certainly are, and what the program writes into rows by itself.

mod age;
mod own;
mod seals;

pub(crate) use own::own_fields;
