//! A server that runs, and tablets that are enrolled with it: where most stories begin.

use tempfile::TempDir;

use crate::{TestDevice, TestServer, scratch_folder};

/// A school of `N` tablets.
pub struct School<const N: usize> {
    /// Holds everything, and is gone with the school.
    pub folder: TempDir,
    /// The server, running.
    pub server: TestServer,
    /// The tablets, enrolled, in the order of their names.
    pub tablets: [TestDevice; N],
}

impl<const N: usize> School<N> {
    /// A school whose tablets lie in folders of these names.
    ///
    /// # Panics
    /// When the server does not start or refuses a tablet.
    pub fn open(names: [&str; N]) -> Self {
        let folder = scratch_folder();
        let mut server = TestServer::init(&folder.path().join("server"), &[]);
        server.start();
        let tablets = names.map(|name| TestDevice::new(&folder.path().join(name)));
        for tablet in &tablets {
            tablet.enrol(&server, &[]);
        }
        Self { folder, server, tablets }
    }
}
