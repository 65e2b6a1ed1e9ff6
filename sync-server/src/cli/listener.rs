//! Connections: no more than there are file handles for, and none for a client that does not read.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum_server::{AddrListener, Address};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};

/// Connections at once, where the system lets a process have enough files.
const MOST_CONNECTIONS: usize = 512;
/// Connections at once, however few files there may be.
const FEWEST_CONNECTIONS: usize = 32;
/// A client that takes nothing of its answer for this long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where somebody connects from, or a server listens.
#[derive(Clone, Debug)]
pub(super) struct Peer(SocketAddr);

/// Takes a connection only when there is a place for it; until then it waits in the system's queue.
#[derive(Debug)]
pub(super) struct Listener {
    listener: TcpListener,
    places: Arc<Semaphore>,
    patience: Duration,
}

/// A connection, and the place that it takes.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    patience: Duration,
    /// Runs while the client takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
    _place: OwnedSemaphorePermit,
}

impl Listener {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self::with(listener, connections(), PATIENCE)
    }

    fn with(listener: TcpListener, places: usize, patience: Duration) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(places)), patience }
    }
}

/// Half of the files that the process may have open; the others are for the store and all the rest.
#[cfg(unix)]
fn connections() -> usize {
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    let half = files.map_or(usize::MAX, |files| usize::try_from(files / 2).unwrap_or(usize::MAX));
    half.clamp(FEWEST_CONNECTIONS, MOST_CONNECTIONS)
}

#[cfg(not(unix))]
fn connections() -> usize {
    MOST_CONNECTIONS.max(FEWEST_CONNECTIONS)
}

/// What the pages of the office know of a client.
impl Connected<Peer> for SocketAddr {
    fn connect_info(Peer(address): Peer) -> Self {
        address
    }
}

impl Address for Peer {
    type Stream = Connection;
    type Listener = Listener;
}

impl AddrListener<Connection, Peer> for Listener {
    async fn bind_to(Peer(address): Peer) -> Result<Self> {
        Ok(Self::new(TcpListener::bind(address).await?))
    }

    async fn accept_stream(&self) -> Result<(Connection, Peer)> {
        let place = self.places.clone().acquire_owned().await.map_err(Error::other)?;
        let (stream, address) = self.listener.accept().await?;
        Ok((Connection { stream, patience: self.patience, stalled: None, _place: place }, Peer(address)))
    }

    fn get_local_addr(&self) -> Result<Peer> {
        self.listener.local_addr().map(Peer)
    }
}

impl Connection {
    /// Lets a write through, or fails it when the client has taken nothing for too long.
    fn within_patience<T>(&mut self, context: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        ready!(self.stalled.get_or_insert_with(|| Box::pin(sleep(patience))).as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.within_patience(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.within_patience(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::time::timeout;

    use super::*;

    async fn listener(places: usize, patience: Duration) -> (Listener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        (Listener::with(listener, places, patience), address)
    }

    #[tokio::test]
    async fn a_connection_waits_until_there_is_a_place() {
        let (listener, address) = listener(1, PATIENCE).await;
        let _clients = [TcpStream::connect(address).await, TcpStream::connect(address).await];
        let (first, _) = listener.accept_stream().await.expect("the first");
        let second = timeout(Duration::from_millis(50), listener.accept_stream()).await;
        assert!(second.is_err(), "there is no place");
        drop(first);
        listener.accept_stream().await.expect("the second");
    }

    #[tokio::test]
    async fn a_client_that_reads_nothing_is_given_up() {
        let (listener, address) = listener(1, Duration::from_millis(50)).await;
        let _client = TcpStream::connect(address).await.expect("a connection");
        let (mut connection, _) = listener.accept_stream().await.expect("a connection");
        let sending = async {
            loop {
                if let Err(error) = connection.write_all(&[0; 1 << 16]).await {
                    return error.kind();
                }
            }
        };
        let ended = timeout(Duration::from_secs(10), sending).await;
        assert_eq!(ended.expect("it ends"), ErrorKind::TimedOut);
    }
}
