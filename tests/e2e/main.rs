//! What a school's staff and its IT teacher do, through the built binaries.

mod as_of;
mod clock;
mod commands;
mod compartments;
mod disasters;
mod door;
mod duty_desk;
mod enrolment;
mod http;
mod job;
mod kills;
mod meals;
mod parts;
mod patrols;
mod rights;
mod road;
mod serve;
mod sight;
mod store;
mod transports;
mod two_tablets;
mod walkthrough;
mod worked_exchange;
