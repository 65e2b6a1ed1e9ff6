//! The file: what it refuses, what it promises several windows, and what can be found in it.

mod blobs;
mod conditions;
mod counter;
mod drafts;
mod enrolment;
mod every_list;
mod files;
mod leaving;
mod limits;
mod lists;
mod marks;
mod pending;
mod purging;
mod references;
mod salvage;
mod search;
mod trouble;
mod windows;
mod yesterday;
