//! The server from outside: the real program, on a real port, over HTTP and through its command line.

mod blobs;
mod commands;
mod concurrency;
mod crash;
mod database;
mod disaster;
mod encodings;
mod endurance;
mod hostile;
mod http;
mod live;
mod office;
mod readiness;
mod support;
mod tls;
