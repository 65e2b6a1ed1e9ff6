//! The office: its accounts.

pub mod accounts;
