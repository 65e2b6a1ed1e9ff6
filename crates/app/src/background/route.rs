//! Whether the machine has a network that could reach the server, found out without sending anything.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};

/// Whether there is a route to the server at this address; no packet is sent to it.
pub(super) fn leads_to(address: &str) -> bool {
    let Some((host, port)) = host_and_port(address) else { return false };
    let Ok(mut places) = (host, port).to_socket_addrs() else { return false };
    places.any(|place| {
        let own: SocketAddr = match place {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        // To connect a datagram socket only asks the system which way it would go.
        UdpSocket::bind(own).and_then(|socket| socket.connect(place)).is_ok()
    })
}

fn host_and_port(address: &str) -> Option<(&str, u16)> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let usual = if scheme == "https" { 443 } else { 80 };
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        let port = after.strip_prefix(':').map_or(Some(usual), |port| port.parse().ok())?;
        return Some((host, port));
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((authority, usual)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_host_and_port() {
        assert_eq!(host_and_port("http://127.0.0.1:8787"), Some(("127.0.0.1", 8787)));
        assert_eq!(host_and_port("https://school.example/v1"), Some(("school.example", 443)));
        assert_eq!(host_and_port("http://[::1]:80/"), Some(("::1", 80)));
        assert_eq!(host_and_port("http://[::1]"), Some(("::1", 80)));
        assert_eq!(host_and_port("school.example"), None);
        assert_eq!(host_and_port("http://school.example:many"), None);
    }

    #[test]
    fn there_is_always_a_route_to_this_machine() {
        assert!(leads_to("http://127.0.0.1:1"));
        assert!(!leads_to("nowhere"));
    }
}
