//! The harness: a server and tablets, in process or as the built binaries.

pub mod bench;
mod browser;
mod database;
mod device;
mod faults;
mod ports;
mod programs;
mod proxy;
mod school;
mod server;

pub use browser::TestBrowser;
pub use device::TestDevice;
pub use faults::{Fault, FaultyTransport};
pub use ports::{SeededEntropy, TestClock, copy_folder, scratch_folder};
pub use programs::program;
pub use proxy::{Habits, Proxy};
pub use school::School;
pub use server::TestServer;
pub use sync_server::office::HubTransport;
