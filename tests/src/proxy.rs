//! Something on the way between a tablet and its server, with limits and habits of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the proxy does with the next requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits {
    /// It answers 413 with a page of its own to longer bodies.
    pub longest_body: Option<usize>,
    /// It takes away the word that a body is packed, both ways.
    pub strips_encoding: bool,
    /// It answers everything with a page of its own under this status.
    pub answers_with: Option<u16>,
}

/// A proxy in front of one server, for as long as the test runs.
pub struct Proxy {
    address: SocketAddr,
    habits: Arc<Mutex<Habits>>,
    refused: Arc<Mutex<Vec<usize>>>,
}

impl Proxy {
    /// A proxy that carries everything to `server` as it is.
    ///
    /// # Panics
    /// When there is no port.
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = server.trim_start_matches("http://").to_owned();
        let proxy = Self { address, habits: Arc::default(), refused: Arc::default() };
        let (habits, refused) = (proxy.habits.clone(), proxy.refused.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, habits, refused) = (server.clone(), *locked(&habits), refused.clone());
                // A client that goes away ends its own connection alone.
                std::thread::spawn(move || drop(carry(client, &server, habits, &refused)));
            }
        });
        proxy
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes up other habits.
    pub fn set(&self, habits: Habits) {
        *locked(&self.habits) = habits;
    }

    /// The lengths of the bodies that were too long for it.
    pub fn refused(&self) -> Vec<usize> {
        locked(&self.refused).clone()
    }
}

fn carry(mut client: TcpStream, server: &str, habits: Habits, refused: &Mutex<Vec<usize>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let head = read_head(&mut reader)?;
    let mut body = vec![0; length_of(&head)];
    reader.read_exact(&mut body)?;
    if let Some(status) = habits.answers_with {
        return own_page(&mut client, status);
    }
    if habits.longest_body.is_some_and(|longest| body.len() > longest) {
        locked(refused).push(body.len());
        return own_page(&mut client, 413);
    }
    let mut upstream = TcpStream::connect(server)?;
    upstream.write_all(&forwarded(&head, habits))?;
    upstream.write_all(&body)?;
    let mut answer = BufReader::new(upstream);
    let head = read_head(&mut answer)?;
    client.write_all(&forwarded(&head, habits))?;
    std::io::copy(&mut answer, &mut client)?;
    Ok(())
}

fn own_page(client: &mut TcpStream, status: u16) -> std::io::Result<()> {
    let page = "<html><h1>nginx</h1></html>";
    let length = page.len();
    write!(
        client,
        "HTTP/1.1 {status} Own\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
    )
}

fn read_head(reader: &mut impl BufRead) -> std::io::Result<Vec<String>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            return Ok(head);
        }
        head.push(line);
    }
}

fn length_of(head: &[String]) -> usize {
    let lengths = head.iter().filter_map(|line| line.split_once(':'));
    let mut length =
        lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value.trim());
    length.next_back().and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// The head for the other side; each connection carries one request.
fn forwarded(head: &[String], habits: Habits) -> Vec<u8> {
    let is_kept = |line: &&String| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        name != "connection" && !(habits.strips_encoding && name == "content-encoding")
    };
    let mut lines: Vec<&str> = head.iter().filter(is_kept).map(String::as_str).collect();
    lines.push("Connection: close");
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
