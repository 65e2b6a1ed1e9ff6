//! A port for the demo: the well-known one, or the next that nobody has taken.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use anyhow::{Context, Result};

/// Where the office server of the demo listens when nobody else does.
pub(crate) const FIRST: u16 = 8787;

/// The first free address from `first` on, on this machine alone.
pub(crate) fn next_free(first: u16) -> Result<SocketAddr> {
    let is_free = |address: &SocketAddr| TcpListener::bind(address).is_ok();
    let mut addresses = (first..=first.saturating_add(200)).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    addresses.find(is_free).with_context(|| format!("no port from {first} on is free"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_way_to_a_later_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = taken.local_addr().expect("an address").port();
        let free = next_free(port).expect("a free port");
        assert!(free.port() > port);
    }
}
